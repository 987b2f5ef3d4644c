// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/LibrarySnapshot.h"

#include <QObject>

#include <functional>

namespace lectern::ui {

/// One notification when a batch of work ended or a password is needed, and only while nobody looks at the
/// window. GUI thread.
class BatchNotifier final : public QObject {
    Q_OBJECT

public:
    /// `isWatched` says whether the window is active.
    BatchNotifier(std::function<bool()> isWatched, QObject *parent = nullptr);
    void setSnapshot(const presentation::LibrarySnapshot &snapshot);

Q_SIGNALS:
    void notify(const QString &title, const QString &text);

private:
    [[nodiscard]] QString summary(const domain::Totals &now) const;

    std::function<bool()> m_isWatched;
    domain::Totals m_start; ///< when the batch began
    domain::Totals m_last;
    bool m_running = false;
    bool m_first = true;
};

} // namespace lectern::ui
