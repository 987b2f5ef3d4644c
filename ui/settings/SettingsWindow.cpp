// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/SettingsWindow.h"

#include "ui/settings/AnalysisPage.h"
#include "ui/settings/AppearancePage.h"
#include "ui/settings/BudgetsPage.h"
#include "ui/settings/EndpointForm.h"
#include "ui/settings/EndpointsPage.h"
#include "ui/settings/SearchPage.h"
#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"
#include "ui/widgets/FilterField.h"
#include "ui/widgets/Placeholder.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace lectern::ui {

namespace {

constexpr int kSideWidth = 216;
constexpr int kGlyphRole = Qt::UserRole + 1;

} // namespace

/// Icon and name of a page.
class SettingsWindow::Delegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        item.state |= QStyle::State_Active; // the page it names is shown whoever has the keyboard
        option.widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, option.widget);
        const Theme &theme = Theme::of(option.palette);
        const QRect room = option.rect.adjusted(14, 0, -10, 0);
        const int icon = metrics::scaled(metrics::kIcon, option.fontMetrics);
        const QRect place =
            QStyle::alignedRect(option.direction, Qt::AlignLeft | Qt::AlignVCenter, QSize(icon, icon), room);
        const bool chosen = option.state & QStyle::State_Selected;
        painter->drawPixmap(place.topLeft(),
                            IconSet::pixmap(static_cast<Glyph>(index.data(kGlyphRole).toInt()), icon,
                                            chosen ? theme.accent : theme.quiet,
                                            painter->device()->devicePixelRatioF()));
        const int taken = icon + metrics::kGap;
        const QRect text = QStyle::visualRect(option.direction, room, room.adjusted(taken, 0, 0, 0));
        const auto start =
            static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter));
        painter->setFont(option.font);
        painter->setPen(theme.text);
        painter->drawText(
            text, start | Qt::TextSingleLine,
            option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, text.width()));
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {80, metrics::rowHeight(option.fontMetrics, 34)};
    }
};

SettingsWindow::SettingsWindow(QWidget *parent)
    : QWidget(parent, Qt::Window), m_search(new FilterField(tr("Search the settings"), this)),
      m_list(new QListWidget(this)), m_stack(new QStackedWidget(this)), m_nothing(new Placeholder(this)),
      m_endpoints(new EndpointsPage(this)), m_budgets(new BudgetsPage(this)),
      m_analysis(new AnalysisPage(this)), m_searchPage(new SearchPage(this)),
      m_appearance(new AppearancePage(this))
{
    setObjectName(QStringLiteral("settingsWindow"));
    setWindowTitle(tr("Settings"));
    m_search->setObjectName(QStringLiteral("settingsSearch"));
    m_list->setObjectName(QStringLiteral("settingsPages"));
    m_list->setAccessibleName(tr("Pages of the settings"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setItemDelegate(new Delegate(m_list));
    m_list->viewport()->setAutoFillBackground(false);
    addPage(*m_endpoints, static_cast<int>(Glyph::Key));
    addPage(*m_budgets, static_cast<int>(Glyph::Costs));
    addPage(*m_analysis, static_cast<int>(Glyph::Analyzing));
    addPage(*m_searchPage, static_cast<int>(Glyph::Search));
    addPage(*m_appearance, static_cast<int>(Glyph::Sun));
    m_stack->addWidget(m_nothing);
    m_nothing->setContent(Glyph::Search, tr("No setting matches"), {}, tr("Show all settings"));

    auto *side = new QVBoxLayout;
    side->setContentsMargins(metrics::kPaneMargin, metrics::kPaneMargin, metrics::kGap, metrics::kPaneMargin);
    side->setSpacing(metrics::kGap);
    side->addWidget(m_search);
    side->addWidget(m_list, 1);
    m_search->setFixedWidth(metrics::scaled(kSideWidth, fontMetrics()));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(side);
    layout->addWidget(m_stack, 1);
    m_stack->setContentsMargins(1, 0, 0, 0);
    resize(metrics::scaled(940, fontMetrics()), metrics::scaled(680, fontMetrics()));
    connect(m_search, &QLineEdit::textChanged, this, &SettingsWindow::search);
    connect(m_search, &FilterField::leaveDownwards, this, [this] { m_list->setFocus(Qt::TabFocusReason); });
    connect(m_list, &QListWidget::currentRowChanged, this, &SettingsWindow::showRow);
    connect(m_nothing, &Placeholder::actionTriggered, m_search, &QLineEdit::clear);
    connectPages();
    m_list->setCurrentRow(0);
}

void SettingsWindow::addPage(SettingsPage &page, int glyph)
{
    auto *item = new QListWidgetItem(page.title(), m_list);
    item->setData(kGlyphRole, glyph);
    m_pages.append(&page);
    m_stack->addWidget(&page);
}

void SettingsWindow::connectPages()
{
    EndpointForm &form = m_endpoints->form();
    connect(m_endpoints, &EndpointsPage::endpointAdded, this, &SettingsWindow::endpointAdded);
    connect(&form, &EndpointForm::edited, this, &SettingsWindow::endpointEdited);
    connect(&form, &EndpointForm::removeRequested, this, &SettingsWindow::endpointRemoved);
    connect(&form, &EndpointForm::testRequested, this, &SettingsWindow::testRequested);
    connect(&form, &EndpointForm::keyEntered, this, &SettingsWindow::keyEntered);
    connect(&form, &EndpointForm::keyForgotten, this, &SettingsWindow::keyForgotten);
    connect(m_budgets, &BudgetsPage::budgetsChanged, this, &SettingsWindow::budgetsChanged);
    connect(m_analysis, &AnalysisPage::analysisChanged, this, &SettingsWindow::analysisChanged);
    connect(m_analysis, &AnalysisPage::modelRequested, this,
            [this] { Q_EMIT defaultModelRequested(&m_analysis->modelButton()); });
    connect(m_appearance, &AppearancePage::themeChosen, this, &SettingsWindow::themeChosen);
    connect(m_appearance, &AppearancePage::reduceMotionChosen, this, &SettingsWindow::reduceMotionChosen);
}

void SettingsWindow::showPage(Page page)
{
    m_search->clear();
    m_list->setCurrentRow(static_cast<int>(page));
}

void SettingsWindow::showEndpoint(const QString &endpointId)
{
    showPage(Page::Endpoints);
    m_endpoints->select(endpointId);
    m_endpoints->form().focusKey();
}

SettingsWindow::Page SettingsWindow::currentPage() const
{
    return static_cast<Page>(std::max(0, m_list->currentRow()));
}

void SettingsWindow::showRow(int row)
{
    if (row < 0 || row >= m_pages.size())
        return;
    m_stack->setCurrentWidget(m_pages.at(row));
    m_pages.at(row)->reveal(m_search->text());
}

void SettingsWindow::search(const QString &words)
{
    int first = -1;
    for (int row = 0; row < m_pages.size(); ++row) {
        const bool matches = m_pages.at(row)->matches(words);
        m_list->item(row)->setHidden(!matches);
        if (matches && first < 0)
            first = row;
    }
    if (first < 0) {
        m_stack->setCurrentWidget(m_nothing);
        return;
    }
    // The page that is shown stays while something on it matches.
    const int current = m_list->currentRow();
    const bool keep = current >= 0 && !m_list->item(current)->isHidden();
    m_list->setCurrentRow(keep ? current : first);
    showRow(m_list->currentRow());
}

void SettingsWindow::setEndpoints(const QVector<presentation::EndpointView> &endpoints)
{
    m_endpoints->setEndpoints(endpoints);
}

void SettingsWindow::setFoundServers(const QVector<presentation::FoundServer> &servers)
{
    m_endpoints->setFound(servers);
}

void SettingsWindow::setTest(const QString &endpointId, const presentation::EndpointTest &test)
{
    m_endpoints->setTest(endpointId, test);
}

void SettingsWindow::setSystemStoreAvailable(bool available)
{
    m_endpoints->setSystemStoreAvailable(available);
}

void SettingsWindow::setBudgets(const presentation::Budgets &budgets)
{
    m_budgets->setBudgets(budgets);
}

void SettingsWindow::setAnalysis(const presentation::AnalysisSettings &settings, const QString &modelName,
                                 const QString &defaultPrompt)
{
    m_analysis->setAnalysis(settings, modelName, defaultPrompt);
}

void SettingsWindow::setAppearance(presentation::Settings::Theme theme, bool reduceMotion)
{
    m_appearance->setAppearance(theme, reduceMotion);
}

void SettingsWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
        return;
    }
    QWidget::keyPressEvent(event);
}

void SettingsWindow::closeEvent(QCloseEvent *event)
{
    m_analysis->flush();
    QWidget::closeEvent(event);
}

void SettingsWindow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    painter.fillRect(rect(), theme.window);
    painter.fillRect(m_stack->geometry(), theme.surface);
    const int edge =
        layoutDirection() == Qt::RightToLeft ? m_stack->geometry().right() : m_stack->geometry().left();
    paint::hairline(painter, QRect(edge, 0, 1, height()), theme.border);
}

} // namespace lectern::ui
