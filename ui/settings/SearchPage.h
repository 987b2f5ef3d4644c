// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/EmbeddingView.h"
#include "ui/settings/SettingsPage.h"

class QPushButton;

namespace lectern::ui {

class Card;
class NoteBox;
class SectionLabel;
class TwoFillProgressBar;

/// "Search": which embedding model search by meaning uses, how far its vectors are made, the one that is
/// being prepared, and the way back.
class SearchPage final : public SettingsPage {
    Q_OBJECT

public:
    explicit SearchPage(QWidget *parent = nullptr);
    /// `isChoosing`: a model was chosen, and is asked for its first vector.
    void setStanding(const presentation::EmbeddingStanding &standing, bool isChoosing);
    /// What could not be done, in words; empty: nothing.
    void setProblem(const QString &problem);

Q_SIGNALS:
    /// The page came into sight, or went out of it.
    void watched(bool isVisible);
    void changeRequested();
    /// Another cap for the model that is being prepared.
    void capRequested();
    void stopRequested();
    void goBackRequested();
    void missingRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void buildServing();
    void buildFilling();
    void buildWayBack();
    void showServing(const presentation::EmbeddingStanding &standing, bool isChoosing);
    void showFilling(const presentation::EmbeddingStanding &standing);

    NoteBox *m_problem;
    SectionLabel *m_title;
    SectionLabel *m_facts;
    SectionLabel *m_coverage;
    SectionLabel *m_gaps;
    QPushButton *m_change;
    QPushButton *m_makeMissing;
    Card *m_fillingCard;
    SectionLabel *m_fillingTitle;
    SectionLabel *m_fillingFacts;
    TwoFillProgressBar *m_progress;
    SectionLabel *m_meanwhile;
    NoteBox *m_capNote;
    QPushButton *m_stop;
    QWidget *m_back;
    QPushButton *m_goBack;
    SectionLabel *m_goBackNote;
};

} // namespace lectern::ui
