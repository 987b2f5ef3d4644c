// SPDX-License-Identifier: GPL-3.0-or-later
#include "poppler/InputFile.h"

#include <Object.h>
#include <Stream.h>
#include <goo/gfile.h>

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lectern::poppler {

using base::ErrorCode;

namespace {

constexpr qint64 kMaxMapped = 512'000'000; // a mapping counts against the helper's address space

} // namespace

InputFile::InputFile() = default;

InputFile::~InputFile()
{
    if (m_map != nullptr)
        munmap(m_map, static_cast<size_t>(m_size));
}

base::Result<std::unique_ptr<InputFile>> InputFile::fromDescriptor(int descriptor)
{
    std::unique_ptr<InputFile> file(new InputFile);
    struct stat status {};
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(descriptor);
        return base::fail(ErrorCode::FileUnreadable, QStringLiteral("not a regular file"));
    }
    file->m_size = status.st_size;
    if (file->m_size > 0 && file->m_size <= kMaxMapped) {
        void *map = mmap(nullptr, static_cast<size_t>(file->m_size), PROT_READ, MAP_PRIVATE, descriptor, 0);
        if (map != MAP_FAILED)
            file->m_map = map;
    }
    if (file->m_map != nullptr || file->m_size == 0)
        close(descriptor);
    else
        file->m_file = GooFile::open(descriptor);
    return file;
}

std::unique_ptr<InputFile> InputFile::fromBytes(const QByteArray &bytes)
{
    std::unique_ptr<InputFile> file(new InputFile);
    file->m_bytes = bytes;
    file->m_size = bytes.size();
    return file;
}

BaseStream *InputFile::makeStream() const
{
    if (m_map != nullptr)
        return new MemStream(static_cast<const char *>(m_map), 0, m_size, Object(objNull));
    if (!m_file)
        return new MemStream(m_bytes.constData(), 0, m_size, Object(objNull));

    return new FileStream(m_file.get(), 0, false, m_size, Object(objNull));
}

} // namespace lectern::poppler
