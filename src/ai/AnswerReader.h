// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/PageAnalysis.h"

#include <QString>

#include <tl/expected.hpp>

namespace lectern::ai {

/// The most of an answer that is kept. What is longer is cut at a word, what is more is left out.
inline constexpr qsizetype kLongestAnswerTitle = 200;
inline constexpr qsizetype kLongestAnswerSummary = 4000;
inline constexpr qsizetype kLongestAnswerPhrase = 100;
inline constexpr qsizetype kMostAnswerPhrases = 24;
inline constexpr qsizetype kLongestAnswerEntity = 200;
inline constexpr qsizetype kMostAnswerEntities = 200;

/// Where an answer departs from what was asked, in words for the model.
struct AnswerProblem {
    QString words;
    bool isJson = false; ///< it held an object, of a wrong shape
};

/// Reads a model's answer about a page. All of it is data: nothing is trusted, control characters and marks
/// that turn the direction of text are taken out. Fields and types must be as the schema says; fields beyond
/// it and entities of a kind we do not keep are passed over. Each entity is looked up in `pageText` and gets
/// its place and its spelling there. One that is not there is left out, unless `sawPicture`: then it may
/// stand in the page's picture, and is kept with offset -1 and length 0. Thread-safe.
[[nodiscard]] tl::expected<domain::PageAnalysis, AnswerProblem>
readPageAnswer(const QString &answer, const QString &pageText, bool sawPicture);

} // namespace lectern::ai
