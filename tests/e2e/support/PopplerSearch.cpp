// SPDX-License-Identifier: GPL-3.0-or-later
#include "PopplerSearch.h"

#include <poppler-qt6.h>

#include <algorithm>

namespace lectern::e2e {

namespace {

/// The letters alone, in the order that they are seen in: so Poppler lists right-to-left words.
QString seen(const QString &word)
{
    QString letters = word.normalized(QString::NormalizationForm_C);
    if (std::any_of(letters.begin(), letters.end(), [](QChar c) { return c.direction() == QChar::DirAL; }))
        std::reverse(letters.begin(), letters.end());
    return letters;
}

/// Where right-to-left words stand side by side in the page's list of words, the last one first.
QVector<QRectF> inList(const Poppler::Page &page, const QString &words)
{
    const auto list = page.textList();
    const QStringList wanted = words.split(u' ');
    QVector<QRectF> places;
    for (size_t at = 0; at + static_cast<size_t>(wanted.size()) <= list.size(); ++at) {
        QRectF place;
        size_t next = at;
        for (auto word = wanted.crbegin(); word != wanted.crend(); ++word, ++next) {
            if (list[next]->text() != seen(*word))
                break;
            place |= list[next]->boundingBox();
        }
        if (next == at + static_cast<size_t>(wanted.size()))
            places.append(place);
    }
    return places;
}

} // namespace

class PopplerSearch::Private {
public:
    std::unique_ptr<Poppler::Document> document;
};

PopplerSearch::PopplerSearch(const QString &path, const QString &password) : m_d(std::make_unique<Private>())
{
    Poppler::setDebugErrorFunction([](const QString &, const QVariant &) {}, {});
    m_d->document = Poppler::Document::load(path, password.toUtf8(), password.toUtf8());
}

PopplerSearch::~PopplerSearch() = default;

bool PopplerSearch::isOpen() const
{
    return m_d->document && !m_d->document->isLocked();
}

QVector<QRectF> PopplerSearch::find(int page, const QString &words, bool wholeWords) const
{
    const std::unique_ptr<Poppler::Page> found = m_d->document->page(page - 1);
    if (!found)
        return {};
    Poppler::Page::SearchFlags flags = Poppler::Page::IgnoreCase | Poppler::Page::AcrossLines;
    flags.setFlag(Poppler::Page::WholeWords, wholeWords);
    const QVector<QRectF> places = found->search(words, flags);
    if (!places.isEmpty())
        return places;
    // Right-to-left lines are looked through from their end, where a hamza comes before its letter: words
    // with both are not found. The page's list of words has them.
    const bool isRightToLeft =
        std::any_of(words.begin(), words.end(), [](QChar c) { return c.direction() == QChar::DirAL; });
    return isRightToLeft ? inList(*found, words) : places;
}

} // namespace lectern::e2e
