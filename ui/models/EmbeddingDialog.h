// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/EmbeddingView.h"

#include <QDialog>

class QCheckBox;
class QHBoxLayout;
class QPushButton;

namespace lectern::ui {

class ModelButton;
class MoneyField;
class NoteBox;
class SectionLabel;

/// Another embedding model for search by meaning: what there is to embed, what it costs, its cap, and what
/// leaves this computer. The default button is Cancel: Return never spends. The owner sets a new offer
/// whenever it learns more. GUI thread. objectName "embeddingDialog".
class EmbeddingDialog final : public QDialog {
    Q_OBJECT

public:
    explicit EmbeddingDialog(QWidget *parent = nullptr);
    /// Everything at once; what the user typed as the cap stays.
    void setOffer(const presentation::EmbeddingOffer &offer);
    [[nodiscard]] const presentation::EmbeddingOffer &offer() const { return m_offer; }
    /// What stands against it, in words; empty when nothing does.
    [[nodiscard]] QString obstacle() const;
    [[nodiscard]] ModelButton &modelButton() { return *m_model; }

Q_SIGNALS:
    /// The user agreed; the dialog has closed.
    void decided(const lectern::presentation::EmbeddingDecision &decision);
    /// Open the picker below the model's button.
    void modelRequested();
    /// The user knows the price of a million tokens, in whole picodollars a token.
    void priceEntered(const QString &id, lectern::domain::Money perMillion);
    /// Open the settings of endpoints.
    void endpointsRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildPriceQuestion();
    void buildNothing();
    void buildLayout();
    void buildCapRow(QHBoxLayout &row);
    void buildButtons(QHBoxLayout &row);
    void showNotes();
    void updateButtons();
    void submitPrice();
    void start();
    [[nodiscard]] bool isPriceMissing() const;
    [[nodiscard]] bool mayCost() const;
    /// As high as its words need; the width stays the user's.
    void fitHeight();
    [[nodiscard]] int neededHeight() const;

    presentation::EmbeddingOffer m_offer;
    bool m_capTouched = false;
    SectionLabel *m_title;
    ModelButton *m_model;
    SectionLabel *m_price;
    SectionLabel *m_work;
    SectionLabel *m_exactness;
    NoteBox *m_question; ///< the price is unknown: enter it or agree
    MoneyField *m_inputPrice;
    QPushButton *m_usePrice;
    QCheckBox *m_agree;
    NoteBox *m_problem;
    NoteBox *m_nothing; ///< there is no model to choose
    QWidget *m_capBox;
    MoneyField *m_cap;
    SectionLabel *m_capNote;
    NoteBox *m_leaves;
    SectionLabel *m_meanwhile;
    QPushButton *m_cancel;
    QPushButton *m_start;
};

} // namespace lectern::ui
