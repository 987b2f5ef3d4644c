// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>
#include <QVector>

namespace lectern::guide {

/// One piece of a text, from top to bottom.
struct Block {
    enum class Kind {
        Heading, ///< level 1 or 2
        Paragraph,
        Aside, ///< a paragraph at the right half: addresses and dates of a letter
        Item,  ///< of a list; `marker` is a bullet or a number
        Note,  ///< set apart in a tinted box
        Code,
        TableHead,
        TableRow,
        Figure, ///< `name` of a drawing, text = caption
        Insert, ///< `name` of a list that the program itself knows
        Contents,
        PageBreak,
    };
    Kind kind = Kind::Paragraph;
    int level = 0;
    QString text; ///< with inline marks, see inlineHtml()
    QString marker;
    QString name;
    QStringList cells;
    QVector<qreal> widths; ///< of a table's columns, as shares that add up to 1
};

/// A text of resources/guide: its facts ("key: value" lines at the top, up to the first blank line) and its
/// blocks.
///
/// The marks are a small part of Markdown: # and ## headings, paragraphs, "- " and "1. " lists, "> " notes, |
/// tables | (a row of dashes after the head; their numbers set the widths), ``` code,
/// ![caption](drawing:name), and
/// {{contents}}, {{page}}, {{keys}}, {{errors}}. ">> " sets a paragraph at the right.
struct Text {
    QMap<QString, QString> facts;
    QVector<Block> blocks;

    [[nodiscard]] static Text parse(const QString &source);
};

/// **strong**, *emphasis*, `code`, [[Key]] and {icon-name} as HTML for QTextDocument.
[[nodiscard]] QString inlineHtml(const QString &text);

} // namespace lectern::guide
