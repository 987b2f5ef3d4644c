// SPDX-License-Identifier: GPL-3.0-or-later
#include "poppler/OutlineReader.h"

#include "poppler/LinkTargets.h"
#include "poppler/PdfString.h"

#include <Link.h>
#include <PDFDoc.h>

namespace lectern::poppler {

using domain::OutlineItem;

QVector<OutlineItem> OutlineReader::read(PDFDoc &document, LinkTargets &targets)
{
    OutlineReader reader(document, targets);
    const Object catalog = document.getXRef()->getCatalog();
    const Object root = catalog.isDict() ? catalog.dictLookup("Outlines") : Object(objNull);
    if (root.isDict())
        reader.readSiblings(root, 0);
    return std::move(reader.m_items);
}

void OutlineReader::readSiblings(const Object &parent, int level)
{
    Ref reference = Ref::INVALID();
    const auto follow = [&reference](const Object &from, const char *key) {
        const Object &next = from.dictLookupNF(key);
        reference = next.isRef() ? next.getRef() : Ref::INVALID();
    };
    for (follow(parent, "First"); reference != Ref::INVALID();) {
        const quint64 key =
            (quint64{static_cast<quint32>(reference.num)} << 32) | static_cast<quint32>(reference.gen);
        if (m_seen.contains(key) || m_items.size() >= OutlineItem::kMaxItems)
            return;
        m_seen.insert(key);
        const Object item = m_document.getXRef()->fetch(reference);
        if (!item.isDict())
            return;
        if (take(item, level) && level < OutlineItem::kMaxLevel)
            readSiblings(item, level + 1);
        follow(item, "Next");
    }
}

bool OutlineReader::take(const Object &item, int level)
{
    const Object title = item.dictLookup("Title");
    OutlineItem read;
    read.title =
        title.isString() ? fromPdfString(title.getString()->toStr()).left(OutlineItem::kMaxTitle) : QString();
    if (read.title.isEmpty())
        return false;
    const Object destination = item.dictLookup("Dest");
    const Object action = destination.isNull() ? item.dictLookup("A") : Object(objNull);
    const auto link = !destination.isNull() ? LinkAction::parseDest(&destination)
                      : action.isDict()     ? LinkAction::parseAction(&action)
                                            : nullptr;
    if (const auto target = m_targets.of(link.get(), 0); target && target->page > 0) {
        read.page = target->page;
        read.top = target->top;
    }
    const Object count = item.dictLookup("Count");
    read.open = count.isInt() && count.getInt() > 0;
    read.level = level;
    m_items.append(read);
    return true;
}

} // namespace lectern::poppler
