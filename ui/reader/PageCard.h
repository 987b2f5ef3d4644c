// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace lectern::base {
struct Error;
}

namespace lectern::ui {

class Card;
class SectionLabel;

/// Stands on a page that can't be shown: what happened, what to do next, and Retry. GUI thread. objectName
/// "pageError".
class PageCard final : public QWidget {
    Q_OBJECT

public:
    explicit PageCard(QWidget *parent = nullptr);
    void setError(const QString &page, const base::Error &error);
    /// In the middle of what can be seen of the page; hidden when there is too little room.
    void placeOn(const QRectF &page, const QRect &view);

Q_SIGNALS:
    void retryRequested();

private:
    Card *m_card;
    SectionLabel *m_title;
    SectionLabel *m_text;
    QPushButton *m_retry;
};

} // namespace lectern::ui
