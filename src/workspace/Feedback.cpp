// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/Feedback.h"

#include "store/PageSearch.h"
#include "text/CharacterClass.h"
#include "text/StopWords.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace lectern::workspace {

using domain::PageHit;

namespace {

constexpr qsizetype kReordered = 100;
constexpr qsizetype kTrusted = 5;
constexpr qsizetype kLookedUp = 60; ///< words whose rarity is asked for
constexpr qsizetype kWords = 15;
constexpr double kShare = 0.5; ///< of the feedback, beside 1 for what the pages had before
constexpr qsizetype kShortestWord = 3;
constexpr double kSaturation = 1.2; // bm25's k1 and b
constexpr double kLengthShare = 0.75;

struct PageWords {
    QHash<QString, int> counts;
    double length = 0;
};

/// Tells what a page is about from grammar, numbers and single letters.
class Topics {
public:
    explicit Topics(const QStringList &languages) : m_languages(languages) {}

    [[nodiscard]] PageWords of(const QString &stems)
    {
        PageWords words;
        for (const QString &stem : stems.split(u' ', Qt::SkipEmptyParts)) {
            if (!isTopic(stem))
                continue;
            ++words.counts[stem];
            words.length += 1;
        }
        return words;
    }

private:
    [[nodiscard]] bool isTopic(const QString &word)
    {
        const auto known = m_known.constFind(word);
        return known != m_known.constEnd() ? *known : *m_known.insert(word, look(word));
    }
    [[nodiscard]] bool look(const QString &word) const
    {
        if (word.size() < kShortestWord || !word.front().isLetter() ||
            text::isUnspaced(text::codePointAt(word, 0).value))
            return false;
        return std::none_of(m_languages.begin(), m_languages.end(), [&](const QString &language) {
            return text::stopWords(language).contains(word);
        });
    }

    const QStringList &m_languages;
    QHash<QString, bool> m_known;
};

/// A word of so many, with how much it counts.
struct Weighted {
    QString word;
    double weight = 0;
};

void keepBest(QVector<Weighted> &words, qsizetype most)
{
    std::sort(words.begin(), words.end(), [](const Weighted &a, const Weighted &b) {
        return a.weight != b.weight ? a.weight > b.weight : a.word < b.word;
    });
    if (words.size() > most)
        words.resize(most);
}

/// What the best pages speak of most, whatever that is.
QVector<Weighted> frequentWords(const QVector<PageHit> &hits, const QVector<PageWords> &pages,
                                const QStringList &asked)
{
    QHash<QString, double> weights;
    for (qsizetype i = 0; i < std::min(kTrusted, pages.size()); ++i) {
        const PageWords &page = pages.at(i);
        for (auto word = page.counts.cbegin(); word != page.counts.cend(); ++word)
            weights[word.key()] += hits.at(i).score * word.value() / page.length;
    }
    QVector<Weighted> words;
    for (auto word = weights.cbegin(); word != weights.cend(); ++word) {
        if (!asked.contains(word.key()))
            words.append({word.key(), word.value()});
    }
    keepBest(words, kLookedUp);
    return words;
}

} // namespace

base::Status reorderByFeedback(store::Connection &reader, QVector<PageHit> &hits, const QStringList &asked,
                               const QStringList &languages)
{
    QVector<domain::PageId> ids;
    for (qsizetype i = 0; i < std::min(kReordered, hits.size()); ++i)
        ids.append(hits.at(i).page);
    const auto stems = store::PageSearch::stems(reader, ids);
    if (!stems)
        return base::fail(stems.error());
    Topics topics(languages);
    QVector<PageWords> pages;
    double length = 0;
    for (const domain::PageId id : std::as_const(ids)) {
        pages.append(topics.of(stems->value(id.value)));
        length += pages.last().length;
    }
    if (length <= 0)
        return {};
    const double meanLength = length / static_cast<double>(pages.size());

    QVector<Weighted> words = frequentWords(hits, pages, asked);
    QStringList names;
    for (const Weighted &word : std::as_const(words))
        names.append(word.word);
    const auto frequencies = store::PageSearch::frequencies(reader, names);
    if (!frequencies)
        return base::fail(frequencies.error());
    QHash<QString, double> rarity;
    for (Weighted &word : words) {
        const auto has = static_cast<double>(frequencies->pages.value(word.word));
        const auto all = static_cast<double>(frequencies->allPages);
        rarity.insert(word.word, std::log((all - has + 0.5) / (has + 0.5) + 1));
        word.weight *= has > 1 ? rarity.value(word.word) : 0;
    }
    keepBest(words, kWords);

    QVector<double> gains;
    for (const PageWords &page : std::as_const(pages)) {
        const double norm = kSaturation * (1 - kLengthShare + kLengthShare * page.length / meanLength);
        double gain = 0;
        for (const Weighted &word : std::as_const(words)) {
            const double count = page.counts.value(word.word);
            gain += word.weight * rarity.value(word.word) * count * (kSaturation + 1) / (count + norm);
        }
        gains.append(gain);
    }
    const double most = gains.isEmpty() ? 0 : *std::max_element(gains.cbegin(), gains.cend());
    if (most <= 0)
        return {};
    for (qsizetype i = 0; i < gains.size(); ++i)
        hits[i].score = (hits.at(i).score + kShare * gains.at(i) / most) / (1 + kShare);
    for (qsizetype i = gains.size(); i < hits.size(); ++i)
        hits[i].score /= 1 + kShare;
    return {};
}

} // namespace lectern::workspace
