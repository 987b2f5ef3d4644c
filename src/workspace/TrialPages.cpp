// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/TrialPages.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace lectern::workspace {

namespace {

/// Puts the nearest page with a picture in the place of a chosen one.
void takeAPicture(const QVector<TrialCandidate> &candidates, QVector<qsizetype> &chosen)
{
    qsizetype best = std::numeric_limits<qsizetype>::max();
    qsizetype *replaced = nullptr;
    qsizetype picture = -1;
    for (qsizetype i = 0; i < candidates.size(); ++i) {
        if (!candidates.at(i).needsPicture)
            continue;
        for (qsizetype &place : chosen) {
            const qsizetype distance = std::abs(place - i);
            if (distance < best) {
                best = distance;
                replaced = &place;
                picture = i;
            }
        }
    }
    if (replaced != nullptr)
        *replaced = picture;
}

} // namespace

QVector<TrialCandidate> trialPages(const QVector<TrialCandidate> &candidates, int wanted)
{
    if (wanted <= 0)
        return {};
    if (candidates.size() <= wanted)
        return candidates;
    QVector<qsizetype> chosen;
    for (qsizetype part = 0; part < wanted; ++part)
        chosen.append((2 * part + 1) * candidates.size() / (2 * wanted));
    const auto needsPicture = [&](qsizetype place) { return candidates.at(place).needsPicture; };
    if (std::none_of(chosen.cbegin(), chosen.cend(), needsPicture))
        takeAPicture(candidates, chosen);
    std::sort(chosen.begin(), chosen.end());
    QVector<TrialCandidate> pages;
    for (const qsizetype place : chosen)
        pages.append(candidates.at(place));
    return pages;
}

} // namespace lectern::workspace
