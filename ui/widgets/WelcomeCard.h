// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>
#include <QWidget>

class QVBoxLayout;

namespace lectern::ui {

/// One numbered step of the first run.
struct WelcomeStep {
    enum class State {
        Open,  ///< can be done now
        Done,  ///< is done: a check mark instead of the number
        Later, ///< not needed yet: shown quietly, its button is disabled
    };

    QString id;
    QString title;
    QString text;
    QString action; ///< words of the button, empty for none
    State state = State::Open;

    friend bool operator==(const WelcomeStep &, const WelcomeStep &) = default;
};

/// First run: what the program is, the steps to begin, and where to drop files. The first open step has the
/// primary button.
class WelcomeCard final : public QWidget {
    Q_OBJECT

public:
    explicit WelcomeCard(QWidget *parent = nullptr);
    void setHeadline(const QString &title, const QString &text);
    void setSteps(const QVector<WelcomeStep> &steps);
    /// The quiet line at the foot: "or drop files anywhere in this window".
    void setFootnote(const QString &text);

Q_SIGNALS:
    void stepTriggered(const QString &id);

private:
    void rebuild();
    [[nodiscard]] QWidget *makeStep(int index, bool primary);

    QString m_title;
    QString m_text;
    QString m_footnote;
    QVector<WelcomeStep> m_steps;
    QVBoxLayout *m_body;
};

} // namespace lectern::ui
