// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Money.h"

#include <QCoreApplication>
#include <QString>

#include <optional>

namespace lectern::presentation {

/// Amounts of money and of tokens as people write and say them, by QLocale's default. Exact: no amount ever
/// passes through a floating-point number, and none but zero reads as zero. Pure.
class MoneyText {
    Q_DECLARE_TR_FUNCTIONS(MoneyText)

public:
    /// "$1.84"; below a cent four significant digits: "$0.001234".
    [[nodiscard]] static QString amount(domain::Money money);
    /// Every digit, at least two decimals: "$0.0375". For prices and limits.
    [[nodiscard]] static QString exact(domain::Money money);
    /// "≈ $0.12", for what nobody has billed yet.
    [[nodiscard]] static QString approximately(domain::Money money);
    /// "≈ $0.09 – $0.14"; one amount where both read the same.
    [[nodiscard]] static QString approximateRange(domain::Money low, domain::Money high);
    /// The price of a million tokens from that of one: "$0.10". "—" where it does not fit.
    [[nodiscard]] static QString perMillion(domain::Money perToken);
    /// For a screen reader: "1 dollar 84 cents", "0.13 cents".
    [[nodiscard]] static QString spoken(domain::Money money);

    /// What stands in a field: every digit, no sign of the currency, the locale's decimal point.
    [[nodiscard]] static QString plain(domain::Money money);
    /// Reads what a person typed. Nothing for what is not one exact amount, or could be read in two ways
    /// (signs that group thousands).
    [[nodiscard]] static std::optional<domain::Money> parsed(const QString &text);

    /// One of `parts` equal parts, rounded to a picodollar. Zero for no parts.
    [[nodiscard]] static domain::Money share(domain::Money total, qint64 parts);
    /// "840", "22 K", "2.1 M".
    [[nodiscard]] static QString tokens(qint64 count);
    /// "$" where that means this currency, "US$" where it means another.
    [[nodiscard]] static QString currencySign();
};

} // namespace lectern::presentation
