// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reader/AnalysisSide.h"

#include "presentation/Details.h"
#include "presentation/LibraryFeed.h"
#include "presentation/ReaderDocument.h"
#include "ui/page/AnalysisPanel.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/SectionLabel.h"

#include <QVBoxLayout>

namespace lectern::ui {

namespace {

constexpr int kLaterMs = 60;

} // namespace

AnalysisSide::AnalysisSide(presentation::LibraryFeed &feed, const presentation::ReaderDocument &document,
                           QWidget *parent)
    : QWidget(parent), m_feed(feed), m_document(document),
      m_heading(new SectionLabel(QString(), SectionLabel::Level::Heading, this)),
      m_panel(new AnalysisPanel(this))
{
    setObjectName(QStringLiteral("analysisSide"));
    setAccessibleName(tr("Analysis of the page"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_heading->setObjectName(QStringLiteral("analysisHeading"));
    m_heading->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kPaneMargin, metrics::kPaneMargin, metrics::kPaneMargin, 0);
    layout->setSpacing(metrics::kGap);
    layout->addWidget(m_heading);
    layout->addWidget(m_panel, 1);
    m_later.setSingleShot(true);
    m_later.setInterval(kLaterMs);
    connect(&m_later, &QTimer::timeout, this, &AnalysisSide::read);
    // A feed that was started anew answers nothing that was asked before.
    connect(&m_feed, &presentation::LibraryFeed::changed, this,
            [this](const presentation::LibraryDelta &delta) {
                if (delta.everything && m_reading)
                    refresh();
            });
    connect(m_panel, &AnalysisPanel::wordsChosen, this, &AnalysisSide::wordsChosen);
    connect(m_panel, &AnalysisPanel::retryRequested, this, [this] { Q_EMIT retryRequested(m_page); });
}

void AnalysisSide::setPage(int page)
{
    if (page == m_page)
        return;
    m_page = page;
    refresh();
}

void AnalysisSide::refresh()
{
    m_reading = false;
    if (m_page <= 0) {
        m_later.stop();
        m_heading->setText(QString());
        m_panel->setPage({});
        return;
    }
    if (isVisible())
        m_later.start();
}

void AnalysisSide::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void AnalysisSide::read()
{
    m_reading = true;
    const domain::DocumentId id = m_document.id();
    m_feed.page(id, m_page, this, [this, id, page = m_page](const base::Result<domain::PageRecord> &record) {
        if (id != m_document.id() || page != m_page)
            return;
        m_reading = false;
        if (record) {
            showRecord(*record);
        } else { // no row yet: the page waits for its turn
            domain::PageRecord waiting;
            waiting.page.document = id;
            waiting.page.number = page;
            showRecord(waiting);
        }
        if (!isBusy())
            Q_EMIT settled();
    });
}

void AnalysisSide::showRecord(const domain::PageRecord &record)
{
    const presentation::PageDetails details = presentation::Details::ofPage(m_document.document(), record);
    m_heading->setText(tr("Analysis of page %1").arg(m_document.pageText(m_page)));
    m_panel->setPage(details);
}

} // namespace lectern::ui
