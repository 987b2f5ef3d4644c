// SPDX-License-Identifier: GPL-3.0-or-later
#include "SourceFile.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <algorithm>

namespace lectern::architecture {

namespace {

/// Splits C++ into code and the contents of string literals, keeping line breaks so that lines keep their
/// numbers.
class Lexer {
public:
    explicit Lexer(const QString &text) : m_text(text) {}

    void run()
    {
        while (m_at < m_text.size()) {
            if (startsWith(QLatin1String("//")))
                skipUntil(QLatin1String("\n"), false);
            else if (startsWith(QLatin1String("/*")))
                skipUntil(QLatin1String("*/"), true);
            else if (startsWith(QLatin1String("R\"")))
                rawString();
            else if (m_text[m_at] == QLatin1Char('"') && !isIncludeLine())
                quoted(QLatin1Char('"'), true);
            else if (m_text[m_at] == QLatin1Char('\'') && !isDigitSeparator())
                quoted(QLatin1Char('\''), false);
            else
                putCode(m_text[m_at++]);
        }
    }

    QString code;
    QString strings;

private:
    [[nodiscard]] bool startsWith(QLatin1String what) const
    {
        return QStringView(m_text).mid(m_at, what.size()) == what;
    }

    [[nodiscard]] bool isIncludeLine() const
    {
        const qsizetype start = m_at == 0 ? 0 : m_text.lastIndexOf(QLatin1Char('\n'), m_at - 1) + 1;
        return QStringView(m_text).mid(start).trimmed().startsWith(QLatin1String("#include"));
    }

    [[nodiscard]] bool isDigitSeparator() const { return m_at > 0 && m_text[m_at - 1].isLetterOrNumber(); }

    void putCode(QChar character)
    {
        code += character;
        if (character == QLatin1Char('\n'))
            strings += character;
    }

    void putString(QChar character)
    {
        strings += character;
        if (character == QLatin1Char('\n'))
            code += character;
    }

    void skipUntil(QLatin1String end, bool swallowEnd)
    {
        qsizetype stop = m_text.indexOf(end, m_at);
        if (stop < 0)
            stop = m_text.size();
        else if (swallowEnd)
            stop += end.size();
        for (; m_at < stop; ++m_at) {
            if (m_text[m_at] == QLatin1Char('\n'))
                putCode(m_text[m_at]);
        }
    }

    void rawString()
    {
        const qsizetype open = m_text.indexOf(QLatin1Char('('), m_at);
        const QString close = QLatin1Char(')') + m_text.mid(m_at + 2, open - m_at - 2) + QLatin1Char('"');
        qsizetype stop = m_text.indexOf(close, open);
        if (open < 0 || stop < 0)
            stop = m_text.size();
        code += QLatin1String("\"\"");
        for (m_at = open + 1; m_at < stop; ++m_at)
            putString(m_text[m_at]);
        strings += QLatin1Char(' ');
        m_at += close.size();
    }

    void quoted(QChar quote, bool isString)
    {
        code += quote;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != quote && m_text[m_at] != QLatin1Char('\n');
             ++m_at) {
            if (m_text[m_at] == QLatin1Char('\\'))
                ++m_at;
            else if (isString)
                putString(m_text[m_at]);
        }
        code += quote;
        strings += QLatin1Char(' ');
        ++m_at;
    }

    const QString &m_text;
    qsizetype m_at = 0;
};

bool isSource(const QString &name)
{
    static const QStringList endings{
        QStringLiteral(".cpp"), QStringLiteral(".h"),  QStringLiteral(".cmake"),
        QStringLiteral(".sql"), QStringLiteral(".sh"), QStringLiteral(".py"),
        QStringLiteral(".mjs"), QStringLiteral(".js"), QStringLiteral("CMakeLists.txt")};
    return std::any_of(endings.begin(), endings.end(),
                       [&](const QString &end) { return name.endsWith(end); });
}

} // namespace

bool SourceFile::isIn(QLatin1String folder) const
{
    return path.startsWith(folder) && path.size() > folder.size() && path[folder.size()] == QLatin1Char('/');
}

QList<SourceFile> readSources(const QString &root)
{
    QStringList paths;
    const QDir top(root);
    for (const char *folder : {"src", "ui", "app", "tests", "resources", "packaging"}) {
        QDirIterator walk(top.filePath(QLatin1String(folder)), QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            const QString path = walk.next();
            if (isSource(walk.fileName()) && !path.contains(QLatin1String("/node_modules/")))
                paths.append(top.relativeFilePath(path));
        }
    }
    for (const char *name : {"CMakeLists.txt", "dev", ".ci/run"}) {
        if (top.exists(QLatin1String(name)))
            paths.append(QLatin1String(name));
    }
    paths.sort();

    QList<SourceFile> files;
    for (const QString &path : paths) {
        QFile input(top.filePath(path));
        if (!input.open(QIODevice::ReadOnly))
            continue;
        const QString text = QString::fromUtf8(input.readAll());
        SourceFile file{path, text.split(QLatin1Char('\n')), {}, {}};
        if (file.isCpp()) {
            Lexer lexer(text);
            lexer.run();
            file.code = lexer.code.split(QLatin1Char('\n'));
            file.strings = lexer.strings.split(QLatin1Char('\n'));
        }
        files.append(file);
    }
    return files;
}

} // namespace lectern::architecture
