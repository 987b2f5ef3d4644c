// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/CsvCell.h"

namespace lectern::presentation {

QString CsvCell::harmless(const QString &text)
{
    // Spaces before the sign do not protect: some programs cut them off first. The wide forms count as well.
    static const QString begins = QStringLiteral("=+-@\uFF1D\uFF0B\uFF0D\uFF20\u2212|");
    const QString bare = text.trimmed();
    const bool control =
        !text.isEmpty() && (text.at(0) == u'\t' || text.at(0) == u'\r' || text.at(0) == u'\n');
    if (!control && (bare.isEmpty() || !begins.contains(bare.at(0))))
        return text;
    return u'\'' + text;
}

QByteArray CsvCell::quoted(const QString &text)
{
    return '"' + harmless(text).replace(u'"', QStringLiteral("\"\"")).toUtf8() + '"';
}

QString CsvCell::plain(const QString &text)
{
    QString line = harmless(text);
    for (QChar &character : line) {
        if (character.unicode() < 0x20 || character.unicode() == 0x2028 || character.unicode() == 0x2029)
            character = u' ';
    }
    return line;
}

} // namespace lectern::presentation
