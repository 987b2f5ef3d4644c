// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QtGlobal>

#include <compare>
#include <optional>

namespace lectern::domain {

/// An exact amount in US dollars, counted in picodollars (1e-12 USD): the finest price asked today, a few
/// cents for a million tokens, is a whole number of them for one token. The range is about ± 9.2 million
/// dollars.
struct Money {
    qint64 picodollars = 0;

    static constexpr qint64 kPicoPerDollar = 1'000'000'000'000;

    /// Reads a plain decimal number of dollars ("0.0375", "12"). Nothing when it is not one, is negative, is
    /// finer than a picodollar or too large.
    [[nodiscard]] static std::optional<Money> fromDecimal(const QString &dollars);
    /// The exact number of dollars without needless zeros ("0.000037", "12").
    [[nodiscard]] QString toDecimal() const;
    [[nodiscard]] bool isZero() const { return picodollars == 0; }

    Money &operator+=(Money other)
    {
        picodollars += other.picodollars;
        return *this;
    }
    friend Money operator+(Money a, Money b) { return {a.picodollars + b.picodollars}; }
    friend Money operator-(Money a, Money b) { return {a.picodollars - b.picodollars}; }
    friend auto operator<=>(const Money &, const Money &) = default;
};

} // namespace lectern::domain
