// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace lectern::secrets {

/// A key. It can't be printed by accident: there is no conversion, no stream and no debug operator, and
/// reveal() is easy to search for. The bytes are overwritten when the last copy goes.
class Secret {
public:
    Secret() = default;
    explicit Secret(QByteArray bytes);
    ~Secret();
    Secret(const Secret &) = default;
    Secret(Secret &&) noexcept = default;
    Secret &operator=(const Secret &other);
    Secret &operator=(Secret &&other) noexcept;

    [[nodiscard]] bool isEmpty() const { return m_bytes.isEmpty(); }
    /// Only for the header of a request and the key store.
    [[nodiscard]] const QByteArray &reveal() const { return m_bytes; }
    /// What a person may see: "…3kQx". Nothing of a key of fewer than twelve characters.
    [[nodiscard]] QString hint() const;

private:
    void wipe();

    QByteArray m_bytes;
};

} // namespace lectern::secrets
