// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Money.h"

#include <QDate>
#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <QString>

#include <optional>

namespace lectern::models {

/// Reads the fields of one JSON object strictly: each must be of its kind, and at the end none may be left
/// over. The first thing wrong is kept, with its path ("models[3].price.input: …"). A field that is not
/// there reads as nothing.
class JsonFields {
public:
    /// `error` is shared by all objects of a document, and must outlive this.
    JsonFields(const QJsonObject &object, const QString &path, QString &error);

    [[nodiscard]] bool has(const QString &key) const { return m_object.contains(key); }
    [[nodiscard]] QStringList keys() const { return m_object.keys(); }
    [[nodiscard]] QString pathOf(const QString &key) const;

    std::optional<QString> text(const QString &key);
    std::optional<bool> flag(const QString &key);
    std::optional<qint64> count(const QString &key, qint64 least, qint64 most);
    /// A decimal number with at most three decimals, times a thousand ("1.62": 1620).
    std::optional<int> thousandths(const QString &key);
    std::optional<QDate> date(const QString &key);
    /// "2026-11-22", or "2026-11" where the day is not known.
    std::optional<QString> dateOrMonth(const QString &key);
    /// Dollars for a million tokens, as a decimal string; `orNumber`: a JSON number as well.
    std::optional<domain::Money> perMillion(const QString &key, bool orNumber = false);
    /// Dollars, as a decimal string.
    std::optional<domain::Money> dollars(const QString &key);
    std::optional<QJsonObject> object(const QString &key);
    std::optional<QJsonArray> array(const QString &key);

    /// Notes an error unless there was one before.
    void fail(const QString &path, const QString &what);
    /// Fields that nobody asked for are errors: a price misspelt is a price not applied.
    void finish();

private:
    [[nodiscard]] std::optional<QJsonValue> take(const QString &key);

    const QJsonObject m_object;
    const QString m_path;
    QString &m_error;
    QSet<QString> m_known;
};

} // namespace lectern::models
