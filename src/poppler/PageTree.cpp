// SPDX-License-Identifier: GPL-3.0-or-later
#include "poppler/PageTree.h"

#include <PDFDoc.h>

#include <algorithm>
#include <vector>

namespace lectern::poppler {

namespace {

constexpr size_t kMaxDepth = 60;
constexpr int kMaxNodes = 200'000;

class Surveyor {
public:
    void visit(Ref reference, const Object &node)
    {
        const int pagesBefore = m_tree.pages;
        const int placesBefore = m_tree.emptyPlaces;
        m_ancestors.push_back(reference);
        const Object kids = node.dictLookup("Kids");
        for (int i = 0; kids.isArray() && i < kids.arrayGetLength() && m_nodes < kMaxNodes; ++i) {
            const Object &kid = kids.arrayGetNF(i);
            if (kid.isRef())
                visitKid(kid.getRef(), kids.arrayGet(i));
        }
        m_ancestors.pop_back();
        const bool isRoot = m_ancestors.empty();
        if (!isRoot && m_tree.pages == pagesBefore && m_tree.emptyPlaces == placesBefore) {
            const Object count = node.dictLookup("Count");
            m_tree.emptyPlaces += count.isInt() ? std::clamp(count.getInt(), 0, kMaxNodes) : 0;
        }
    }

    [[nodiscard]] PageTree tree() const { return m_tree; }

private:
    void visitKid(Ref reference, const Object &kid)
    {
        ++m_nodes;
        if (!kid.isDict() ||
            std::find(m_ancestors.begin(), m_ancestors.end(), reference) != m_ancestors.end())
            return;
        if (!kid.getDict()->hasKey("Kids"))
            ++m_tree.pages;
        else if (m_ancestors.size() < kMaxDepth)
            visit(reference, kid);
    }

    PageTree m_tree;
    std::vector<Ref> m_ancestors;
    int m_nodes = 0;
};

} // namespace

PageTree PageTree::survey(PDFDoc &document)
{
    Surveyor surveyor;
    const Object catalog = document.getXRef()->getCatalog();
    if (catalog.isDict() && catalog.dictLookupNF("Pages").isRef()) {
        const Object root = catalog.dictLookup("Pages");
        if (root.isDict())
            surveyor.visit(catalog.dictLookupNF("Pages").getRef(), root);
    }
    return surveyor.tree();
}

} // namespace lectern::poppler
