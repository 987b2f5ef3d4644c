// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Pictures.h"

#include <QHash>
#include <QSize>
#include <QSizeF>
#include <QVector>
#include <QtGlobal>

#include <optional>

namespace lectern::models {

/// One page of a run that is being planned.
struct PlannedPage {
    enum class State {
        ToDo,
        Answered, ///< an answer to the same question is stored: free
        Skipped,  ///< cannot be asked about (set aside, not read yet, not chosen)
    };

    State state = State::ToDo;
    std::optional<qint64> textTokens; ///< counted by Tokenizer; without it they are guessed from `characters`
    qint64 characters = 0;
    PictureNeed picture = PictureNeed::None;
    QSizeF points; ///< size of the page
};

/// The low end, the middle and the high end of something estimated.
template <class T> struct Range {
    T low{};
    T expected{};
    T high{};

    friend bool operator==(const Range &, const Range &) = default;
};

/// Pages of a run, summed up so that estimates for hundreds of models cost next to nothing: what matters for
/// a price are the numbers of tokens, and how many pictures of which size. A value, for one thread at a time.
class PageSet {
public:
    /// Pages that are to be sent together with a picture of the same size, or without one.
    struct Group {
        QSizeF points; ///< empty: no picture
        bool isUselessWithoutPicture = false;
        qint64 pages = 0;
        Range<qint64> textTokens;     ///< of all its pages
        qint64 largestTextTokens = 0; ///< of one page, high end
    };

    void add(const PlannedPage &page);

    [[nodiscard]] qint64 pagesToDo() const { return m_toDo; }
    [[nodiscard]] qint64 pagesAnswered() const { return m_answered; }
    [[nodiscard]] qint64 pagesSkipped() const { return m_skipped; }
    /// Every page's text was counted.
    [[nodiscard]] bool isCounted() const { return m_counted; }
    [[nodiscard]] const QVector<Group> &groups() const { return m_groups; }

private:
    struct Key {
        int width = 0; ///< of the page, in tenths of a point; 0 without a picture
        int height = 0;
        bool isUselessWithoutPicture = false;
        bool isLarge = false;

        friend bool operator==(const Key &, const Key &) = default;
        friend size_t qHash(const Key &key, size_t seed) noexcept
        {
            return qHashMulti(seed, key.width, key.height, key.isUselessWithoutPicture, key.isLarge);
        }
    };

    Group &groupOf(const PlannedPage &page, bool isLarge);

    QVector<Group> m_groups;
    QHash<Key, qsizetype> m_index;
    qint64 m_toDo = 0;
    qint64 m_answered = 0;
    qint64 m_skipped = 0;
    bool m_counted = true;
};

} // namespace lectern::models
