// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Money.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>

#include <optional>

namespace lectern::ai {

/// The text of a number, or of a string, inside JSON objects: `path` names the key of each level. Read from
/// the bytes, since a parser would turn an amount of money into a rounded double. Nothing when the path leads
/// nowhere or `json` is damaged before it.
[[nodiscard]] std::optional<QByteArray> scalarTextAt(QByteArrayView json, const QByteArrayList &path);

/// Dollars in a decimal of any form ("0.00014", "9.5e-05"), exact to a picodollar; what is finer is the noise
/// of a sender's floating point and is rounded to the nearest. Nothing for what is negative, no number, or
/// beyond Money.
[[nodiscard]] std::optional<domain::Money> moneyFromNumber(const QByteArray &text);

} // namespace lectern::ai
