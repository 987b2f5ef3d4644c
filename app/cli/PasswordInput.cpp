// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/PasswordInput.h"

#include "app/cli/Console.h"
#include "app/cli/Interruption.h"

#include <QFile>

#include <cerrno>
#include <cstdio>
#include <termios.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace lectern::cli {

using base::ErrorCode;

namespace {

constexpr qint64 kLongestPassword = 4'096;

/// Keeps the terminal from showing what is typed, for as long as it lives.
class HiddenTyping {
public:
    HiddenTyping()
    {
        m_active = ::tcgetattr(STDIN_FILENO, &m_former) == 0;
        struct termios hidden = m_former;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        if (m_active)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    ~HiddenTyping()
    {
        if (m_active)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_former);
    }
    HiddenTyping(const HiddenTyping &) = delete;
    HiddenTyping &operator=(const HiddenTyping &) = delete;

private:
    struct termios m_former = {};
    bool m_active = false;
};

/// The first line of the input. Byte by byte, so that nothing of what follows is taken.
Outcome<QByteArray> readLine(const Interruption &interruption)
{
    QByteArray line;
    char byte = 0;
    while (line.size() < kLongestPassword) {
        const auto count = ::read(STDIN_FILENO, &byte, 1);
        if (count < 0 && errno == EINTR && !interruption.isRequested())
            continue;
        if (interruption.isRequested())
            return failed(base::Error{ErrorCode::Cancelled, {}});
        if (count <= 0 || byte == '\n')
            break;
        line.append(byte);
    }
    return line;
}

Outcome<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return failed(base::Error{ErrorCode::FileMissing, path});
    if (!file.open(QIODevice::ReadOnly))
        return failed(base::Error{ErrorCode::FileUnreadable, path});
    const QByteArray line = file.readLine(kLongestPassword);
    return line.endsWith('\n') ? line.chopped(1) : line;
}

} // namespace

Outcome<QString> PasswordInput::read(const QString &file, const QString &documentName,
                                     const Interruption &interruption)
{
    Outcome<QByteArray> bytes;
    if (!file.isEmpty()) {
        bytes = readFile(file);
    } else if (::isatty(STDIN_FILENO) == 1) {
        // On the error stream, so that a redirected output stays clean.
        std::fprintf(stderr, "Password for %s: ", Console::harmless(documentName).toUtf8().constData());
        const HiddenTyping hidden;
        bytes = readLine(interruption);
        std::fputc('\n', stderr);
    } else {
        bytes = readLine(interruption);
    }
    if (!bytes)
        return failed(bytes.error());
    if (bytes->endsWith('\r'))
        bytes->chop(1);
    if (bytes->isEmpty())
        return failed(Failure::usage(u"No password was given."_s));
    return QString::fromUtf8(*bytes);
}

} // namespace lectern::cli
