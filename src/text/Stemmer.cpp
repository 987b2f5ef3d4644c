// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Stemmer.h"

#include <QByteArray>

#include <libstemmer.h>

namespace lectern::text {

namespace {

constexpr qsizetype kLongestWord = 64; // longer "words" are data, and stemming them means nothing

} // namespace

void Stemmer::Deleter::operator()(sb_stemmer *stemmer) const
{
    sb_stemmer_delete(stemmer);
}

Stemmer::Stemmer(const QString &language)
    : m_stemmer(sb_stemmer_new(language.toLatin1().constData(), "UTF_8"))
{
}

QString Stemmer::stem(const QString &lower)
{
    if (!m_stemmer || lower.size() > kLongestWord)
        return lower;
    if (const auto known = m_known.constFind(lower); known != m_known.constEnd())
        return *known;
    const QByteArray utf8 = lower.toUtf8();
    const sb_symbol *stemmed =
        sb_stemmer_stem(m_stemmer.get(), reinterpret_cast<const sb_symbol *>(utf8.constData()),
                        static_cast<int>(utf8.size()));
    QString result = stemmed ? QString::fromUtf8(reinterpret_cast<const char *>(stemmed),
                                                 sb_stemmer_length(m_stemmer.get()))
                             : lower;
    m_known.insert(lower, result);
    return result;
}

} // namespace lectern::text
