// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/EndpointsPage.h"

#include "presentation/MessageText.h"
#include "presentation/Roles.h"
#include "ui/forms/NoteBox.h"
#include "ui/rows/RowLook.h"
#include "ui/settings/EndpointForm.h"
#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"
#include "ui/widgets/Placeholder.h"
#include "ui/widgets/SectionLabel.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSet>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace lectern::ui {

using domain::EndpointKind;
using presentation::EndpointView;
using presentation::FoundServer;
using presentation::MessageText;

namespace {

enum EndpointRole { IdRole = Qt::UserRole + 1, StateRole, IconRole, StateToneRole, AddressRole };

constexpr int kPadding = 12;
constexpr int kRowsShown = 5;

} // namespace

/// Two lines: name and state, and quietly the address.
class EndpointsPage::Delegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        option.widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, option.widget);
        const Theme &theme = Theme::of(option.palette);
        const QFont small = metrics::secondaryFont(option.font);
        const int first = option.fontMetrics.height();
        const int second = QFontMetrics(small).height();
        const QRect room = option.rect.adjusted(kPadding, 0, -kPadding, 0);
        const int top = room.top() + (room.height() - first - second - 2) / 2;
        const auto mirrored = [&](const QRect &rect) {
            return QStyle::visualRect(option.direction, room, rect);
        };
        const auto start =
            static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter));
        const auto end =
            static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignRight | Qt::AlignVCenter));
        const int icon = metrics::scaled(metrics::kIcon, option.fontMetrics);
        const QString state = index.data(StateRole).toString();
        const int stateWidth =
            std::min(option.fontMetrics.horizontalAdvance(state) + 2, room.width() * 3 / 5);
        const QRect stateRect(room.right() + 1 - stateWidth, top, stateWidth, first);
        const QRect iconRect(stateRect.left() - icon - 6, top + (first - icon) / 2, icon, icon);
        const Tone tone = toneOfRole(index.data(StateToneRole));
        if (const auto glyph = glyphNamed(index.data(IconRole).toString()))
            painter->drawPixmap(
                mirrored(iconRect).topLeft(),
                IconSet::pixmap(*glyph, icon, theme.tone(tone), painter->device()->devicePixelRatioF()));
        painter->setFont(option.font);
        painter->setPen(theme.text);
        const QRect nameRect(room.left(), top, iconRect.left() - metrics::kGap - room.left(), first);
        painter->drawText(
            mirrored(nameRect), start | Qt::TextSingleLine,
            option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, nameRect.width()));
        painter->drawText(mirrored(stateRect), end | Qt::TextSingleLine,
                          option.fontMetrics.elidedText(state, Qt::ElideRight, stateRect.width()));
        painter->setFont(small);
        painter->setPen(theme.quiet);
        const QRect addressRect(room.left(), top + first + 2, room.width(), second);
        painter->drawText(mirrored(addressRect), start | Qt::TextSingleLine,
                          QFontMetrics(small).elidedText(index.data(AddressRole).toString(), Qt::ElideMiddle,
                                                         addressRect.width()));
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {120, option.fontMetrics.height() +
                         QFontMetrics(metrics::secondaryFont(option.font)).height() + 16};
    }
};

EndpointsPage::EndpointsPage(QWidget *parent)
    : SettingsPage(
          tr("Models & keys"),
          tr("Where Lectern finds models. Several at a time work side by side, each at its own pace."),
          parent),
      m_found(new QWidget(content())), m_list(new QListWidget(content())),
      m_add(new QPushButton(tr("Add an endpoint"), content())), m_empty(new Placeholder(content())),
      m_formBox(new QWidget(content())), m_form(new EndpointForm(m_formBox))
{
    setObjectName(QStringLiteral("endpointsPage"));
    m_list->setObjectName(QStringLiteral("endpointList"));
    m_list->setAccessibleName(tr("Endpoints"));
    m_list->setItemDelegate(new Delegate(m_list));
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_add->setObjectName(QStringLiteral("addEndpointButton"));
    m_add->setAutoDefault(false);
    m_empty->setContent(Glyph::Model, tr("No endpoint yet"),
                        tr("Without one, the built-in analyser reads your pages: free, and nothing leaves "
                           "this computer."));
    new QVBoxLayout(m_found);
    m_found->layout()->setContentsMargins(0, 0, 0, 0);
    m_found->setObjectName(QStringLiteral("foundServers"));
    m_found->hide();
    buildAdd();

    auto *addRow = new QHBoxLayout;
    addRow->addWidget(m_add);
    addRow->addStretch(1);
    auto *formLayout = new QVBoxLayout(m_formBox);
    formLayout->setContentsMargins(0, metrics::kGap, 0, 0);
    formLayout->addWidget(m_form);
    body().addWidget(m_found);
    body().addWidget(m_empty);
    body().addWidget(m_list);
    body().addLayout(addRow);
    body().addWidget(m_formBox);
    body().addStretch(1);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        m_current = item ? item->data(IdRole).toString() : QString();
        showCurrent();
    });
    setEndpoints({});
}

void EndpointsPage::buildAdd()
{
    auto *menu = new QMenu(m_add);
    for (const EndpointKind kind : {EndpointKind::OpenAi, EndpointKind::OpenRouter, EndpointKind::Ollama,
                                    EndpointKind::LmStudio, EndpointKind::LlamaCpp, EndpointKind::Other}) {
        QAction *action = menu->addAction(MessageText::kindName(kind));
        action->setObjectName(QStringLiteral("add.") + domain::endpointKindName(kind));
        connect(action, &QAction::triggered, this,
                [this, kind] { add(kind, MessageText::usualAddress(kind), domain::usualConcurrency(kind)); });
    }
    m_add->setMenu(menu);
}

QString EndpointsPage::freshId(EndpointKind kind) const
{
    QSet<QString> taken;
    for (const EndpointView &view : m_endpoints)
        taken.insert(view.endpoint.id);
    const QString base = domain::endpointKindName(kind);
    QString id = base;
    for (int number = 2; taken.contains(id); ++number)
        id = base + QLatin1Char('-') + QString::number(number);
    return id;
}

QString EndpointsPage::freshName(EndpointKind kind) const
{
    QSet<QString> taken;
    for (const EndpointView &view : m_endpoints)
        taken.insert(view.endpoint.name);
    QString name = MessageText::kindName(kind);
    for (int number = 2; taken.contains(name); ++number)
        name = tr("%1 %2", "name, number").arg(MessageText::kindName(kind), locale().toString(number));
    return name;
}

void EndpointsPage::add(EndpointKind kind, const QString &address, int concurrency)
{
    domain::Endpoint endpoint;
    endpoint.id = freshId(kind);
    endpoint.name = freshName(kind);
    endpoint.kind = kind;
    endpoint.address = address;
    endpoint.concurrency = concurrency;
    m_current = endpoint.id; // chosen as soon as it is in the list
    Q_EMIT endpointAdded(endpoint);
}

void EndpointsPage::setEndpoints(const QVector<EndpointView> &endpoints)
{
    m_endpoints = endpoints;
    fillList();
    m_empty->setVisible(endpoints.isEmpty());
    m_list->setVisible(!endpoints.isEmpty());
    showCurrent();
}

void EndpointsPage::fillList()
{
    const QSignalBlocker quiet(m_list);
    while (m_list->count() > m_endpoints.size())
        delete m_list->takeItem(m_list->count() - 1);
    while (m_list->count() < m_endpoints.size())
        new QListWidgetItem(m_list);
    int current = m_endpoints.isEmpty() ? -1 : 0;
    for (int row = 0; row < m_endpoints.size(); ++row) {
        const EndpointView &view = m_endpoints.at(row);
        const presentation::Message state = MessageText::state(view);
        QListWidgetItem *item = m_list->item(row);
        item->setText(view.endpoint.name);
        item->setData(IdRole, view.endpoint.id);
        item->setData(StateRole, state.text);
        item->setData(IconRole, state.iconName);
        item->setData(StateToneRole, static_cast<int>(state.tone));
        item->setData(AddressRole, view.endpoint.address);
        item->setData(Qt::AccessibleTextRole,
                      tr("%1, %2", "endpoint, state").arg(view.endpoint.name, state.paragraph()));
        item->setToolTip(state.next.toHtmlEscaped());
        if (view.endpoint.id == m_current)
            current = row;
    }
    m_list->setCurrentRow(current);
    m_current = current < 0 ? QString() : m_endpoints.at(current).endpoint.id;
    const int rows = std::min<int>(kRowsShown, static_cast<int>(m_endpoints.size()));
    m_list->setFixedHeight(rows * std::max(40, m_list->sizeHintForRow(0)) + 10);
}

void EndpointsPage::showCurrent()
{
    m_formBox->setVisible(!m_current.isEmpty());
    for (const EndpointView &view : std::as_const(m_endpoints)) {
        if (view.endpoint.id == m_current)
            m_form->setEndpoint(view);
    }
}

void EndpointsPage::setFound(const QVector<FoundServer> &servers)
{
    while (QLayoutItem *item = m_found->layout()->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const FoundServer &server : servers) {
        auto *note = new NoteBox(m_found);
        auto *button = new QPushButton(tr("Add %1").arg(MessageText::kindName(server.kind)), note);
        button->setObjectName(QStringLiteral("addFound.") + domain::endpointKindName(server.kind));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this,
                [this, server] { add(server.kind, server.address, server.concurrency); });
        note->below().addWidget(button, 0, Qt::AlignLeading);
        m_found->layout()->addWidget(note);
        note->setNote(NoteBox::Kind::Info, MessageText::found(server));
    }
    m_found->setVisible(!servers.isEmpty());
}

void EndpointsPage::setTest(const QString &endpointId, const presentation::EndpointTest &test)
{
    if (endpointId == m_current)
        m_form->setTest(test);
}

void EndpointsPage::setSystemStoreAvailable(bool available)
{
    m_form->setSystemStoreAvailable(available);
}

void EndpointsPage::select(const QString &endpointId)
{
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(IdRole).toString() == endpointId)
            m_list->setCurrentRow(row);
    }
}

} // namespace lectern::ui
