// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/Secret.h"

#include <utility>

namespace lectern::secrets {

namespace {

constexpr qsizetype kShortestWithHint = 12;
constexpr qsizetype kHintLength = 4;

} // namespace

Secret::Secret(QByteArray bytes) : m_bytes(std::move(bytes)) {}

Secret::~Secret()
{
    wipe();
}

Secret &Secret::operator=(const Secret &other)
{
    if (this != &other) {
        wipe();
        m_bytes = other.m_bytes;
    }
    return *this;
}

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_bytes = std::exchange(other.m_bytes, {});
    }
    return *this;
}

void Secret::wipe()
{
    // A shared array would be copied by data() and the copy overwritten: its other owners wipe it.
    if (!m_bytes.isEmpty() && m_bytes.isDetached()) {
        // Volatile, or the compiler leaves out what nobody reads.
        volatile char *byte = m_bytes.data();
        for (qsizetype left = m_bytes.size(); left > 0; --left)
            *byte++ = 0;
    }
    m_bytes.clear();
}

QString Secret::hint() const
{
    return m_bytes.size() < kShortestWithHint ? QStringLiteral("…")
                                              : u'…' + QString::fromUtf8(m_bytes.right(kHintLength));
}

} // namespace lectern::secrets
