// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/StatusLine.h"

#include "presentation/StateText.h"
#include "ui/costs/CostToday.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/TwoFillProgressBar.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace lectern::ui {

using presentation::StateText;

namespace {

constexpr int kSaidMs = 6'000;
constexpr int kBarWidth = 180;
constexpr int kNarrow = 900;

} // namespace

StatusLine::StatusLine(const base::Clock &clock, QWidget *parent)
    : QWidget(parent), m_clock(clock), m_counts(new QPushButton(this)),
      m_current(new ElidedLabel(QString(), this)), m_bar(new TwoFillProgressBar(this)),
      m_costToday(new CostToday(this)), m_progress(new ElidedLabel(QString(), this))
{
    setObjectName(QStringLiteral("statusLine"));
    m_counts->setObjectName(QStringLiteral("statusCounts"));
    m_counts->setToolTip(tr("Show the jobs"));
    setButtonKind(*m_counts, ButtonKind::Flat);
    m_counts->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setMinimumHeight(metrics::controlHeight(fontMetrics()) + 6);
    m_current->setObjectName(QStringLiteral("statusCurrent"));
    m_current->setElideMode(Qt::ElideMiddle);
    m_current->setTone(Tone::Quiet);
    m_bar->setObjectName(QStringLiteral("overallProgress"));
    m_bar->setAccessibleName(tr("Progress of the library"));
    m_bar->setFixedWidth(kBarWidth);
    m_progress->setObjectName(QStringLiteral("statusProgress"));
    m_progress->setTone(Tone::Quiet);
    m_progress->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::kGap, 3, metrics::kPaneMargin, 3);
    layout->setSpacing(metrics::kPaneMargin);
    layout->addWidget(m_counts);
    layout->addWidget(m_current, 3);
    layout->addWidget(m_progress, 2);
    layout->addWidget(m_bar);
    layout->addWidget(m_costToday);
    m_saidTimer.setSingleShot(true);
    m_saidTimer.setInterval(kSaidMs);
    connect(&m_saidTimer, &QTimer::timeout, this, [this] {
        m_said.clear();
        updateCurrent();
    });
    connect(m_counts, &QPushButton::clicked, this, &StatusLine::jobsRequested);
    connect(m_bar, &TwoFillProgressBar::clicked, this, &StatusLine::jobsRequested);
    setSnapshot({});
}

void StatusLine::setSnapshot(const presentation::LibrarySnapshot &snapshot)
{
    if (snapshot.paused || !snapshot.hasWork())
        m_pace.interrupt();
    m_pace.note(m_clock.monotonicMs(), presentation::TimeLeft::stepsLeft(snapshot.totals));
    m_counts->setText(StateText::statusCounts(snapshot));
    m_counts->setVisible(!m_counts->text().isEmpty());
    m_progress->setText(StateText::statusProgress(snapshot, m_pace.remainingMs()));
    m_work = StateText::currentWork(snapshot);
    TwoFillProgressPainter::State state;
    state.stored = snapshot.totals.pagesDone + snapshot.totals.pagesFailed;
    state.ahead = snapshot.totals.pagesExtracted;
    state.total = snapshot.totals.pages;
    state.active = !snapshot.paused;
    m_bar->setState(state);
    m_bar->setVisible(snapshot.hasWork());
    m_bar->setToolTip(m_progress->text());
    updateCurrent();
}

void StatusLine::say(const QString &text)
{
    m_said = text;
    m_saidTimer.start();
    updateCurrent();
}

void StatusLine::updateCurrent()
{
    m_current->setText(m_said.isEmpty() ? m_work : m_said);
}

QString StatusLine::countsText() const
{
    return m_counts->text();
}

QString StatusLine::progressText() const
{
    return m_progress->text();
}

void StatusLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    painter.fillRect(rect(), theme.window);
    paint::hairline(painter, QRect(0, 0, width(), 1), theme.border);
}

void StatusLine::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_bar->setFixedWidth(width() < kNarrow ? kBarWidth / 2 : kBarWidth);
}

} // namespace lectern::ui
