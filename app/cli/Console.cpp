// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Console.h"

#include <QJsonDocument>

#include <sys/ioctl.h>
#include <unistd.h>

namespace lectern::cli {

namespace {

constexpr int kUnlimitedWidth = 10'000;
constexpr int kFallbackWidth = 80;

bool understandsControlSequences(std::FILE *stream)
{
    return ::isatty(::fileno(stream)) == 1 && qgetenv("TERM") != "dumb" &&
           !qEnvironmentVariableIsEmpty("TERM");
}

bool isControl(QChar character)
{
    const ushort unit = character.unicode();
    return unit < 0x20 || (unit >= 0x7f && unit < 0xa0);
}

} // namespace

Console::Console(std::FILE *output, std::FILE *errors)
    : m_output(output), m_errors(errors), m_terminal(understandsControlSequences(output))
{
}

Console::~Console()
{
    clearStatus();
}

int Console::width() const
{
    if (!m_terminal)
        return kUnlimitedWidth;
    struct winsize size = {};
    if (::ioctl(::fileno(m_output), TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return kFallbackWidth;
    return size.ws_col;
}

void Console::line(const QString &text)
{
    if (m_style.json || m_style.quiet)
        return;
    clearStatus();
    write(m_output, text.toUtf8() + '\n');
}

void Console::text(const QString &text)
{
    if (m_style.json)
        return;
    clearStatus();
    write(m_output, text.toUtf8() + '\n');
}

void Console::error(const QString &text)
{
    if (m_style.json)
        return;
    clearStatus();
    write(m_errors, text.toUtf8() + '\n');
}

void Console::document(const QJsonObject &object)
{
    write(m_output, QJsonDocument(object).toJson(QJsonDocument::Indented));
}

void Console::document(const QJsonArray &array)
{
    write(m_output, QJsonDocument(array).toJson(QJsonDocument::Indented));
}

void Console::event(const QJsonObject &object)
{
    write(m_output, QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

void Console::status(const QString &text)
{
    if (!m_terminal || m_style.json || m_style.quiet)
        return;
    write(m_output, "\r\x1b[K" + text.toUtf8());
    m_statusShown = true;
}

void Console::clearStatus()
{
    if (!m_statusShown)
        return;
    m_statusShown = false;
    write(m_output, "\r\x1b[K");
}

QString Console::bold(const QString &text) const
{
    return styled(text, "\x1b[1m");
}

QString Console::dim(const QString &text) const
{
    return styled(text, "\x1b[2m");
}

QString Console::styled(const QString &text, const char *code) const
{
    if (!m_terminal || qEnvironmentVariableIsSet("NO_COLOR"))
        return text;
    return QLatin1String(code) + text + QLatin1String("\x1b[0m");
}

QString Console::harmless(const QString &text)
{
    QString result;
    result.reserve(text.size());
    for (const QChar character : text) {
        const bool keep =
            character == QLatin1Char('\n') || character == QLatin1Char('\t') || !isControl(character);
        result.append(keep ? character : QChar(QChar::ReplacementCharacter));
    }
    return result;
}

void Console::write(std::FILE *stream, const QByteArray &bytes)
{
    const auto size = static_cast<std::size_t>(bytes.size());
    if (std::fwrite(bytes.constData(), 1, size, stream) != size || std::fflush(stream) != 0)
        m_closed = m_closed || stream == m_output;
}

} // namespace lectern::cli
