// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/OutlineItem.h"

#include <QSet>
#include <QVector>

class Object;
class PDFDoc;
struct Ref;

namespace lectern::poppler {

class LinkTargets;

/// Reads the outline of a document: bounded in number and depth, and each item once, so that items that form
/// a ring come to an end.
class OutlineReader {
public:
    [[nodiscard]] static QVector<domain::OutlineItem> read(PDFDoc &document, LinkTargets &targets);

private:
    OutlineReader(PDFDoc &document, LinkTargets &targets) : m_document(document), m_targets(targets) {}
    void readSiblings(const Object &parent, int level);
    [[nodiscard]] bool take(const Object &item, int level);

    PDFDoc &m_document;
    LinkTargets &m_targets;
    QVector<domain::OutlineItem> m_items;
    QSet<quint64> m_seen;
};

} // namespace lectern::poppler
