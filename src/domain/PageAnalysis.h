// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QVector>

namespace lectern::domain {

/// How far the text layer of a page can be trusted.
enum class TextVerdict {
    Good,     ///< reads as language
    Doubtful, ///< parts do not read as language: tables of codes, formulas, or a partly broken font
    Garbled,  ///< characters are there but mean nothing: the page's picture is needed
    Missing,  ///< no text layer: a scan or a drawing
};

/// Quality of the characters set in one font of the page, 0 (meaningless) to 1 (reads as language).
struct FontQuality {
    QString font;
    int characters = 0;
    double score = 0;

    friend bool operator==(const FontQuality &, const FontQuality &) = default;
};

/// Quality of a page's text layer. `score` runs from 0 to 1 and is 0 when there is no text.
struct TextQuality {
    TextVerdict verdict = TextVerdict::Missing;
    double score = 0;
    QVector<FontQuality> fonts;

    friend bool operator==(const TextQuality &, const TextQuality &) = default;
};

enum class EntityKind { Person, Organisation, Date, Money, Percentage, Email, WebAddress, Doi };

/// Something the page names. `text` is as written, `value` in a form that compares equal for equal things
/// (ISO 8601 date, "USD 1200.50", lower-case address, …) or empty; offset and length point into the page's
/// text. What only the page's picture shows has offset -1 and length 0.
struct Entity {
    EntityKind kind = EntityKind::Person;
    QString text;
    QString value;
    qint32 offset = 0;
    qint32 length = 0;

    friend bool operator==(const Entity &, const Entity &) = default;
};

/// The structured result of analysing one page.
struct PageAnalysis {
    QString title;
    QString summary;
    QStringList keyPhrases;   ///< best first
    QVector<Entity> entities; ///< in order of first appearance, each thing once
    QString language;         ///< BCP 47 ("en", "zh-Hans"); "und" when it cannot be told

    friend bool operator==(const PageAnalysis &, const PageAnalysis &) = default;
};

/// Stable names for storage and `--json`.
[[nodiscard]] QString verdictName(TextVerdict verdict);
[[nodiscard]] TextVerdict verdictFromName(const QString &name);
[[nodiscard]] QString entityKindName(EntityKind kind);

/// Canonical JSON: keys sorted, no spaces, equal bytes for equal values.
[[nodiscard]] QByteArray toJson(const PageAnalysis &analysis);
[[nodiscard]] base::Result<PageAnalysis> pageAnalysisFromJson(const QByteArray &json);
[[nodiscard]] QByteArray toJson(const TextQuality &quality);
[[nodiscard]] base::Result<TextQuality> textQualityFromJson(const QByteArray &json);

} // namespace lectern::domain
