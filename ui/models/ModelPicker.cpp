// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/ModelPicker.h"

#include "presentation/ModelFilter.h"
#include "presentation/ModelListModel.h"
#include "presentation/MoneyText.h"
#include "ui/models/ModelView.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"
#include "ui/widgets/FilterField.h"
#include "ui/widgets/Placeholder.h"
#include "ui/widgets/SectionLabel.h"

#include <QAccessible>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::ModelFilter;
using presentation::ModelListModel;
using presentation::MoneyText;

namespace {

constexpr int kPage = 8;

/// Picodollars for a million tokens of input that the price filter offers; 0: free ones only.
constexpr qint64 kPrices[] = {0, domain::Money::kPicoPerDollar / 4, domain::Money::kPicoPerDollar,
                              3 * domain::Money::kPicoPerDollar};

} // namespace

ModelPicker::ModelPicker(QWidget *parent)
    : QFrame(parent, Qt::Popup), m_model(new ModelListModel(this)), m_filter(new ModelFilter(this)),
      m_field(new FilterField(tr("Find a model"), this)), m_vision(new QPushButton(tr("Vision"), this)),
      m_local(new QPushButton(tr("Local"), this)), m_price(new QComboBox(this)), m_view(new ModelView(this)),
      m_stack(new QStackedWidget(this)), m_empty(new Placeholder(this)),
      m_count(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)),
      m_settings(new QPushButton(tr("Models & keys…").replace(QLatin1Char('&'), QLatin1String("&&")), this))
{
    setObjectName(QStringLiteral("modelPickerPopup"));
    setAccessibleName(tr("Models"));
    setAttribute(Qt::WA_TranslucentBackground); // for its rounded corners
    m_filter->setSourceModel(m_model);
    m_view->setObjectName(QStringLiteral("modelList"));
    m_view->setAccessibleName(tr("Models"));
    m_view->setModel(m_filter);
    m_view->setUpColumns();
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->viewport()->setAutoFillBackground(false);
    m_field->setObjectName(QStringLiteral("modelFilter"));
    m_count->setObjectName(QStringLiteral("modelCount"));
    m_settings->setObjectName(QStringLiteral("modelSettingsButton"));
    setButtonKind(*m_settings, ButtonKind::Link);
    setUpFilters();
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    m_empty->setContent(Glyph::Model, tr("No model matches"), {}, tr("Clear the filters"));

    auto *top = new QHBoxLayout;
    top->setSpacing(metrics::kGap);
    top->addWidget(m_field, 1);
    top->addWidget(m_vision);
    top->addWidget(m_local);
    top->addWidget(m_price);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(metrics::kInner, 0, metrics::kInner, 0);
    foot->addWidget(m_count, 1);
    foot->addWidget(m_settings);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kGap, metrics::kGap, metrics::kGap, metrics::kGap);
    layout->setSpacing(metrics::kGap);
    layout->addLayout(top);
    layout->addWidget(m_stack, 1);
    layout->addLayout(foot);
    connectParts();
    updateCount();
}

void ModelPicker::setRole(Role role)
{
    m_vision->setVisible(role == Role::Analysis);
    m_view->setAnswers(role == Role::Analysis);
}

void ModelPicker::setUpFilters()
{
    m_vision->setObjectName(QStringLiteral("visionFilter"));
    m_vision->setToolTip(tr("Only models that see pictures"));
    m_local->setObjectName(QStringLiteral("localFilter"));
    m_local->setToolTip(tr("Only models on your own computer"));
    for (QPushButton *button : {m_vision, m_local}) {
        button->setCheckable(true);
        button->setAutoDefault(false);
    }
    m_price->setObjectName(QStringLiteral("priceFilter"));
    m_price->setAccessibleName(tr("Highest price"));
    m_price->setToolTip(tr("Highest price for a million tokens sent"));
    m_price->addItem(tr("Any price"));
    for (const qint64 price : kPrices) {
        const QString text = price == 0 ? tr("Free") : tr("Up to %1").arg(MoneyText::amount({price}));
        m_price->addItem(text, price / 1'000'000);
    }
}

void ModelPicker::connectParts()
{
    for (QWidget *watched : std::initializer_list<QWidget *>{m_field, m_vision, m_local, m_price, m_settings})
        watched->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &words) {
        m_filter->setWords(words);
        selectFirst();
    });
    connect(m_vision, &QPushButton::toggled, this, [this](bool on) {
        m_filter->setVisionOnly(on);
        selectFirst();
    });
    connect(m_local, &QPushButton::toggled, this, [this](bool on) {
        m_filter->setLocalOnly(on);
        selectFirst();
    });
    connect(m_price, &QComboBox::currentIndexChanged, this, [this] {
        const QVariant price = m_price->currentData();
        m_filter->setHighestPrice(price.isValid() ? std::optional(domain::Money{price.toLongLong()})
                                                  : std::nullopt);
        selectFirst();
    });
    connect(m_view, &ModelView::rowClicked, this, &ModelPicker::choose);
    connect(m_view, &ModelView::starClicked, this, &ModelPicker::toggleFavourite);
    connect(m_view, &ModelView::linkClicked, this, [this](const QModelIndex &index) {
        const QString endpoint = index.data(ModelListModel::EndpointIdRole).toString();
        close();
        Q_EMIT settingsRequested(endpoint);
    });
    connect(m_settings, &QPushButton::clicked, this, [this] {
        close();
        Q_EMIT settingsRequested(QString());
    });
    connect(m_empty, &Placeholder::actionTriggered, this, &ModelPicker::clearFilters);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_filter, signal, this, &ModelPicker::updateCount);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &ModelPicker::selectFirst);
}

void ModelPicker::setChoices(const QVector<presentation::ModelChoice> &choices)
{
    m_model->setChoices(choices);
    updateCount();
}

void ModelPicker::setEndpoints(const QVector<presentation::EndpointView> &endpoints)
{
    m_model->setEndpoints(endpoints);
    updateCount();
}

void ModelPicker::setToday(const QDate &today)
{
    m_model->setToday(today);
}

void ModelPicker::setCurrent(const QString &id)
{
    m_current = id;
    m_model->setCurrent(id);
}

QSize ModelPicker::sizeHint() const
{
    return {metrics::scaled(920, fontMetrics()), metrics::scaled(480, fontMetrics())};
}

void ModelPicker::openAt(const QWidget &anchor)
{
    const QRect screen = anchor.screen()->availableGeometry();
    const QSize size = sizeHint().boundedTo(screen.size() - QSize(16, 16));
    const bool mirrored = anchor.layoutDirection() == Qt::RightToLeft;
    const QPoint below = anchor.mapToGlobal(
        QPoint(mirrored ? anchor.width() - size.width() : 0, anchor.height() + metrics::kInner));
    const int x = qBound(screen.left() + 8, below.x(), screen.right() - 8 - size.width());
    int y = below.y();
    if (y + size.height() > screen.bottom())
        y = std::max(screen.top() + 8, screen.bottom() - 8 - size.height());
    setLayoutDirection(anchor.layoutDirection());
    setGeometry(QRect(QPoint(x, y), size));
    show();
}

void ModelPicker::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    clearFilters();
    m_field->setFocus(Qt::PopupFocusReason);
}

void ModelPicker::clearFilters()
{
    m_field->clear();
    m_vision->setChecked(false);
    m_local->setChecked(false);
    m_price->setCurrentIndex(0);
    selectFirst();
    m_field->setFocus(Qt::OtherFocusReason);
}

int ModelPicker::shownCount() const
{
    return m_filter->modelCount();
}

void ModelPicker::selectFirst()
{
    updateCount();
    // The model in use while nothing is searched for, else the best match that can be chosen.
    int first = -1;
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex index = m_filter->index(row, 0);
        const QString id = index.data(ModelListModel::ModelIdRole).toString();
        if (id.isEmpty() || index.data(ModelListModel::UnfitRole).toBool())
            continue;
        if (first < 0)
            first = row;
        if (id == m_current && !m_filter->isFiltering()) {
            first = row;
            break;
        }
    }
    if (first >= 0)
        m_view->setCurrentRow(first);
    describeCurrent();
}

void ModelPicker::describeCurrent()
{
    // The keyboard stays in the field: what its arrows reach is said as the field's description.
    const QModelIndex name = m_view->currentIndex().siblingAtColumn(0);
    m_field->setAccessibleDescription(name.data(Qt::AccessibleTextRole).toString());
}

void ModelPicker::updateCount()
{
    const int shown = m_filter->modelCount();
    const auto all = static_cast<int>(m_model->choices().size());
    m_count->setText(shown == all ? (all == 1 ? tr("1 model") : tr("%Ln models", nullptr, all))
                                  : tr("%1 of %Ln models", nullptr, all).arg(locale().toString(shown)));
    m_stack->setCurrentIndex(m_filter->rowCount() == 0 ? 1 : 0);
}

void ModelPicker::choose(const QModelIndex &index)
{
    const QString id = index.data(ModelListModel::ModelIdRole).toString();
    if (!index.isValid() || id.isEmpty())
        return;
    if (index.data(ModelListModel::UnfitRole).toBool()) {
        m_count->setText(index.data(ModelListModel::NoteRole).toString());
        QAccessibleEvent alert(m_count, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
        return;
    }
    close();
    Q_EMIT modelChosen(id);
}

void ModelPicker::toggleFavourite(const QModelIndex &index)
{
    const QString id = index.data(ModelListModel::ModelIdRole).toString();
    const bool builtIn =
        index.data(ModelListModel::GroupRole).toInt() == static_cast<int>(ModelListModel::Group::BuiltIn);
    if (!id.isEmpty() && !builtIn)
        Q_EMIT favouriteToggled(id, !index.data(ModelListModel::FavouriteRole).toBool());
}

void ModelPicker::move(int step)
{
    const int rows = m_filter->rowCount();
    if (rows == 0)
        return;
    m_view->setCurrentRow(qBound(0, m_view->currentIndex().row() + step, rows - 1));
    describeCurrent();
    updateCount();
}

bool ModelPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Escape) {
        close();
        return true;
    }
    if (watched != m_field)
        return QFrame::eventFilter(watched, event);
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: {
        const QModelIndex name = m_view->currentIndex().siblingAtColumn(0);
        if (!name.data(presentation::ActionTextRole).toString().isEmpty())
            Q_EMIT m_view->linkClicked(name);
        else
            choose(name);
        return true;
    }
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_PageDown:
        move(kPage);
        return true;
    case Qt::Key_PageUp:
        move(-kPage);
        return true;
    case Qt::Key_D:
        if (key->modifiers() == Qt::ControlModifier) {
            toggleFavourite(m_view->currentIndex().siblingAtColumn(0));
            return true;
        }
        return QFrame::eventFilter(watched, event);
    default:
        return QFrame::eventFilter(watched, event);
    }
}

void ModelPicker::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    paint::roundedRect(painter, QRectF(rect()), metrics::kCardRadius, theme.surface, theme.fieldBorder);
}

} // namespace lectern::ui
