// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/EndpointView.h"
#include "presentation/ModelChoice.h"

#include <QDate>
#include <QFrame>
#include <QVector>

class QComboBox;
class QModelIndex;
class QPushButton;
class QStackedWidget;

namespace lectern::presentation {
class ModelFilter;
class ModelListModel;
} // namespace lectern::presentation

namespace lectern::ui {

class FilterField;
class ModelView;
class Placeholder;
class SectionLabel;

/// Where a model is chosen: typing filters, the arrows move, Enter picks, Ctrl+D marks a favourite, Esc
/// closes. Lists that are still loading and endpoints that failed have a row of their own. GUI thread.
/// objectName "modelPickerPopup".
class ModelPicker final : public QFrame {
    Q_OBJECT

public:
    enum class Role { Analysis, Embedding };

    explicit ModelPicker(QWidget *parent = nullptr);
    /// What its models are for: nobody asks whether one that makes vectors sees, or what its answers cost.
    void setRole(Role role);
    void setChoices(const QVector<presentation::ModelChoice> &choices);
    void setEndpoints(const QVector<presentation::EndpointView> &endpoints);
    void setToday(const QDate &today);
    void setCurrent(const QString &id);
    /// Shows it as a pop-up below `anchor`, or where there is room.
    void openAt(const QWidget &anchor);
    /// Models that pass the filters.
    [[nodiscard]] int shownCount() const;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// A model that can do the work was picked; the picker has closed.
    void modelChosen(const QString &id);
    void favouriteToggled(const QString &id, bool favourite);
    /// Open the settings of this endpoint; empty: the page of all.
    void settingsRequested(const QString &endpointId);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void setUpFilters();
    void connectParts();
    void choose(const QModelIndex &index);
    void toggleFavourite(const QModelIndex &index);
    void move(int step);
    void selectFirst();
    void describeCurrent();
    void clearFilters();
    void updateCount();

    presentation::ModelListModel *m_model;
    presentation::ModelFilter *m_filter;
    FilterField *m_field;
    QPushButton *m_vision;
    QPushButton *m_local;
    QComboBox *m_price;
    ModelView *m_view;
    QStackedWidget *m_stack;
    Placeholder *m_empty;
    SectionLabel *m_count;
    QPushButton *m_settings;
    QString m_current;
};

} // namespace lectern::ui
