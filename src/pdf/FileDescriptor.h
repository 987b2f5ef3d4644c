// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

#include <utility>

namespace lectern::pdf {

/// Owns a file descriptor and closes it.
class FileDescriptor {
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int value) : m_value(value) {}
    FileDescriptor(FileDescriptor &&other) noexcept : m_value(other.release()) {}
    FileDescriptor &operator=(FileDescriptor &&other) noexcept
    {
        if (this != &other)
            reset(other.release());
        return *this;
    }
    FileDescriptor(const FileDescriptor &) = delete;
    FileDescriptor &operator=(const FileDescriptor &) = delete;
    ~FileDescriptor() { reset(); }

    [[nodiscard]] int get() const { return m_value; }
    [[nodiscard]] bool isOpen() const { return m_value >= 0; }
    [[nodiscard]] int release() { return std::exchange(m_value, -1); }
    void reset(int value = -1)
    {
        if (m_value >= 0)
            ::close(m_value);
        m_value = value;
    }

private:
    int m_value = -1;
};

} // namespace lectern::pdf
