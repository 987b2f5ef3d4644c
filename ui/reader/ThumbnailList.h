// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/PageDrawings.h"

#include <QListView>

namespace lectern::presentation {
class ReaderDocument;
class ThumbnailModel;
} // namespace lectern::presentation

namespace lectern::ui {

/// The pages of the open document as small pictures, each with its name and the icon of its state. Only the
/// pictures in view are wanted, and only while no page is waited for. GUI thread. objectName "thumbnails".
class ThumbnailList final : public QListView {
    Q_OBJECT

public:
    ThumbnailList(const presentation::ReaderDocument &document, presentation::PageDrawings &drawings,
                  QWidget *parent = nullptr);
    /// The page that is read: marked, and scrolled to when it leaves the view.
    void setCurrentPage(int page);
    void setRotation(int rotation);

Q_SIGNALS:
    void pageChosen(int page);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    class Delegate;
    void updateWishes();
    [[nodiscard]] presentation::PagePiece pieceOf(int page) const;

    const presentation::ReaderDocument &m_document;
    presentation::PageDrawings &m_drawings;
    presentation::ThumbnailModel *m_model;
    int m_rotation = 0;
    bool m_following = false; ///< the choice follows the page, it does not lead to it
};

} // namespace lectern::ui
