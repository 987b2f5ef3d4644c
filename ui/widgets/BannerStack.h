// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/Banner.h"

#include <QVector>
#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace lectern::ui {

/// The messages above the view: the two most serious (then newest) are shown, the rest is "+n more".
/// Takes no room while empty. objectName "bannerStack".
class BannerStack final : public QWidget {
    Q_OBJECT

public:
    static constexpr int kMaximumShown = 2;

    explicit BannerStack(QWidget *parent = nullptr);
    /// Adds a message, or replaces the one with the same id in its place. Errors first, then warnings, newest
    /// first.
    void post(const BannerMessage &message);
    void dismiss(const QString &id);
    void clear();
    [[nodiscard]] int messageCount() const { return static_cast<int>(m_messages.size()); }
    [[nodiscard]] bool contains(const QString &id) const;
    /// The messages on the screen, top first.
    [[nodiscard]] QVector<BannerMessage> shownMessages() const;

Q_SIGNALS:
    void actionTriggered(const QString &bannerId, const QString &actionId);
    /// The user closed it; it is already gone from the stack.
    void closed(const QString &bannerId);
    /// "+n more" was pressed.
    void moreRequested();

private:
    void rebuild();

    QVector<BannerMessage> m_messages; ///< in order of rank
    QVector<Banner *> m_shown;
    QVBoxLayout *m_layout;
    QPushButton *m_more;
};

} // namespace lectern::ui
