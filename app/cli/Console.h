// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <cstdio>

namespace lectern::cli {

/// The two streams a command writes to, and what they can show. Used by one thread. Text is made harmless for
/// terminals: a file name cannot move the cursor. A status line, on terminals only, stays below everything
/// else.
class Console {
public:
    struct Style {
        bool json = false;  ///< only JSON goes to the output
        bool quiet = false; ///< no text but errors
    };
    Console(std::FILE *output, std::FILE *errors);
    ~Console();
    Console(const Console &) = delete;
    Console &operator=(const Console &) = delete;

    void setStyle(Style style) { m_style = style; }
    [[nodiscard]] bool isJson() const { return m_style.json; }
    [[nodiscard]] bool isQuiet() const { return m_style.quiet; }
    /// The output is a terminal that understands the usual control sequences.
    [[nodiscard]] bool isTerminal() const { return m_terminal; }
    /// Columns of the terminal; very wide when the output is not one, so that nothing is shortened.
    [[nodiscard]] int width() const;
    /// Somebody closed the output: there is no use in going on.
    [[nodiscard]] bool isClosed() const { return m_closed; }

    /// Text for people; not in JSON or quiet mode.
    void line(const QString &text);
    /// Text that was asked for, such as a page's text: kept as it is but for control characters; also in
    /// quiet mode.
    void text(const QString &text);
    /// A problem, on the error stream, in every mode but JSON.
    void error(const QString &text);
    /// The one document a command prints with `--json`.
    void document(const QJsonObject &object);
    void document(const QJsonArray &array);
    /// One object on one line, written out at once.
    void event(const QJsonObject &object);
    /// Replaces the status line; nothing when the output is no terminal.
    void status(const QString &text);
    void clearStatus();

    [[nodiscard]] QString bold(const QString &text) const;
    [[nodiscard]] QString dim(const QString &text) const;

    /// Without control characters, which could command the terminal.
    [[nodiscard]] static QString harmless(const QString &text);

private:
    void write(std::FILE *stream, const QByteArray &bytes);
    [[nodiscard]] QString styled(const QString &text, const char *code) const;

    std::FILE *m_output;
    std::FILE *m_errors;
    Style m_style;
    bool m_terminal = false;
    bool m_statusShown = false;
    bool m_closed = false;
};

} // namespace lectern::cli
