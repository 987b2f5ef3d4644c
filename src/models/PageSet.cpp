// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/PageSet.h"

#include <algorithm>
#include <cmath>

namespace lectern::models {

namespace {

/// Such a page is a group of its own: a model's surcharge for long requests may begin anywhere above.
constexpr qint64 kLargePage = 16'000;

/// Tokens for 100 characters where nobody has counted them: usual for European languages, least for English
/// and most for dense tables and East Asian text (measured with o200k_base).
constexpr Range<qint64> kTokensPer100Characters{19, 27, 80};

qint64 guess(qint64 characters, qint64 per100)
{
    return (characters * per100 + 99) / 100;
}

} // namespace

PageSet::Group &PageSet::groupOf(const PlannedPage &page, bool isLarge)
{
    const bool hasPicture = page.picture != PictureNeed::None && !page.points.isEmpty();
    const auto tenths = [&](double length) {
        return hasPicture ? static_cast<int>(std::lround(std::min(length, 1e6) * 10)) : 0;
    };
    const Key key{tenths(page.points.width()), tenths(page.points.height()),
                  isUselessWithoutPicture(page.picture), isLarge};
    const auto known = m_index.constFind(key);
    if (!isLarge && known != m_index.constEnd())
        return m_groups[*known];
    m_index.insert(key, m_groups.size());
    Group group;
    group.points = hasPicture ? page.points : QSizeF();
    group.isUselessWithoutPicture = key.isUselessWithoutPicture;
    m_groups.append(group);
    return m_groups.last();
}

void PageSet::add(const PlannedPage &page)
{
    if (page.state == PlannedPage::State::Answered) {
        ++m_answered;
        return;
    }
    if (page.state == PlannedPage::State::Skipped) {
        ++m_skipped;
        return;
    }
    ++m_toDo;
    Range<qint64> tokens;
    if (page.textTokens) {
        tokens = {*page.textTokens, *page.textTokens, *page.textTokens};
    } else {
        tokens = {guess(page.characters, kTokensPer100Characters.low),
                  guess(page.characters, kTokensPer100Characters.expected),
                  guess(page.characters, kTokensPer100Characters.high)};
        m_counted = false;
    }
    Group &group = groupOf(page, tokens.high > kLargePage);
    ++group.pages;
    group.textTokens.low += tokens.low;
    group.textTokens.expected += tokens.expected;
    group.textTokens.high += tokens.high;
    group.largestTextTokens = std::max(group.largestTextTokens, tokens.high);
}

} // namespace lectern::models
