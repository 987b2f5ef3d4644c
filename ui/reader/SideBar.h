// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/OutlineItem.h"

#include <QWidget>

class QModelIndex;
class QStackedWidget;
class QTreeView;

namespace lectern::presentation {
class OutlineModel;
class PageDrawings;
class ReaderDocument;
} // namespace lectern::presentation

namespace lectern::ui {

class Placeholder;
class SegmentedControl;
class ThumbnailList;

/// Beside the pages: the document's outline, or its pages as small pictures; of a document without an
/// outline the pages, unless somebody chose otherwise. Follows the page that is read. GUI thread. objectName
/// "readerSideBar".
class SideBar final : public QWidget {
    Q_OBJECT

public:
    SideBar(const presentation::ReaderDocument &document, presentation::PageDrawings &drawings,
            QWidget *parent = nullptr);
    /// Another document: nothing is known of its outline yet.
    void reset();
    void setOutline(const QVector<domain::OutlineItem> &items);
    void setCurrentPage(int page);
    void setRotation(int rotation);
    void showThumbnails();
    void showOutline();
    [[nodiscard]] QTreeView &outline() { return *m_outline; }

Q_SIGNALS:
    void pageChosen(int page);
    /// A heading: its page, and points below that page's top.
    void headingChosen(int page, double top);

private:
    void choose(const QModelIndex &index);
    void showChoice(int choice);
    void markHeading();

    presentation::OutlineModel *m_model;
    SegmentedControl *m_choice;
    QStackedWidget *m_stack;
    QTreeView *m_outline;
    Placeholder *m_noOutline;
    ThumbnailList *m_thumbnails;
    int m_page = 0;
    bool m_givesWay = false; ///< pages are shown because there is no outline, not because they were chosen
};

} // namespace lectern::ui
