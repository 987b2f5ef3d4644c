// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>

#include <memory>

class BaseStream;
class GooFile;

namespace lectern::poppler {

/// Where a document's bytes come from. Files of a usual size are mapped into memory: Poppler's own file
/// stream reads 256 bytes a call, 450,000 system calls for a book of 675 pages.
class InputFile {
public:
    ~InputFile();
    InputFile(const InputFile &) = delete;
    InputFile &operator=(const InputFile &) = delete;

    /// Takes over the descriptor of a regular file. Errors: FileUnreadable.
    [[nodiscard]] static base::Result<std::unique_ptr<InputFile>> fromDescriptor(int descriptor);
    [[nodiscard]] static std::unique_ptr<InputFile> fromBytes(const QByteArray &bytes);

    /// A stream over the whole file, owned by the caller, which must not outlive this object.
    [[nodiscard]] BaseStream *makeStream() const;

private:
    InputFile();

    QByteArray m_bytes;
    void *m_map = nullptr;
    qint64 m_size = 0;
    std::unique_ptr<GooFile> m_file; ///< of a file too large to map
};

} // namespace lectern::poppler
