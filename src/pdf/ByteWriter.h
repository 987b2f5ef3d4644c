// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <cstring>
#include <type_traits>

namespace lectern::pdf {

/// Puts numbers and texts into a byte string, in the byte order of this computer: both ends run on it.
class ByteWriter {
public:
    template <class Number> void number(Number value)
    {
        static_assert(std::is_arithmetic_v<Number>);
        m_bytes.append(reinterpret_cast<const char *>(&value), sizeof value);
    }

    void text(const QString &value)
    {
        number(static_cast<quint32>(value.size()));
        m_bytes.append(reinterpret_cast<const char *>(value.utf16()), value.size() * 2);
    }

    void blob(const QByteArray &value)
    {
        number(static_cast<quint32>(value.size()));
        m_bytes.append(value);
    }

    void reserve(qsizetype bytes) { m_bytes.reserve(bytes); }
    [[nodiscard]] QByteArray take() { return std::move(m_bytes); }

private:
    QByteArray m_bytes;
};

} // namespace lectern::pdf
