// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/LockFile.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace lectern::store {

using base::ErrorCode;

namespace {

constexpr mode_t kOwnerOnly = 0600;

ErrorCode meaningOf(int error)
{
    switch (error) {
    case EACCES:
    case EPERM:
    case EROFS:
        return ErrorCode::ReadOnly;
    case ENOSPC:
    case EDQUOT:
        return ErrorCode::DiskFull;
    default:
        return ErrorCode::Database;
    }
}

struct flock rangeOf(LockFile::Part part, short kind)
{
    struct flock range = {};
    range.l_type = kind;
    range.l_whence = SEEK_SET;
    range.l_start = static_cast<off_t>(part);
    range.l_len = 1;
    return range;
}

} // namespace

base::Result<LockFile> LockFile::open(const QString &path)
{
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly);
    if (descriptor < 0) {
        const int error = errno;
        return base::fail(meaningOf(error),
                          path + QStringLiteral(": ") + QString::fromLocal8Bit(std::strerror(error)));
    }
    return LockFile(descriptor);
}

LockFile::LockFile(LockFile &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

LockFile &LockFile::operator=(LockFile &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

LockFile::~LockFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

bool LockFile::tryShared(Part part)
{
    return set(part, F_RDLCK);
}

bool LockFile::tryExclusive(Part part)
{
    return set(part, F_WRLCK);
}

void LockFile::release(Part part)
{
    set(part, F_UNLCK);
}

bool LockFile::isHeldByOthers(Part part) const
{
    struct flock range = rangeOf(part, F_WRLCK);
    return ::fcntl(m_descriptor, F_OFD_GETLK, &range) == 0 && range.l_type != F_UNLCK;
}

bool LockFile::set(Part part, short kind)
{
    struct flock range = rangeOf(part, kind);
    return ::fcntl(m_descriptor, F_OFD_SETLK, &range) == 0;
}

} // namespace lectern::store
