// SPDX-License-Identifier: GPL-3.0-or-later
#include "poppler/FontCache.h"

#include <Array.h>
#include <Dict.h>
#include <Page.h>
#include <Stream.h>
#include <XRef.h>

#include <array>

namespace lectern::poppler {

namespace {

constexpr size_t kMaxInflatedBytes = 48'000'000;
constexpr size_t kMaxFontFile = 16'000'000;
constexpr size_t kMaxKeptObjects = 20'000;
constexpr size_t kMaxFontsSeen = 20'000;
constexpr int kMaxFontsOfPage = 500;

} // namespace

void FontCache::prepare(::Page &page)
{
    Dict *resources = page.getResourceDict();
    if (resources == nullptr || !hasRoom())
        return;
    const Object fonts = resources->lookup("Font");
    if (!fonts.isDict() || fonts.dictGetLength() > kMaxFontsOfPage)
        return;
    for (int i = 0; i < fonts.dictGetLength(); ++i) {
        const Object &font = fonts.dictGetValNF(i);
        if (!font.isRef() || m_seen.size() >= kMaxFontsSeen)
            continue;
        // The second page shows that it is worth it: a one-page document never pays for what it can't use.
        if (++m_seen[font.getRef()] == 2)
            keepFont(font.getRef());
    }
}

void FontCache::keepFont(Ref font)
{
    const Object dictionary = keep(Object(font));
    if (!dictionary.isDict())
        return;
    keep(dictionary.dictLookupNF("Encoding"));
    keep(dictionary.dictLookupNF("Widths"));
    keepInflated(dictionary.dictLookupNF("ToUnicode"));

    Object holder = dictionary.copy();
    const Object descendants = keep(dictionary.dictLookupNF("DescendantFonts"));
    if (descendants.isArray() && descendants.arrayGetLength() > 0) {
        holder = keep(descendants.arrayGetNF(0));
        if (!holder.isDict())
            return;
        keep(holder.dictLookupNF("W"));
        keep(holder.dictLookupNF("CIDSystemInfo"));
        keepInflated(holder.dictLookupNF("CIDToGIDMap"));
    }
    const Object descriptor = keep(holder.dictLookupNF("FontDescriptor"));
    if (!descriptor.isDict())
        return;
    static constexpr std::array kFontFiles = {"FontFile", "FontFile2", "FontFile3"};
    for (const char *key : kFontFiles)
        keepInflated(descriptor.dictLookupNF(key));
}

// The object that `reference` leads to, which from now on is found without parsing.
Object FontCache::keep(const Object &reference)
{
    if (!reference.isRef())
        return reference.copy();
    Object object = m_xref.fetch(reference.getRef());
    // A stream's place in the file must be its own each time it is opened: keepInflated() handles those.
    if ((object.isDict() || object.isArray()) && hasRoom()) {
        // Set in the entry itself, not by setModifiedObject(): an object marked as modified would keep
        // Poppler from rebuilding the table of a damaged file.
        XRefEntry *entry = m_xref.getEntry(reference.getRef().num, false);
        if (entry != nullptr && entry->obj.isNull()) {
            entry->obj = object.copy();
            ++m_keptObjects;
        }
    }
    return object;
}

void FontCache::keepInflated(const Object &reference)
{
    if (!reference.isRef() || !hasRoom())
        return;
    const Ref ref = reference.getRef();
    XRefEntry *entry = m_xref.getEntry(ref.num, false);
    if (entry == nullptr || !entry->obj.isNull())
        return;
    Object object = m_xref.fetch(ref);
    if (!object.isStream())
        return;

    Stream *stream = object.getStream();
    std::vector<char> bytes;
    std::array<unsigned char, 16'384> chunk{};
    stream->reset();
    int count = 0;
    while ((count = stream->doGetChars(static_cast<int>(chunk.size()), chunk.data())) > 0) {
        bytes.insert(bytes.end(), chunk.begin(), chunk.begin() + count);
        if (bytes.size() > kMaxFontFile) {
            stream->close();
            return;
        }
    }
    stream->close();

    Object dictionary(stream->getDict()->copy(&m_xref));
    dictionary.getDict()->remove("Filter");
    dictionary.getDict()->remove("F");
    dictionary.getDict()->remove("DecodeParms");
    dictionary.getDict()->remove("DP");
    dictionary.getDict()->set("Length", Object(static_cast<int>(bytes.size())));
    m_inflatedBytes += bytes.size();
    ++m_keptObjects;
    m_inflated.push_back(std::move(bytes));
    const std::vector<char> &kept = m_inflated.back();

    // Fetched again: reading the stream may have made Poppler rebuild the table.
    entry = m_xref.getEntry(ref.num, false);
    if (entry != nullptr)
        entry->obj = Object(static_cast<Stream *>(
            new MemStream(kept.data(), 0, static_cast<Goffset>(kept.size()), std::move(dictionary))));
}

bool FontCache::hasRoom() const
{
    return m_inflatedBytes < kMaxInflatedBytes && m_keptObjects < kMaxKeptObjects;
}

} // namespace lectern::poppler
