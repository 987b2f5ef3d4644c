// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/LogPanel.h"

#include "presentation/Format.h"
#include "presentation/LogModel.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/Placeholder.h"
#include "ui/widgets/SectionLabel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::LogModel;

namespace {

/// Gives each line the height that its words need at the width they have; a QTreeView asks for it without a
/// width.
class WrappingDelegate final : public QStyledItemDelegate {
public:
    explicit WrappingDelegate(QTreeView &view) : QStyledItemDelegate(&view), m_view(view) {}

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem wrapped = option;
        wrapped.rect.setWidth(m_view.columnWidth(index.column()));
        wrapped.features |= QStyleOptionViewItem::WrapText;
        return QStyledItemDelegate::sizeHint(wrapped, index);
    }

private:
    QTreeView &m_view;
};

} // namespace

LogPanel::LogPanel(presentation::LibraryFeed &feed, QWidget *parent)
    : QWidget(parent), m_model(new LogModel(feed, this)), m_view(new QTreeView(this)),
      m_stack(new QStackedWidget(this)),
      m_count(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)),
      m_copy(new QPushButton(tr("Copy log"), this))
{
    setObjectName(QStringLiteral("logPanel"));
    m_view->setObjectName(QStringLiteral("logView"));
    m_view->setAccessibleName(tr("Log"));
    m_view->setModel(m_model);
    m_view->setRootIsDecorated(false);
    m_view->setWordWrap(true); // what went wrong must be readable in a narrow pane
    m_view->setItemDelegateForColumn(LogModel::Event, new WrappingDelegate(*m_view));
    connect(m_view->header(), &QHeaderView::sectionResized, this, [this](int column) {
        if (column == LogModel::Event)
            Q_EMIT m_view->itemDelegateForColumn(column)->sizeHintChanged({});
    });
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->header()->setStretchLastSection(true);
    m_view->header()->setResizeContentsPrecision(0);
    m_view->header()->setSectionResizeMode(LogModel::Time, QHeaderView::ResizeToContents);
    m_view->header()->setSectionResizeMode(LogModel::Page, QHeaderView::ResizeToContents);

    auto *empty = new Placeholder(this);
    empty->setContent(Glyph::Jobs, tr("Nothing has happened yet"));
    m_stack->addWidget(empty);
    m_stack->addWidget(m_view);

    m_copy->setIcon(IconSet::icon(Glyph::Copy));
    setButtonKind(*m_copy, ButtonKind::Flat);
    connect(m_copy, &QPushButton::clicked, this, [this] { Q_EMIT copyRequested(m_model->copyText()); });

    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(metrics::kPaneMargin, 0, metrics::kPaneMargin, 0);
    foot->addWidget(m_count, 1);
    foot->addWidget(m_copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, metrics::kGap);
    layout->setSpacing(metrics::kGap);
    layout->addWidget(m_stack, 1);
    layout->addLayout(foot);

    connect(m_model, &QAbstractItemModel::modelReset, this, &LogPanel::updateContent);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &LogPanel::updateContent);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &LogPanel::updateContent);
    updateContent();
}

void LogPanel::setDocument(domain::DocumentId id)
{
    m_model->setDocument(id);
}

void LogPanel::updateContent()
{
    const int events = m_model->rowCount();
    m_stack->setCurrentIndex(events == 0 ? 0 : 1);
    m_count->setText(events == 0   ? QString()
                     : events == 1 ? tr("1 event")
                                   : tr("%1 events, newest first").arg(presentation::Format::count(events)));
    m_copy->setEnabled(events > 0);
}

} // namespace lectern::ui
