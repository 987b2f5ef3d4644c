// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/PhraseTable.h"

namespace lectern::text {

namespace {

constexpr qsizetype kMostCandidates = 40000;

} // namespace

QString PhraseCandidate::bestForm() const
{
    QString best = firstForm;
    int bestCount = forms.value(firstForm);
    for (auto form = forms.begin(); form != forms.end(); ++form) {
        if (form.value() > bestCount) {
            best = form.key();
            bestCount = form.value();
        }
    }
    return best;
}

PhraseCandidate *PhraseTable::entry(const QString &key, const QStringList &stems)
{
    if (const auto known = m_index.constFind(key); known != m_index.constEnd())
        return &m_candidates[*known];
    if (m_candidates.size() >= kMostCandidates)
        return nullptr;
    m_index.insert(key, m_candidates.size());
    PhraseCandidate candidate;
    candidate.stems = stems;
    candidate.place = m_candidates.size();
    m_candidates.append(candidate);
    return &m_candidates.last();
}

const PhraseCandidate *PhraseTable::find(const QString &key) const
{
    const auto known = m_index.constFind(key);
    return known == m_index.constEnd() ? nullptr : &m_candidates.at(*known);
}

} // namespace lectern::text
