// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/Search.h"

#include "store/EmbeddingSpaces.h"
#include "store/Library.h"
#include "store/PageSearch.h"
#include "text/SearchText.h"
#include "text/Snippet.h"
#include "workspace/Feedback.h"

#include <QElapsedTimer>
#include <QHash>
#include <QSet>

#include <algorithm>

namespace lectern::workspace {

using base::ErrorCode;
using domain::PageHit;
using domain::SearchMode;

namespace {

constexpr int kSnippetLength = 220;

// Score fusion: on questions and on paraphrases it beats each alone and fusion by rank. Chosen on two public
// collections: from 0.3 to 0.5 one (Cranfield, where words say nearly all) loses 0.02 of nDCG@10 and the
// other (CISI) wins as much.
constexpr double kMeaningWeight = 0.35;
/// Pages that each side proposes: what is in neither's first is in no list's first ten.
constexpr int kProposals = 200;
/// A filter leaves few of what is near: more is looked at.
constexpr int kFilteredProposals = 2'500;

// Letters that a piece of the vocabulary has in the mean. English has 4 and more; in another language words
// fall into small pieces, and what they mean is lost.
constexpr double kForeignLettersPerPiece = 2.6;
constexpr double kEnglishLettersPerPiece = 3.4;

/// Pages with every word; where they are fewer than asked for, pages with some of the words after them.
base::Result<QVector<PageHit>> byWords(store::Connection &reader, const text::WordQuery &query,
                                       const SearchRequest &request)
{
    auto hits = store::PageSearch::find(reader, query.all, request.filter, request.limit);
    if (!hits || hits->size() >= request.limit || query.some.isEmpty())
        return hits;
    QSet<qint64> known;
    for (const PageHit &hit : *hits)
        known.insert(hit.page.value);
    const auto some = store::PageSearch::find(reader, query.some, request.filter, request.limit);
    if (!some)
        return some;
    for (PageHit hit : *some) {
        if (hits->size() >= request.limit)
            break;
        if (known.contains(hit.page.value))
            continue;
        hit.hasAllWords = false;
        hits->append(hit);
    }
    return hits;
}

/// How likely a question is one that the embedding understands, 0 to 1.
double englishShare(const QString &question, int pieces)
{
    const auto letters = std::count_if(question.begin(), question.end(), [](QChar unit) {
        return unit.isLetterOrNumber() || unit.isSurrogate();
    });
    const auto latin = std::count_if(question.begin(), question.end(), [](QChar unit) {
        return unit.script() == QChar::Script_Latin || unit.isDigit();
    });
    // Of other scripts the vocabulary has nothing: a whole word is one unknown piece.
    if (2 * latin <= letters)
        return 0;
    const double perPiece = static_cast<double>(letters) / std::max(pieces, 1);
    return std::clamp(
        (perPiece - kForeignLettersPerPiece) / (kEnglishLettersPerPiece - kForeignLettersPerPiece), 0.0, 1.0);
}

/// The stretch of the page with most of the words; for a page that was found by its meaning, in the passage
/// that is nearest.
text::Snippet snippetOf(const store::PageSearch::PageText &page, const PageHit &hit, const QString &words)
{
    const bool byPassage = hit.passage.length > 0 && !hit.hasAllWords &&
                           hit.passage.start + hit.passage.length <= page.text.size();
    const QString text = byPassage ? page.text.mid(hit.passage.start, hit.passage.length) : page.text;
    return text::makeSnippet(text, words, page.language, kSnippetLength);
}

/// Adds to each page what a list shows of it. A page that went away meanwhile is left out.
base::Result<QVector<FoundPage>> describe(store::Connection &reader, const QVector<PageHit> &hits,
                                          const QString &words, const base::CancelToken &cancel)
{
    QVector<domain::DocumentId> ids;
    for (const PageHit &hit : hits) {
        if (!ids.contains(hit.document))
            ids.append(hit.document);
    }
    const auto documents = store::Library::documents(reader, ids);
    if (!documents)
        return base::fail(documents.error());
    QHash<qint64, const domain::Document *> byId;
    for (const domain::Document &document : *documents)
        byId.insert(document.id.value, &document);

    QVector<FoundPage> pages;
    for (const PageHit &hit : hits) {
        if (cancel.isCancelled())
            return base::fail(ErrorCode::Cancelled);
        const domain::Document *document = byId.value(hit.document.value);
        const auto page = store::PageSearch::text(reader, hit.page);
        if (!page && page.error().code != ErrorCode::NotFound)
            return base::fail(page.error());
        if (!page || !document)
            continue;
        const text::Snippet snippet = snippetOf(*page, hit, words);
        FoundPage found{hit,
                        document->name,
                        document->path,
                        page->label,
                        page->language,
                        snippet.text,
                        {},
                        {page->width, page->height}};
        for (const text::Snippet::Hit &mark : snippet.hits)
            found.marks.append({static_cast<int>(mark.offset), static_cast<int>(mark.length)});
        pages.append(found);
    }
    return pages;
}

void sortBest(QVector<PageHit> &hits, int limit)
{
    std::sort(hits.begin(), hits.end(), [](const PageHit &a, const PageHit &b) {
        return a.score != b.score ? a.score > b.score : a.page < b.page;
    });
    if (hits.size() > limit)
        hits.resize(limit);
}

PageHit hitOf(const NearPage &near)
{
    PageHit hit;
    hit.page = near.chunk.page;
    hit.document = near.chunk.document;
    hit.number = near.chunk.pageNumber;
    hit.score = near.score;
    hit.hasAllWords = false;
    hit.passage = near.chunk.chunk;
    return hit;
}

/// Of values that are compared with each other: 0 for the least, 1 for the most.
class MinMax {
public:
    void add(double value)
    {
        m_least = m_isEmpty ? value : std::min(m_least, value);
        m_most = m_isEmpty ? value : std::max(m_most, value);
        m_isEmpty = false;
    }
    [[nodiscard]] double operator()(double value) const
    {
        return m_most > m_least ? (value - m_least) / (m_most - m_least) : 1;
    }

private:
    bool m_isEmpty = true;
    double m_least = 0;
    double m_most = 0;
};

/// Every page that words or meaning proposed, by what both say of it.
QVector<PageHit> fuse(const QVector<PageHit> &byWords, const QSet<qint64> &withAll,
                      const QHash<qint64, NearPage> &near, double meaningWeight)
{
    MinMax scale;
    for (const NearPage &page : near)
        scale.add(page.score);
    double best = 0;
    for (const PageHit &hit : byWords)
        best = std::max(best, hit.score);

    QHash<qint64, PageHit> fused;
    for (const NearPage &page : near) {
        PageHit hit = hitOf(page);
        hit.score = meaningWeight * scale(page.score);
        fused.insert(hit.page.value, hit);
    }
    for (const PageHit &hit : byWords) {
        PageHit &one = fused[hit.page.value];
        const domain::Chunk passage = one.passage;
        const double meaning = one.page.isValid() ? one.score : 0;
        one = hit;
        one.passage = passage;
        one.hasAllWords = withAll.contains(hit.page.value);
        one.score = meaning + (1 - meaningWeight) * (best > 0 ? hit.score / best : 0);
    }
    return {fused.cbegin(), fused.cend()};
}

} // namespace

base::Result<Search::Question> Search::ask(store::Connection &reader, const QString &words,
                                           const base::CancelToken &cancel)
{
    const auto space = store::EmbeddingSpaces::serving(reader);
    if (!space)
        return base::fail(space.error());
    if (!*space) {
        const auto embedder = m_builtIn.embedder();
        return base::fail(embedder
                              ? base::Error{ErrorCode::EmbeddingMissing, QStringLiteral("no vectors yet")}
                              : embedder.error());
    }
    const QString question = text::plainQuestion(words);
    if ((*space)->isBuiltIn()) {
        auto asked = askBuiltIn(**space, question, cancel);
        if (!asked)
            return asked;
        const base::Status updated = m_index.update(reader, **space, cancel);
        return updated ? std::move(asked) : base::fail(updated.error());
    }
    if (const base::Status updated = m_index.update(reader, **space, cancel); !updated)
        return base::fail(updated.error());
    return m_endpoints.question(reader, **space, question, cancel)
        .map([](EndpointEmbedder::Vector direction) {
            return Question{std::move(direction), 1};
        });
}

base::Result<Search::Question> Search::askBuiltIn(const domain::EmbeddingSpace &space,
                                                  const QString &question, const base::CancelToken &cancel)
{
    const auto embedder = m_builtIn.embedder();
    if (!embedder)
        return base::fail(embedder.error());
    if (space.model != BuiltInEmbedder::modelName(*embedder))
        return base::fail(ErrorCode::EmbeddingMissing, QStringLiteral("no vectors of this model"));
    const auto direction = embedder->embed({question}, cancel);
    if (!direction)
        return base::fail(direction.error());
    return Question{{direction->first().begin(), direction->first().end()},
                    englishShare(question, embedder->pieceCount(question))};
}

base::Result<QVector<NearPage>> Search::near(store::Connection &reader, std::span<const float> question,
                                             const SearchRequest &request, const text::WordQuery &query,
                                             int limit, const base::CancelToken &cancel)
{
    const auto documents = store::PageSearch::documentsOf(reader, request.filter);
    if (!documents)
        return base::fail(documents.error());
    std::optional<QVector<domain::PageId>> named;
    if (!request.filter.named.isEmpty()) {
        const auto naming = store::PageSearch::pagesNaming(reader, request.filter.named, kFilteredProposals);
        if (!naming)
            return base::fail(naming.error());
        named = *naming;
    }
    // What few pages name is compared with all of them; otherwise what is nearest, and then the filter.
    const bool isFiltered = request.filter != domain::SearchFilter() || !query.demanded.isEmpty();
    const auto proposed = named ? base::Result<QVector<domain::PageId>>(*named)
                                : m_index.nearest(reader, question, *documents,
                                                  isFiltered ? kFilteredProposals : limit, cancel);
    if (!proposed)
        return base::fail(proposed.error());
    const auto open =
        store::PageSearch::open(reader, *proposed, query.demanded, query.excluded, request.filter);
    if (!open)
        return base::fail(open.error());
    QVector<domain::PageId> ids = *proposed;
    ids.removeIf([&](domain::PageId page) { return !open->contains(page.value); });
    if (!named && ids.size() > limit)
        ids.resize(limit);
    auto pages = m_index.nearness(reader, question, ids, cancel);
    if (pages && pages->size() > limit)
        pages->resize(limit);
    return pages;
}

base::Result<QVector<PageHit>> Search::byMeaning(store::Connection &reader, const SearchRequest &request,
                                                 const text::WordQuery &query,
                                                 const base::CancelToken &cancel)
{
    const auto question = ask(reader, request.words, cancel);
    if (!question)
        return base::fail(question.error());
    const int proposals = std::max(kProposals, request.limit);
    const auto pages = near(reader, question->direction, request, query, proposals, cancel);
    if (!pages)
        return base::fail(pages.error());
    QVector<PageHit> hits;
    for (const NearPage &page : *pages)
        hits.append(hitOf(page));
    if (hits.size() > request.limit)
        hits.resize(request.limit);
    return hits;
}

base::Result<QVector<PageHit>> Search::byBoth(store::Connection &reader, const SearchRequest &request,
                                              const text::WordQuery &query, const QStringList &languages,
                                              base::Error &meaningFailed, const base::CancelToken &cancel)
{
    const auto question = ask(reader, request.words, cancel);
    if (!question) {
        const ErrorCode code = question.error().code;
        if (code == ErrorCode::Cancelled || code == ErrorCode::Database)
            return base::fail(question.error());
        meaningFailed = question.error();
    }
    if (!question || question->weight <= 0)
        return byWords(reader, query, request);

    const int proposals = std::max(kProposals, request.limit);
    QVector<PageHit> hits;
    QSet<qint64> withAll;
    if (!query.all.isEmpty()) {
        const auto all = store::PageSearch::find(reader, query.all, request.filter, proposals);
        const auto some = query.some.isEmpty()
                              ? all
                              : store::PageSearch::find(reader, query.some, request.filter, proposals);
        if (!all || !some)
            return all ? some : all;
        for (const PageHit &hit : *all)
            withAll.insert(hit.page.value);
        hits = *some;
    }
    const auto near = this->near(reader, question->direction, request, query, proposals, cancel);
    if (!near)
        return base::fail(near.error());
    QHash<qint64, NearPage> byPage;
    for (const NearPage &page : *near)
        byPage.insert(page.chunk.page.value, page);
    QVector<domain::PageId> others;
    for (const PageHit &hit : std::as_const(hits)) {
        if (!byPage.contains(hit.page.value))
            others.append(hit.page);
    }
    const auto further = m_index.nearness(reader, question->direction, others, cancel);
    if (!further)
        return base::fail(further.error());
    for (const NearPage &page : *further)
        byPage.insert(page.chunk.page.value, page);
    QVector<PageHit> fused = fuse(hits, withAll, byPage, kMeaningWeight * question->weight);
    sortBest(fused, static_cast<int>(fused.size()));
    if (const base::Status reordered = reorderByFeedback(reader, fused, query.stems, languages); !reordered)
        return base::fail(reordered.error());
    sortBest(fused, request.limit);
    return fused;
}

base::Result<SearchReport> Search::find(store::Connection &reader, const SearchRequest &request,
                                        const base::CancelToken &cancel)
{
    QElapsedTimer timer;
    timer.start();
    SearchReport report;
    report.mode = request.mode;
    if (request.words.trimmed().isEmpty())
        return report;
    const auto languages = store::PageSearch::languages(reader);
    if (!languages)
        return base::fail(languages.error());
    const text::WordQuery query = text::wordQuery(request.words, *languages);
    if (query.all.isEmpty() && request.mode == SearchMode::Words)
        return report;
    const auto hits = request.mode == SearchMode::Words ? byWords(reader, query, request)
                      : request.mode == SearchMode::Meaning
                          ? byMeaning(reader, request, query, cancel)
                          : byBoth(reader, request, query, *languages, report.meaningFailed, cancel);
    if (!hits)
        return base::fail(hits.error());
    const auto count = request.mode == SearchMode::Words
                           ? store::PageSearch::count(reader, query.all, request.filter)
                           : base::Result<qint64>(0);
    if (!count)
        return base::fail(count.error());
    auto pages = describe(reader, *hits, request.words, cancel);
    if (!pages)
        return base::fail(pages.error());
    report.pages = std::move(*pages);
    report.pagesWithAll = *count;
    report.milliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    return report;
}

} // namespace lectern::workspace
