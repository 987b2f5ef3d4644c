// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QString>
#include <QVector>

namespace lectern::ui {

/// What one banner says. `id` names the cause, so that the same cause replaces its banner instead of adding
/// another.
struct BannerMessage {
    enum class Kind { Info, Warning, Error };
    struct Action {
        QString id;
        QString text;

        friend bool operator==(const Action &, const Action &) = default;
    };

    QString id;
    Kind kind = Kind::Info;
    QString text;            ///< plain text, one or two sentences
    QVector<Action> actions; ///< the first three are shown
    bool closable = true;

    friend bool operator==(const BannerMessage &, const BannerMessage &) = default;
};

/// A message in the layout: icon, words, at most three buttons, close. Usually shown through BannerStack.
class Banner final : public QFrame {
    Q_OBJECT

public:
    static constexpr int kMaximumActions = 3;

    explicit Banner(const BannerMessage &message, QWidget *parent = nullptr);
    [[nodiscard]] const BannerMessage &message() const { return m_message; }
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void actionTriggered(const QString &bannerId, const QString &actionId);
    void closed(const QString &bannerId);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    BannerMessage m_message;
};

} // namespace lectern::ui
