// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/JsonFields.h"

#include <QLocale>
#include <QRegularExpression>

#include <cmath>

namespace lectern::models {

using namespace Qt::StringLiterals;
using domain::Money;

JsonFields::JsonFields(const QJsonObject &object, const QString &path, QString &error)
    : m_object(object), m_path(path), m_error(error)
{
}

QString JsonFields::pathOf(const QString &key) const
{
    return m_path.isEmpty() ? key : m_path + u'.' + key;
}

void JsonFields::fail(const QString &path, const QString &what)
{
    if (m_error.isEmpty())
        m_error = path.isEmpty() ? what : path + u": "_s + what;
}

std::optional<QJsonValue> JsonFields::take(const QString &key)
{
    m_known.insert(key);
    const auto found = m_object.constFind(key);
    return found == m_object.constEnd() ? std::nullopt : std::optional(QJsonValue(*found));
}

std::optional<QString> JsonFields::text(const QString &key)
{
    const std::optional<QJsonValue> value = take(key);
    if (!value)
        return std::nullopt;
    if (!value->isString() || value->toString().isEmpty()) {
        fail(pathOf(key), u"must be a text"_s);
        return std::nullopt;
    }
    return value->toString();
}

std::optional<bool> JsonFields::flag(const QString &key)
{
    const std::optional<QJsonValue> value = take(key);
    if (!value)
        return std::nullopt;
    if (!value->isBool()) {
        fail(pathOf(key), u"must be true or false"_s);
        return std::nullopt;
    }
    return value->toBool();
}

std::optional<qint64> JsonFields::count(const QString &key, qint64 least, qint64 most)
{
    const std::optional<QJsonValue> value = take(key);
    if (!value)
        return std::nullopt;
    const double number = value->toDouble(-1);
    if (!value->isDouble() || std::floor(number) != number || number < double(least) ||
        number > double(most)) {
        fail(pathOf(key), u"must be a whole number from %1 to %2"_s.arg(least).arg(most));
        return std::nullopt;
    }
    return static_cast<qint64>(number);
}

std::optional<int> JsonFields::thousandths(const QString &key)
{
    const std::optional<QString> written = text(key);
    if (!written)
        return std::nullopt;
    const std::optional<Money> value = Money::fromDecimal(*written);
    constexpr qint64 unit = Money::kPicoPerDollar / 1000;
    if (!value || value->picodollars % unit != 0 || value->isZero() ||
        value->picodollars > 1000 * unit * 1000) {
        fail(pathOf(key), u"must be a number above 0 with at most three decimals, as a text (\"1.62\")"_s);
        return std::nullopt;
    }
    return static_cast<int>(value->picodollars / unit);
}

std::optional<QDate> JsonFields::date(const QString &key)
{
    const std::optional<QString> written = text(key);
    if (!written)
        return std::nullopt;
    const QDate date = QDate::fromString(*written, u"yyyy-MM-dd"_s);
    if (!date.isValid()) {
        fail(pathOf(key), u"must be a date (\"2026-11-22\")"_s);
        return std::nullopt;
    }
    return date;
}

std::optional<QString> JsonFields::dateOrMonth(const QString &key)
{
    const std::optional<QString> written = text(key);
    if (!written)
        return std::nullopt;
    const bool isDate = written->size() == 10 && QDate::fromString(*written, u"yyyy-MM-dd"_s).isValid();
    const bool isMonth = written->size() == 7 && QDate::fromString(*written, u"yyyy-MM"_s).isValid();
    if (!isDate && !isMonth) {
        fail(pathOf(key), u"must be a date (\"2026-11-22\") or a month (\"2026-11\")"_s);
        return std::nullopt;
    }
    return written;
}

std::optional<Money> JsonFields::perMillion(const QString &key, bool orNumber)
{
    const std::optional<QJsonValue> value = take(key);
    if (!value)
        return std::nullopt;
    // The shortest text that reads back as the same number is the one that was written in the file.
    const QString written = orNumber && value->isDouble()
                                ? QString::number(value->toDouble(), 'f', QLocale::FloatingPointShortest)
                                : value->toString();
    const std::optional<Money> price = Money::fromDecimalPerMillion(written);
    if (!price)
        fail(pathOf(key), orNumber
                              ? u"must be US dollars for a million tokens, at most six decimals (0.15)"_s
                              : u"must be US dollars for a million tokens, a text of at most six decimals "
                                "(\"0.15\")"_s);
    return price;
}

std::optional<Money> JsonFields::dollars(const QString &key)
{
    const std::optional<QString> written = text(key);
    if (!written)
        return std::nullopt;
    const std::optional<Money> amount = Money::fromDecimal(*written);
    if (!amount)
        fail(pathOf(key), u"must be US dollars, as a text (\"0.005\")"_s);
    return amount;
}

std::optional<QJsonObject> JsonFields::object(const QString &key)
{
    const std::optional<QJsonValue> value = take(key);
    if (!value)
        return std::nullopt;
    if (!value->isObject()) {
        fail(pathOf(key), u"must be an object {…}"_s);
        return std::nullopt;
    }
    return value->toObject();
}

std::optional<QJsonArray> JsonFields::array(const QString &key)
{
    const std::optional<QJsonValue> value = take(key);
    if (!value)
        return std::nullopt;
    if (!value->isArray()) {
        fail(pathOf(key), u"must be a list […]"_s);
        return std::nullopt;
    }
    return value->toArray();
}

void JsonFields::finish()
{
    for (const QString &key : m_object.keys()) {
        if (!m_known.contains(key)) {
            fail(pathOf(key), u"is not a field this version knows"_s);
            return;
        }
    }
}

} // namespace lectern::models
