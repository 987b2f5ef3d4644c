// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/SearchablePage.h"

#include "text/Chunks.h"
#include "text/Language.h"
#include "text/PageLayout.h"
#include "text/SearchText.h"

namespace lectern::workspace {

namespace {

constexpr qsizetype kLongestHeadings = 2'000;
constexpr qsizetype kLongestLead = 200;

/// What stands at the top of a document says what it is about, be it set apart or not.
QString leadOf(const text::Passage &first)
{
    const qsizetype end =
        first.text.size() <= kLongestLead ? first.text.size() : first.text.lastIndexOf(u' ', kLongestLead);
    return first.text.left(end > 0 ? end : kLongestLead) + u'\n';
}

QString headingsOf(const domain::PageContent &page, const QString &language)
{
    QString headings;
    const QVector<text::Passage> passages = text::readLayout(page, language).passages;
    if (page.number == 1 && !passages.isEmpty() && passages.first().role != text::LineRole::Heading)
        headings = leadOf(passages.first());
    for (const text::Passage &passage : passages) {
        if (passage.role == text::LineRole::Heading &&
            headings.size() + passage.text.size() < kLongestHeadings)
            headings += passage.text + u'\n';
    }
    return headings;
}

QString withoutSuffix(const QString &name)
{
    const qsizetype dot = name.lastIndexOf(u'.');
    return dot > 0 ? name.left(dot) : name;
}

} // namespace

SearchablePage searchablePage(const domain::PageContent &page, const QString &documentName,
                              const QString &documentTitle)
{
    SearchablePage searchable;
    searchable.language = text::detectLanguage(page.text.text);
    const text::SearchFields fields =
        text::searchFields(page.text.text, headingsOf(page, searchable.language), searchable.language);
    searchable.columns = {
        text::searchTitle(documentTitle + u'\n' + withoutSuffix(documentName), searchable.language),
        fields.headings, fields.body, fields.stems};
    searchable.chunks = text::splitChunks(page.text.text, searchable.language);
    return searchable;
}

} // namespace lectern::workspace
