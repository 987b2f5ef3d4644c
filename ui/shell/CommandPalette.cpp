// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/CommandPalette.h"

#include "presentation/LibraryFeed.h"
#include "ui/rows/RowLook.h"
#include "ui/shell/PaletteModel.h"
#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"
#include "ui/widgets/FilterField.h"

#include <QApplication>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace lectern::ui {

namespace {

constexpr int kWidth = 620;
constexpr int kHeight = 420;
constexpr int kDocuments = 8;

/// Icon, words, and at the end the keys or the reason why not.
class PaletteDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        item.state |= QStyle::State_Active; // the keyboard is in the field, but its arrows move here
        const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
        style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, option.widget);
        const Theme &theme = Theme::of(option.palette);
        const QString reason = index.data(PaletteModel::ReasonRole).toString();
        QRect rect = option.rect.adjusted(14, 0, -14, 0);
        const auto place = [&option, &rect](const QRect &logical) {
            return QStyle::visualRect(option.direction, rect, logical);
        };
        if (const auto glyph = glyphNamed(index.data(PaletteModel::IconRole).toString())) {
            const QRect icon(rect.left(), rect.center().y() - metrics::kIcon / 2 + 1, metrics::kIcon,
                             metrics::kIcon);
            painter->drawPixmap(place(icon).topLeft(),
                                IconSet::pixmap(*glyph, metrics::kIcon,
                                                reason.isEmpty() ? theme.quiet : theme.disabled,
                                                painter->device()->devicePixelRatioF()));
        }
        const int indent = metrics::kIcon + metrics::kGap + 2;
        const QString end = reason.isEmpty() ? index.data(PaletteModel::KeysRole).toString() : reason;
        const QFontMetrics &words = option.fontMetrics;
        const int endWidth = qMin(words.horizontalAdvance(end) + 1, rect.width() / 2);
        const QRect textRect(rect.left() + indent, rect.top(),
                             rect.width() - indent - endWidth - metrics::kGap, rect.height());
        const QRect endRect(rect.right() + 1 - endWidth, rect.top(), endWidth, rect.height());
        const int start =
            static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter));
        const int far =
            static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignRight | Qt::AlignVCenter));
        painter->setFont(option.font);
        painter->setPen(reason.isEmpty() ? theme.text : theme.quiet);
        painter->drawText(place(textRect), start | Qt::TextSingleLine,
                          words.elidedText(index.data().toString(), Qt::ElideMiddle, textRect.width()));
        painter->setPen(theme.quiet);
        painter->drawText(place(endRect), far | Qt::TextSingleLine,
                          words.elidedText(end, Qt::ElideRight, endWidth));
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {200, metrics::rowHeight(option.fontMetrics, 32)};
    }
};

} // namespace

CommandPalette::CommandPalette(const presentation::CommandTable &table, presentation::LibraryFeed &feed,
                               QWidget &window)
    : QFrame(&window), m_feed(feed), m_model(new PaletteModel(table, this)),
      m_field(new FilterField(tr("Type a command or the name of a document"), this)),
      m_list(new QListView(this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setAccessibleName(tr("Command palette"));
    m_field->setObjectName(QStringLiteral("paletteField"));
    m_field->setAccessibleName(tr("Command or document"));
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_list->setAccessibleName(tr("Commands and documents"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->viewport()->setAutoFillBackground(false); // upon the ground of the palette
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kGap, metrics::kGap, metrics::kGap, metrics::kGap);
    layout->setSpacing(metrics::kGap);
    layout->addWidget(m_field);
    layout->addWidget(m_list, 1);
    m_field->installEventFilter(this);
    window.installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { choose(index.row()); });
    hide();
}

void CommandPalette::open(const presentation::CommandState &state, const QString &typed)
{
    if (isVisible()) {
        close();
        return;
    }
    m_before = window()->focusWidget();
    m_model->setState(state);
    m_field->clear();
    search(QString());
    place();
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
    m_field->setText(typed);
}

void CommandPalette::close()
{
    if (!isVisible())
        return;
    hide();
    if (m_before)
        m_before->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::place()
{
    const QRect window = parentWidget()->rect();
    const int width = qMin(kWidth, window.width() - 2 * metrics::kDialogMargin);
    const int top = qMin(72, window.height() / 8);
    setGeometry((window.width() - width) / 2, top, width,
                qMin(kHeight, window.height() - top - metrics::kDialogMargin));
}

void CommandPalette::search(const QString &typed)
{
    const bool commandsOnly = typed.startsWith(QLatin1Char('>'));
    m_words = (commandsOnly ? typed.mid(1) : typed).trimmed();
    m_moved = false;
    m_model->setWords(m_words);
    if (m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(0));
    if (!commandsOnly && !m_words.isEmpty())
        findDocuments(m_words);
}

void CommandPalette::findDocuments(const QString &words)
{
    store::Library::DocumentQuery query;
    query.filter = words;
    query.sort = store::Library::SortKey::Name;
    m_feed.find(query, this, [this, words](base::Result<presentation::FoundDocuments> found) {
        if (!found || words != m_words || !isVisible())
            return;
        QVector<domain::DocumentId> ids = found->ids;
        if (ids.size() > kDocuments)
            ids.resize(kDocuments);
        m_feed.documents(ids, this, [this, words](base::Result<QVector<domain::Document>> documents) {
            if (!documents || words != m_words)
                return;
            m_model->setDocuments(*documents);
            if (m_list->currentIndex().row() != 0 && !m_moved && m_model->rowCount() > 0)
                m_list->setCurrentIndex(m_model->index(0));
        });
    });
}

void CommandPalette::choose(int row)
{
    const QModelIndex index = m_model->index(row);
    if (!index.isValid() || !index.data(PaletteModel::ReasonRole).toString().isEmpty())
        return;
    const QString command = index.data(PaletteModel::CommandRole).toString();
    const qint64 document = index.data(PaletteModel::DocumentRole).toLongLong();
    close();
    if (!command.isEmpty()) {
        m_model->noteUse(command);
        Q_EMIT commandChosen(command);
    } else if (document > 0) {
        Q_EMIT documentChosen(document);
    }
}

void CommandPalette::move(int step)
{
    const int rows = m_model->rowCount();
    if (rows == 0)
        return;
    m_moved = true;
    const int row = qBound(0, m_list->currentIndex().row() + step, rows - 1);
    m_list->setCurrentIndex(m_model->index(row));
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parent() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched != m_field)
        return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut && isVisible() &&
        static_cast<QFocusEvent *>(event)->reason() != Qt::ActiveWindowFocusReason &&
        static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason)
        hide();
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_list->currentIndex().row());
        return true;
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_PageDown:
        move(10);
        return true;
    case Qt::Key_PageUp:
        move(-10);
        return true;
    default:
        return QFrame::eventFilter(watched, event);
    }
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = Theme::of(palette());
    paint::roundedRect(painter, QRectF(rect()), metrics::kCardRadius, theme.raised, theme.fieldBorder);
}

} // namespace lectern::ui
