// SPDX-License-Identifier: GPL-3.0-or-later
#include "pdf/HelperPool.h"

#include "pdf/HelperRoster.h"

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

namespace lectern::pdf {

using base::ErrorCode;

HelperPool::HelperPool(HelperSettings settings)
    : m_roster(std::make_shared<HelperRoster>(std::move(settings)))
{
}

HelperPool::~HelperPool()
{
    m_roster->close();
}

base::Result<std::unique_ptr<DocumentSession>>
HelperPool::open(const QString &path, const QByteArray &password, const base::CancelToken &token)
{
    // O_NONBLOCK: a named pipe in a watched folder must not stop everything.
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0) {
        const bool missing = errno == ENOENT || errno == ENOTDIR;
        return base::fail(missing ? ErrorCode::FileMissing : ErrorCode::FileUnreadable,
                          QString::fromLocal8Bit(std::strerror(errno)));
    }
    return open(descriptor, password, token);
}

base::Result<std::unique_ptr<DocumentSession>> HelperPool::open(int descriptor, const QByteArray &password,
                                                                const base::CancelToken &token)
{
    FileDescriptor file(descriptor);
    struct stat status {};
    if (fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return base::fail(ErrorCode::FileUnreadable, QStringLiteral("not a file"));
    std::unique_ptr<DocumentSession> session(new DocumentSession(m_roster, std::move(file), password));
    if (const base::Status opened = session->open(token); !opened)
        return base::fail(opened.error());
    return session;
}

QStringList HelperPool::missingProtection() const
{
    return m_roster->missingProtection();
}

int HelperPool::helperCount() const
{
    return m_roster->count();
}

} // namespace lectern::pdf
