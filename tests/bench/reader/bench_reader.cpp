// SPDX-License-Identifier: GPL-3.0-or-later
// bench_reader turn WORKSPACE NAME PAGE…: how soon the first page of a document is painted, then pages that
// are jumped to, and then the one after each, which the reader draws unasked.
// bench_reader scroll WORKSPACE NAME STOPS: memory of this process while the real window scrolls through a
// document.
// The documents are read already. Prints one JSON object; times in milliseconds, memory in MB.
#include "WindowFixture.h"

#include "presentation/CommandId.h"
#include "presentation/DocumentFinder.h"
#include "presentation/PageDrawings.h"
#include "presentation/PageLinks.h"
#include "presentation/PageTexts.h"
#include "presentation/ReaderDocument.h"
#include "ui/reader/PageCanvas.h"
#include "ui/reader/ReaderView.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScrollBar>
#include <QTimer>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace lectern;

namespace {

constexpr int kPatienceMs = 60'000;
constexpr int kStepsBetween = 20; ///< positions that fly past between two stops
constexpr QSize kView(1000, 1000);

void stopUnless(bool fine, const char *what)
{
    if (!fine)
        qFatal("%s", what);
}

/// The reader's pages with all that they need, without the window around them.
class Pages {
public:
    explicit Pages(presentation::WorkspaceClient &client)
        : m_document(client.feed()), m_drawings(client, m_clock, u"bench"_s, ui::ReaderView::kPageBytes,
                                                ui::ReaderView::kThumbnailBytes),
          m_texts(client.feed()), m_finder(client.feed()), m_links(client, u"bench-links"_s),
          m_canvas({m_document, m_drawings, m_texts, m_finder, m_links})
    {
        QObject::connect(&m_drawings, &presentation::PageDrawings::drawn, &m_canvas, [this](int page) {
            m_drawn.insert(page);
            if (page == m_awaited)
                m_loop.quit();
        });
        QObject::connect(&m_drawings, &presentation::PageDrawings::idle, &m_canvas, [this] {
            if (m_awaited == 0)
                m_loop.quit();
        });
        m_canvas.resize(kView);
        m_canvas.setZoom(1);
        m_canvas.show();
    }

    /// Until the first page is painted.
    double open(domain::DocumentId id)
    {
        QElapsedTimer timer;
        timer.start();
        m_drawings.setDocument(id);
        m_texts.setDocument(id);
        m_links.setDocument(id);
        m_document.open(id);
        return untilPainted(1, timer);
    }

    double goTo(int page)
    {
        QElapsedTimer timer;
        timer.start();
        m_canvas.goToPage(page);
        return untilPainted(page, timer);
    }

    /// Until its neighbours are drawn too.
    void rest()
    {
        m_awaited = 0;
        if (!m_drawings.isIdle())
            turn();
    }

    [[nodiscard]] bool isDrawn(int page) const { return m_drawn.contains(page); }
    [[nodiscard]] QSize pixels(int page) const { return m_canvas.viewRect(page).size().toSize(); }
    [[nodiscard]] int count() const { return m_document.pageCount(); }

private:
    double untilPainted(int page, const QElapsedTimer &timer)
    {
        m_awaited = page;
        if (!m_drawn.contains(page))
            turn();
        m_canvas.viewport()->repaint();
        return static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }

    void turn()
    {
        QTimer patience;
        patience.setSingleShot(true);
        QObject::connect(&patience, &QTimer::timeout, &m_loop, [] { qFatal("a page does not come"); });
        patience.start(kPatienceMs);
        m_loop.exec();
    }

    base::SystemClock m_clock;
    presentation::ReaderDocument m_document;
    presentation::PageDrawings m_drawings;
    presentation::PageTexts m_texts;
    presentation::DocumentFinder m_finder;
    presentation::PageLinks m_links;
    ui::PageCanvas m_canvas;
    QEventLoop m_loop;
    QSet<int> m_drawn;
    int m_awaited = 0; ///< 0: that all is drawn
};

QJsonObject turn(test::WindowFixture &fixture, const QString &name, const QStringList &numbers)
{
    Pages pages(fixture.client());
    QJsonObject result{{u"first"_s, pages.open(fixture.document(name).id)}};
    pages.rest();
    QJsonArray jumps;
    QJsonArray next;
    for (const QString &number : numbers) {
        const int page = number.toInt();
        const bool isNew = !pages.isDrawn(page);
        const double jump = pages.goTo(page);
        const QSize size = pages.pixels(page);
        if (isNew)
            jumps.append(QJsonObject{{u"page"_s, page},
                                     {u"ms"_s, jump},
                                     {u"width"_s, size.width()},
                                     {u"height"_s, size.height()}});
        pages.rest();
        if (page < pages.count())
            next.append(pages.goTo(page + 1));
        pages.rest();
    }
    result.insert(u"jumps"_s, jumps);
    result.insert(u"next"_s, next);
    return result;
}

double residentMb()
{
    QFile file(u"/proc/self/statm"_s);
    stopUnless(file.open(QIODevice::ReadOnly), "no statm");
    const qint64 pages = file.readAll().split(' ').value(1).toLongLong();
    return static_cast<double>(pages * sysconf(_SC_PAGESIZE)) / 1e6;
}

QJsonObject scroll(test::WindowFixture &fixture, const QString &name, int stops)
{
    stopUnless(fixture.select(name), "no such document");
    fixture.trigger(presentation::command::kRead);
    auto &view = fixture.find<ui::ReaderView>("readerView");
    const auto isThere = [&] { return view.isReading() && fixture.window().isSettled(); };
    stopUnless(fixture.wait(isThere), "the first page does not come");
    QScrollBar &bar = *view.canvas().verticalScrollBar();
    const double start = residentMb();
    double most = start;
    QElapsedTimer timer;
    timer.start();
    for (int stop = 1; stop <= stops; ++stop) {
        for (int step = 1; step <= kStepsBetween; ++step) {
            const qint64 at = qint64{kStepsBetween} * (stop - 1) + step;
            bar.setValue(static_cast<int>(bar.maximum() * at / (qint64{kStepsBetween} * stops)));
        }
        stopUnless(fixture.wait(isThere), "a page does not come");
        most = std::max(most, residentMb());
    }
    stopUnless(view.currentPage() == view.document().pageCount(), "it did not come to the end");
    return {{u"pages"_s, view.document().pageCount()},
            {u"start_mb"_s, start},
            {u"most_mb"_s, most},
            {u"end_mb"_s, residentMb()},
            {u"seconds"_s, static_cast<double>(timer.elapsed()) / 1000}};
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    stopUnless(arguments.size() > 4,
               "usage: bench_reader turn WORKSPACE NAME PAGE… | scroll WORKSPACE NAME STOPS");
    test::WindowFixture fixture(arguments.at(2), {}, false);
    stopUnless(fixture.open(), "the workspace does not open");
    const QJsonObject result = arguments.at(1) == u"turn"_s
                                   ? turn(fixture, arguments.at(3), arguments.mid(4))
                                   : scroll(fixture, arguments.at(3), arguments.at(4).toInt());
    std::printf("%s\n", QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    stopUnless(fixture.close(), "the workspace does not close");
    return 0;
}
