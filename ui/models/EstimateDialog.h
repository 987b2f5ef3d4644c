// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/EstimateView.h"

#include <QDialog>
#include <QVector>

class QCheckBox;
class QHBoxLayout;
class QPushButton;
class QToolButton;

namespace lectern::ui {

class FactList;
class ModelButton;
class MoneyField;
class NoteBox;
class OptionCard;
class SectionLabel;

/// What a run will cost, before it starts: pages, price, time and budget with the chosen model, the same with
/// up to three others, the cap, and all the details. The default button is Cancel: Return never spends. The
/// owner sets a new view whenever it learns more. GUI thread. objectName "estimateDialog".
class EstimateDialog final : public QDialog {
    Q_OBJECT

public:
    explicit EstimateDialog(QWidget *parent = nullptr);
    /// Everything at once; what the user typed as the cap stays.
    void setView(const presentation::EstimateView &view);
    [[nodiscard]] const presentation::EstimateView &view() const { return m_view; }
    /// What stops the run from starting, in words; empty when nothing does.
    [[nodiscard]] QString obstacle() const;
    [[nodiscard]] ModelButton &modelButton() { return *m_model; }

Q_SIGNALS:
    /// The user agreed; the dialog has closed.
    void decided(const lectern::presentation::EstimateDecision &decision);
    /// The user agreed to a few pages first; the dialog stays, for what is learned from them.
    void trialRequested(const lectern::presentation::EstimateDecision &decision);
    void trialStopRequested();
    /// Open the picker below the model's button.
    void modelRequested();
    /// One of the other models was chosen: set a view that has it.
    void modelChosen(const QString &id);
    /// The user knows the price: for a million tokens, in whole picodollars a token.
    void priceEntered(const QString &id, lectern::domain::Money inputPerMillion,
                      lectern::domain::Money outputPerMillion);
    void budgetsRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildModelRow(QHBoxLayout &row);
    void buildPriceQuestion();
    void buildCapRow(QHBoxLayout &row);
    void buildButtons(QHBoxLayout &row);
    void showCards();
    void showNotes();
    void showDetails();
    void updateButtons();
    /// As high as its words need; the width stays the user's.
    void fitHeight();
    [[nodiscard]] int neededHeight() const;
    void submitPrice();
    void buildTrialNote();
    void start();
    void tryPages();
    [[nodiscard]] presentation::EstimateDecision decision() const;

    presentation::EstimateView m_view;
    bool m_hasView = false;
    bool m_capTouched = false;
    SectionLabel *m_title;
    SectionLabel *m_pages;
    ModelButton *m_model;
    QHBoxLayout *m_cardRow;
    QVector<OptionCard *> m_cards;
    SectionLabel *m_exactness;
    NoteBox *m_question; ///< the price is unknown: enter it or agree
    MoneyField *m_inputPrice;
    MoneyField *m_outputPrice;
    QPushButton *m_usePrice;
    QCheckBox *m_agree;
    NoteBox *m_trialNote;
    QPushButton *m_stopTrial;
    NoteBox *m_shortage;
    QPushButton *m_budgets;
    QWidget *m_capBox;
    MoneyField *m_cap;
    SectionLabel *m_capNote;
    QToolButton *m_fold;
    FactList *m_details;
    QPushButton *m_start;
    QPushButton *m_trial;
    QPushButton *m_cancel;
};

} // namespace lectern::ui
