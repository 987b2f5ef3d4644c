// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/ProgramLists.h"

#include "presentation/CommandTable.h"
#include "presentation/ErrorText.h"

namespace lectern::guide {

namespace {

using namespace Qt::StringLiterals;

Block row(Block::Kind kind, const QStringList &cells, const QVector<qreal> &widths)
{
    Block block;
    block.kind = kind;
    block.cells = cells;
    block.widths = widths;
    return block;
}

QVector<Block> keys()
{
    const QVector<qreal> widths{0.24, 0.22, 0.54};
    QVector<Block> rows{row(Block::Kind::TableHead, {u"Keys"_s, u"Command"_s, u"What it does"_s}, widths)};
    const presentation::CommandTable table;
    for (const presentation::Command &command : table.commands()) {
        QStringList names;
        for (const QKeySequence &key : command.keys)
            names.append(u"[[%1]]"_s.arg(key.toString(QKeySequence::PortableText)));
        if (!names.isEmpty())
            rows.append(row(Block::Kind::TableRow, {names.join(u" "_s), command.plainText(), command.toolTip},
                            widths));
    }
    return rows;
}

QVector<Block> errors()
{
    using Code = base::ErrorCode;
    const QVector<qreal> widths{0.24, 0.4, 0.36};
    QVector<Block> rows{
        row(Block::Kind::TableHead, {u"It says"_s, u"What happened"_s, u"What you can do"_s}, widths)};
    for (const Code code :
         {Code::PageTimedOut, Code::PageOutOfMemory, Code::PageCrashed, Code::PageMissing,
          Code::PageUnreadable, Code::Corrupt, Code::PasswordNeeded, Code::CertificateNeeded,
          Code::UnsupportedKind, Code::FileMissing, Code::SetAsideAfterCrash}) {
        const presentation::ErrorWords words = presentation::ErrorText::of(code);
        rows.append(
            row(Block::Kind::TableRow, {u"**%1**"_s.arg(words.title), words.happened, words.next}, widths));
    }
    return rows;
}

} // namespace

QVector<Block> programList(const QString &name)
{
    if (name == u"keys"_s)
        return keys();
    if (name != u"errors"_s)
        qFatal("The program has no list called %s", qPrintable(name));
    return errors();
}

} // namespace lectern::guide
