// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

#include <memory>

struct sb_stemmer;

namespace lectern::text {

/// Reduces the forms of a word to one stem ("payments" to "payment") for languages that libstemmer knows; for
/// others a word is its own stem. Made for one page; not thread-safe, but each thread may have its own.
class Stemmer {
public:
    /// `language`: primary BCP 47 name.
    explicit Stemmer(const QString &language);

    /// The stem of a word in lower case.
    [[nodiscard]] QString stem(const QString &lower);

private:
    struct Deleter {
        void operator()(sb_stemmer *stemmer) const;
    };
    std::unique_ptr<sb_stemmer, Deleter> m_stemmer;
    QHash<QString, QString> m_known;
};

} // namespace lectern::text
