// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

#include <cmath>
#include <cstring>
#include <type_traits>

namespace lectern::pdf {

/// The reverse of ByteWriter, for bytes that may lie: never reads past the end, never allocates more than
/// what is there. After the first failure everything reads as zero and isGood() is false.
class ByteReader {
public:
    explicit ByteReader(QByteArrayView bytes) : m_bytes(bytes) {}

    template <class Number> [[nodiscard]] Number number()
    {
        static_assert(std::is_arithmetic_v<Number> && !std::is_same_v<Number, bool>);
        Number value = 0;
        if (static_cast<qsizetype>(sizeof value) > left()) {
            fail();
            return 0;
        }
        std::memcpy(&value, m_bytes.data() + m_at, sizeof value);
        m_at += static_cast<qsizetype>(sizeof value);
        if constexpr (std::is_floating_point_v<Number>) {
            if (!std::isfinite(value)) {
                fail();
                return 0;
            }
        }
        return value;
    }

    [[nodiscard]] bool flag() { return number<quint8>() != 0; }

    [[nodiscard]] QString text()
    {
        const qsizetype units = count(2);
        QString value(units, Qt::Uninitialized);
        std::memcpy(value.data(), m_bytes.data() + m_at, static_cast<size_t>(units) * 2);
        m_at += units * 2;
        return value;
    }

    [[nodiscard]] QByteArray blob()
    {
        const qsizetype size = count(1);
        QByteArray value(m_bytes.data() + m_at, size);
        m_at += size;
        return value;
    }

    /// How many items of at least `itemBytes` follow; 0 and a failure when so many cannot.
    [[nodiscard]] qsizetype count(qsizetype itemBytes)
    {
        const qsizetype items = number<quint32>();
        if (items > left() / itemBytes) {
            fail();
            return 0;
        }
        return items;
    }

    void fail()
    {
        m_good = false;
        m_at = m_bytes.size();
    }

    [[nodiscard]] bool isGood() const { return m_good; }
    /// Good, and nothing is left over.
    [[nodiscard]] bool isDone() const { return m_good && left() == 0; }

private:
    [[nodiscard]] qsizetype left() const { return m_bytes.size() - m_at; }

    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    bool m_good = true;
};

} // namespace lectern::pdf
