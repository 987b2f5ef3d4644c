// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace lectern::presentation {

/// Cells of tables that go to other programs. A name that begins as a formula does (=, +, −, @, a tab or a
/// line break) would be carried out by a spreadsheet: an apostrophe before it says that it is text. Pure.
class CsvCell {
public:
    /// For comma-separated values: UTF-8, in quotes.
    [[nodiscard]] static QByteArray quoted(const QString &text);
    /// For values between tabs: on one line.
    [[nodiscard]] static QString plain(const QString &text);

private:
    [[nodiscard]] static QString harmless(const QString &text);
};

} // namespace lectern::presentation
