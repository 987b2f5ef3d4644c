// SPDX-License-Identifier: GPL-3.0-or-later
#include "Corpus.h"
#include "PopplerSearch.h"
#include "Scene.h"
#include "presentation/PageTextMap.h"
#include "presentation/SearchMarks.h"
#include "store/Connection.h"
#include "store/Library.h"
#include "support/Expect.h"
#include "workspace/Workspace.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace lectern;
using namespace lectern::e2e;
using support::must;

namespace {

// Boxes are stored in steps of a twentieth of a point.
constexpr double kGrid = 0.1;
// Where a mark begins or ends inside a word ("state" of "state:"), the reader goes by the letters' likely
// widths, in parts of their height. Poppler knows them.
constexpr double kLikelyWidth = 0.35;
// Poppler's rectangles are as high as the line, the reader's as its words.
constexpr double kShared = 0.8;

/// What the reader marks of a page, and the boxes of all its words.
struct Marks {
    QVector<QRectF> rows;
    QVector<QRectF> boxes;
};

double shared(double from, double to, double otherFrom, double otherTo)
{
    const double least = std::min(to - from, otherTo - otherFrom);
    return least > 0 ? (std::min(to, otherTo) - std::max(from, otherFrom)) / least : 0;
}

/// Whether a mark of the reader covers what Poppler's rectangle does.
bool isSame(const QRectF &ours, QRectF theirs, const Marks &marks)
{
    // Of what goes on in another line, Poppler gives a rectangle without height: the line's lower edge.
    if (theirs.height() < kGrid)
        theirs.setTop(theirs.bottom() - ours.height());
    const double inside = kLikelyWidth * std::min(ours.width(), ours.height()) + kGrid;
    const auto agree = [&](double mine, double other, double (*from)(const QRectF &),
                           double (*to)(const QRectF &)) {
        const bool atBox = std::any_of(marks.boxes.begin(), marks.boxes.end(), [&](const QRectF &box) {
            return box.intersects(ours) && (qAbs(from(box) - mine) < 0.01 || qAbs(to(box) - mine) < 0.01);
        });
        return qAbs(mine - other) < (atBox ? kGrid : inside);
    };
    const auto left = [](const QRectF &box) { return box.left(); };
    const auto right = [](const QRectF &box) { return box.right(); };
    const auto top = [](const QRectF &box) { return box.top(); };
    const auto bottom = [](const QRectF &box) { return box.bottom(); };
    return (agree(ours.left(), theirs.left(), left, right) &&
            agree(ours.right(), theirs.right(), left, right) &&
            shared(ours.top(), ours.bottom(), theirs.top(), theirs.bottom()) > kShared) ||
           (agree(ours.top(), theirs.top(), top, bottom) &&
            agree(ours.bottom(), theirs.bottom(), top, bottom) &&
            shared(ours.left(), ours.right(), theirs.left(), theirs.right()) > kShared);
}

/// Each of `some` is among `others`. One of both are the reader's.
bool allIn(const QVector<QRectF> &some, const QVector<QRectF> &others, const Marks &ours)
{
    return std::all_of(some.begin(), some.end(), [&](const QRectF &one) {
        return std::any_of(others.begin(), others.end(), [&](const QRectF &other) {
            return &some == &ours.rows ? isSame(one, other, ours) : isSame(other, one, ours);
        });
    });
}

QString told(const QVector<QRectF> &rows)
{
    QStringList list;
    for (const QRectF &row : rows)
        list.append(u"%1–%2 × %3–%4"_s.arg(row.left(), 0, 'f', 1)
                        .arg(row.right(), 0, 'f', 1)
                        .arg(row.top(), 0, 'f', 1)
                        .arg(row.bottom(), 0, 'f', 1));
    return u'[' + list.join(u", "_s) + u']';
}

} // namespace

/// What the reader marks of a page that was found, beside what Poppler's own search finds there.
class tst_Marks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void phrase_data();
    void phrase();
    void words_data();
    void words();

private:
    void addRows();
    [[nodiscard]] Marks marksOf(const Corpus::Row &row, const QString &typed) const;

    Corpus m_corpus;
    Scene m_scene;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<store::Connection> m_reader;
};

void tst_Marks::initTestCase()
{
    m_corpus = Corpus::find();
    if (m_corpus.isEmpty())
        QSKIP("LECTERN_CORPUS names no folder of test documents with an expected.tsv.");
    QStringList index{u"index"_s, u"--only"_s, u"extract"_s};
    for (const Corpus::Row &row : m_corpus.rows()) {
        if (row.isPdf() && row.phrasePage > 0)
            index.append(m_corpus.absolute(row));
    }
    const Finished finished = m_scene.run(index);
    QVERIFY2(finished.exitCode == 0 || finished.exitCode == 3, finished.told().constData());
    for (const Corpus::Row &row : m_corpus.rows()) {
        if (row.isPdf() && row.phrasePage > 0 && !row.password.isEmpty()) {
            const Finished unlocked =
                m_scene.run({u"unlock"_s, m_corpus.absolute(row)}, row.password.toUtf8() + '\n');
            QVERIFY2(unlocked.exitCode == 0, unlocked.told().constData());
        }
    }
    static const base::SystemClock clock;
    workspace::Workspace::Options options;
    options.folder = m_scene.workspace();
    options.helperProgram = QStringLiteral(LECTERN_BIN_DIR "/lectern-pdf");
    options.work = false;
    options.settingsFolder = m_scene.file(u"settings"_s);
    options.environment = [](const QString &) { return QString(); };
    m_workspace = must(workspace::Workspace::open(options, clock));
    m_reader = must(m_workspace->database().openReader());
}

void tst_Marks::addRows()
{
    QTest::addColumn<int>("index");
    for (int index = 0; index < m_corpus.rows().size(); ++index) {
        const Corpus::Row &row = m_corpus.rows().at(index);
        if (row.isPdf() && row.phrasePage > 0)
            QTest::newRow(qPrintable(row.path)) << index;
    }
}

Marks tst_Marks::marksOf(const Corpus::Row &row, const QString &typed) const
{
    const auto id = must(store::Library::findByPath(*m_reader, m_corpus.absolute(row)));
    if (!id)
        return {};
    workspace::SearchRequest request;
    request.words = typed;
    request.limit = 1000;
    const auto report = must(m_workspace->search(request, base::CancelToken()));
    const auto page = std::find_if(report.pages.begin(), report.pages.end(), [&](const auto &found) {
        return found.hit.document == *id && found.hit.number == row.phrasePage && found.hit.hasAllWords;
    });
    if (page == report.pages.end())
        return {};
    const domain::PageRecord record = must(store::Library::page(*m_reader, *id, row.phrasePage));
    const presentation::PageTextMap map(record.text);
    Marks marks;
    for (const auto &range :
         presentation::searchMarks(*page, typed, domain::SearchMode::Words).rangesIn(record.text.text))
        marks.rows += map.areas(range.start, range.end);
    for (const domain::WordBox &box : record.text.words)
        marks.boxes.append(QRectF(box.x, box.y, box.width, box.height));
    return marks;
}

void tst_Marks::phrase_data()
{
    addRows();
}

void tst_Marks::phrase()
{
    QFETCH(int, index);
    const Corpus::Row &row = m_corpus.rows().at(index);
    const PopplerSearch poppler(m_corpus.absolute(row), row.password);
    QVERIFY(poppler.isOpen());
    // Nothing but words is marked: not the colon behind them.
    static const QRegularExpression outer(uR"(^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$)"_s);
    const QString phrase = QString(row.phrase).remove(outer);
    const Marks ours = marksOf(row, u'"' + phrase + u'"');
    QVERIFY2(!ours.rows.isEmpty(), "not found, or nothing marked");
    const QVector<QRectF> theirs = poppler.find(row.phrasePage, phrase, false);
    QVERIFY2(allIn(ours.rows, theirs, ours) && allIn(theirs, ours.rows, ours),
             qPrintable(u"Lectern %1, Poppler %2"_s.arg(told(ours.rows), told(theirs))));
}

void tst_Marks::words_data()
{
    addRows();
}

void tst_Marks::words()
{
    QFETCH(int, index);
    const Corpus::Row &row = m_corpus.rows().at(index);
    const PopplerSearch poppler(m_corpus.absolute(row), row.password);
    QVERIFY(poppler.isOpen());
    static const QRegularExpression between(uR"([^\p{L}\p{M}]+)"_s);
    QStringList words = row.phrase.split(between, Qt::SkipEmptyParts);
    words.removeDuplicates();
    QStringList different;
    for (const QString &word : std::as_const(words)) {
        if (word.size() < 2)
            continue; // letters and digits of formulas are words here and parts of words there
        const Marks ours = marksOf(row, u'"' + word + u'"');
        const QVector<QRectF> anywhere = poppler.find(row.phrasePage, word, false);
        // A word with a full stop behind it is no whole word to Poppler, so that it finds too few of these.
        const QVector<QRectF> whole = poppler.find(row.phrasePage, word, true);
        if (ours.rows.isEmpty() || !allIn(ours.rows, anywhere, ours) || !allIn(whole, ours.rows, ours))
            different.append(u"%1: Lectern %2, Poppler %3, whole words %4"_s.arg(
                word, told(ours.rows), told(anywhere), told(whole)));
    }
    QVERIFY2(different.isEmpty(), qPrintable(different.join(u'\n')));
}

QTEST_GUILESS_MAIN(tst_Marks)
#include "tst_Marks.moc"
