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

    /// Prices are written for a million tokens: the same, for one. Nothing when it would not be a whole
    /// number of picodollars, so for more than six decimals.
    [[nodiscard]] static std::optional<Money> fromDecimalPerMillion(const QString &dollars);
    /// Of a price for one token: the exact dollars for a million ("0.0375").
    [[nodiscard]] QString toDecimalPerMillion() const;

    [[nodiscard]] bool isZero() const { return picodollars == 0; }

    /// Sum and product for amounts that come from outside; nothing when it is beyond the range.
    [[nodiscard]] static std::optional<Money> sum(Money a, Money b);
    [[nodiscard]] static std::optional<Money> product(Money each, qint64 count);

    /// For amounts known to be within the range.
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
