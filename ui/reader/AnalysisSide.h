// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Document.h"

#include <QTimer>
#include <QWidget>

#include <optional>

namespace lectern::presentation {
class LibraryFeed;
class ReaderDocument;
} // namespace lectern::presentation

namespace lectern::ui {

class AnalysisPanel;
class SectionLabel;

/// The analysis beside the page: follows the page that is read. While pages fly past it waits for the one
/// where one stops. GUI thread. objectName "analysisSide".
class AnalysisSide final : public QWidget {
    Q_OBJECT

public:
    AnalysisSide(presentation::LibraryFeed &feed, const presentation::ReaderDocument &document,
                 QWidget *parent = nullptr);
    /// 0: none.
    void setPage(int page);
    /// The page's state is another one: it is read again.
    void refresh();
    [[nodiscard]] bool isBusy() const { return m_reading || m_later.isActive(); }

Q_SIGNALS:
    /// A phrase or a name was clicked.
    void wordsChosen(const QString &words);
    void retryRequested(int page);
    /// isBusy() is false now.
    void settled();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void read();
    void showRecord(const domain::PageRecord &record);

    presentation::LibraryFeed &m_feed;
    const presentation::ReaderDocument &m_document;
    SectionLabel *m_heading;
    AnalysisPanel *m_panel;
    QTimer m_later;
    int m_page = 0;
    bool m_reading = false;
};

} // namespace lectern::ui
