// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reader/PageCard.h"

#include "base/Error.h"
#include "presentation/ErrorText.h"
#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/SectionLabel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace lectern::ui {

namespace {

constexpr int kLeastWidth = 200;
constexpr int kMostWidth = 380;
constexpr int kIconSize = 20;

} // namespace

PageCard::PageCard(QWidget *parent)
    : QWidget(parent), m_card(new Card(this)),
      m_title(new SectionLabel(QString(), SectionLabel::Level::Heading, m_card)),
      m_text(new SectionLabel(QString(), SectionLabel::Level::Body, m_card)),
      m_retry(new QPushButton(IconSet::icon(Glyph::Retry), tr("Retry"), m_card))
{
    setObjectName(QStringLiteral("pageError"));
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    m_text->setTone(Tone::Quiet);
    m_retry->setObjectName(QStringLiteral("retryPage"));
    connect(m_retry, &QPushButton::clicked, this, &PageCard::retryRequested);

    auto *heading = new QHBoxLayout;
    heading->setSpacing(metrics::kGap);
    heading->addWidget(new IconLabel(Glyph::Warning, Tone::Failed, kIconSize, m_card), 0, Qt::AlignTop);
    heading->addWidget(m_title, 1);
    auto *layout = new QVBoxLayout(m_card);
    layout->setContentsMargins(metrics::kDialogMargin, metrics::kDialogMargin, metrics::kDialogMargin,
                               metrics::kDialogMargin);
    layout->setSpacing(metrics::kGap);
    layout->addLayout(heading);
    layout->addWidget(m_text);
    layout->addSpacing(metrics::kInner);
    layout->addWidget(m_retry, 0, Qt::AlignLeading);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_card);
}

void PageCard::setError(const QString &page, const base::Error &error)
{
    const presentation::ErrorWords words = presentation::ErrorText::of(error.code);
    m_title->setText(tr("%1: %2", "page 17: what went wrong").arg(page, words.title));
    m_text->setText(words.happened + QLatin1Char(' ') + words.next);
    setAccessibleName(m_title->text());
    setAccessibleDescription(m_text->text());
    m_retry->setAccessibleName(tr("Retry %1", "page 17").arg(page));
}

void PageCard::placeOn(const QRectF &page, const QRect &view)
{
    const int width = std::min(kMostWidth, static_cast<int>(page.width()) - 2 * metrics::kPaneMargin);
    if (width < kLeastWidth) {
        hide();
        return;
    }
    const int height =
        layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width) : layout()->sizeHint().height();
    // As far up as the page goes, so that it can be read as soon as the page comes into view.
    const double seenTop = std::max(page.top(), static_cast<double>(view.top()));
    const double seenBottom = std::min(page.bottom(), static_cast<double>(view.bottom()));
    double top = (seenTop + seenBottom - height) / 2;
    top = std::min(std::max(top, page.top() + metrics::kPaneMargin),
                   page.bottom() - height - metrics::kPaneMargin);
    setGeometry(static_cast<int>(page.center().x()) - width / 2, static_cast<int>(top), width, height);
    setVisible(height + 2 * metrics::kPaneMargin <= page.height());
}

} // namespace lectern::ui
