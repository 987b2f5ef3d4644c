// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QVector>

namespace lectern::text {

/// A phrase that may become a key phrase, with what was counted of it.
struct PhraseCandidate {
    QStringList stems;
    QMap<QString, int> forms; ///< how it was written, and how often (a map: its order is the same everywhere)
    QString firstForm;
    int count = 0;
    int headings = 0;    ///< of these in headings
    int properCount = 0; ///< of these written with a capital in mid-sentence
    int nounCount = 0;   ///< of these where the words before it call for a noun
    int longerBest = 0;  ///< highest count of a longer phrase that contains it
    bool acronym = false;
    qsizetype place = 0; ///< order of first appearance
    qint64 score = 0;

    /// The form used most; of equals the first in mid-sentence spelling.
    [[nodiscard]] QString bestForm() const;
};

/// Phrases in order of first appearance, found again by their key. Holds at most a fixed number.
class PhraseTable {
public:
    /// The candidate for `key`, made when new; null when the table is full.
    PhraseCandidate *entry(const QString &key, const QStringList &stems);
    [[nodiscard]] const PhraseCandidate *find(const QString &key) const;
    [[nodiscard]] QVector<PhraseCandidate> &candidates() { return m_candidates; }

private:
    QVector<PhraseCandidate> m_candidates;
    QHash<QString, qsizetype> m_index;
};

} // namespace lectern::text
