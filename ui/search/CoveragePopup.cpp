// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/search/CoveragePopup.h"

#include "presentation/CoverageText.h"
#include "presentation/Format.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"
#include "ui/widgets/SectionLabel.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace lectern::ui {

namespace {

constexpr int kWidth = 460;
constexpr int kMostRows = 8;
constexpr int kSide = 8;
enum GapRole { IdRole = Qt::UserRole, ReasonRole, GlyphRole };

Glyph glyphOf(store::SearchCoverage::Gap gap)
{
    using Gap = store::SearchCoverage::Gap;
    switch (gap) {
    case Gap::Reading:
    case Gap::Embedding:
        return Glyph::Waiting;
    case Gap::Paused:
        return Glyph::Pause;
    case Gap::Password:
        return Glyph::Lock;
    case Gap::Failed:
    case Gap::EmbeddingFailed:
    case Gap::PagesMissing:
        return Glyph::Warning;
    case Gap::Cancelled:
    case Gap::EmbeddingCancelled:
        return Glyph::Stop;
    case Gap::NoText:
    case Gap::NoEmbedding:
    case Gap::OtherLanguage:
    case Gap::None:
        break;
    }
    return Glyph::Info;
}

/// The document's name above the reason.
class GapDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
        style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, option.widget);
        const Theme &theme = Theme::of(option.palette);
        QRect rect = option.rect.adjusted(kSide, metrics::kInner, -kSide, -metrics::kInner);
        const QRect icon = QStyle::alignedRect(option.direction, Qt::AlignLeft | Qt::AlignVCenter,
                                               QSize(metrics::kIcon, metrics::kIcon), rect);
        painter->drawPixmap(icon.topLeft(),
                            IconSet::pixmap(static_cast<Glyph>(index.data(GlyphRole).toInt()), metrics::kIcon,
                                            theme.quiet, painter->device()->devicePixelRatioF()));
        const int taken = metrics::kIcon + metrics::kGap;
        const bool mirrored = option.direction == Qt::RightToLeft;
        rect.adjust(mirrored ? 0 : taken, 0, mirrored ? -taken : 0, 0);
        const auto lead =
            static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft)) | Qt::TextSingleLine;
        painter->setFont(option.font);
        painter->setPen(theme.text);
        painter->drawText(
            rect, lead | Qt::AlignTop,
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, rect.width()));
        painter->setFont(metrics::secondaryFont(option.font));
        painter->setPen(theme.quiet);
        painter->drawText(rect, lead | Qt::AlignBottom,
                          painter->fontMetrics().elidedText(index.data(ReasonRole).toString(), Qt::ElideRight,
                                                            rect.width()));
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        const int lines = option.fontMetrics.lineSpacing() +
                          QFontMetrics(metrics::secondaryFont(option.font)).lineSpacing();
        return {0, lines + 2 * metrics::kInner};
    }
};

} // namespace

CoveragePopup::CoveragePopup(QWidget *parent)
    : QFrame(parent, Qt::Popup), m_title(new SectionLabel({}, SectionLabel::Level::Heading, this)),
      m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("coveragePopup"));
    setAccessibleName(tr("Documents that are not in the index"));
    setFrameShape(NoFrame);
    m_title->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("coverageList"));
    m_list->setAccessibleName(tr("Documents and reasons"));
    m_list->setFrameShape(NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setItemDelegate(new GapDelegate(m_list));
    m_list->installEventFilter(this);
    auto *jobs = new QPushButton(tr("Show jobs"), this);
    jobs->setObjectName(QStringLiteral("coverageJobsButton"));
    auto *hint = new SectionLabel(tr("A click shows the document."), SectionLabel::Level::Secondary, this);
    auto *foot = new QHBoxLayout;
    foot->addWidget(hint, 1);
    foot->addWidget(jobs);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kPaneMargin, metrics::kPaneMargin, metrics::kPaneMargin,
                               metrics::kPaneMargin);
    layout->setSpacing(metrics::kGap);
    layout->addWidget(m_title);
    layout->addWidget(m_list, 1);
    layout->addLayout(foot);
    connect(m_list, &QListWidget::itemClicked, this, &CoveragePopup::choose);
    connect(jobs, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT jobsRequested();
    });
}

void CoveragePopup::setMissing(const QVector<store::SearchCoverage::Missing> &missing)
{
    const auto count = static_cast<int>(missing.size());
    m_title->setText(
        count == 0 ? tr("Everything is in the index now.")
                   : tr("%1 can't be found, or not all of them").arg(presentation::Format::documents(count)));
    m_list->clear();
    for (const store::SearchCoverage::Missing &one : missing) {
        const QString reason = presentation::CoverageText::reason(one);
        auto *item = new QListWidgetItem(one.name, m_list);
        item->setData(IdRole, one.id.value);
        item->setData(ReasonRole, reason);
        item->setData(GlyphRole, static_cast<int>(glyphOf(one.gap)));
        item->setData(Qt::AccessibleTextRole, tr("%1: %2", "document, reason").arg(one.name, reason));
    }
    m_list->setCurrentRow(0);
    m_list->setVisible(count > 0);
    m_list->setFixedHeight(std::clamp(count, 1, kMostRows) * m_list->sizeHintForRow(0) + 2);
}

void CoveragePopup::openAt(const QWidget &anchor)
{
    resize(metrics::scaled(kWidth, fontMetrics()), 10);
    adjustSize();
    resize(metrics::scaled(kWidth, fontMetrics()), height());
    const QRect screen = anchor.screen()->availableGeometry();
    const QRect place(anchor.mapToGlobal(QPoint(0, 0)), anchor.size());
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const int left = mirrored ? place.left() : place.right() + 1 - width();
    const bool below = place.bottom() + metrics::kInner + height() <= screen.bottom();
    move(qBound(screen.left(), left, qMax(screen.left(), screen.right() + 1 - width())),
         below ? place.bottom() + metrics::kInner : place.top() - metrics::kInner - height());
    show();
    m_list->setFocus(Qt::PopupFocusReason);
}

void CoveragePopup::choose()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const domain::DocumentId document{item->data(IdRole).toLongLong()};
    hide();
    Q_EMIT documentChosen(document);
}

bool CoveragePopup::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            choose();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void CoveragePopup::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    painter.fillRect(rect(), theme.surface);
    paint::roundedRect(painter, rect(), 0, theme.surface, theme.border);
}

} // namespace lectern::ui
