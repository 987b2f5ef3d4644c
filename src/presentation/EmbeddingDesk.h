// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Error.h"
#include "presentation/EmbeddingView.h"

#include <QObject>
#include <QTimer>

namespace lectern::presentation {

class WorkspaceClient;

/// The window's way to the embedding models of the library. Lives on the GUI thread and never blocks it.
class EmbeddingDesk final : public QObject {
    Q_OBJECT

public:
    EmbeddingDesk(WorkspaceClient &client, const base::Clock &clock, QObject *parent = nullptr);

    /// As it was read last; empty until then.
    [[nodiscard]] const EmbeddingStanding &standing() const { return m_standing; }
    [[nodiscard]] bool isKnown() const { return m_isKnown; }
    /// Another model was chosen, and is asked for its first vector.
    [[nodiscard]] bool isChoosing() const { return m_choosing > 0; }
    /// Somebody looks: it is read again as vectors are made, which means a look at every passage.
    void watch(bool watched);

    /// What it would take to search with this model: offered() follows.
    void estimate(const ModelChoice &model);
    /// Nobody waits for an offer any more.
    void forgetEstimate() { ++m_estimates; }
    void choose(const EmbeddingDecision &decision);
    void goBack();
    /// The model that is being prepared is given up; what it made is kept.
    void stop();
    /// What misses vectors is tried again.
    void makeMissing();

Q_SIGNALS:
    /// standing() or isChoosing().
    void changed();
    void offered(const lectern::presentation::EmbeddingOffer &offer);
    /// So many documents are embedded now.
    void embedding(int documents);
    /// `what` is what was tried, as a phrase for people.
    void failed(const lectern::base::Error &error, const QString &what);

private:
    void refresh();
    void take(const EmbeddingStanding &standing, qint64 tookMs);
    /// Nothing is as it was read: it is read at once, and whatever is under way counts no more.
    void refreshAnew();
    [[nodiscard]] bool isUnderWay() const;
    void addWhatIsKnown(EmbeddingOffer &offer) const;

    WorkspaceClient &m_client;
    const base::Clock &m_clock;
    EmbeddingStanding m_standing;
    bool m_isKnown = false;
    bool m_watched = false;
    bool m_reading = false;
    quint64 m_readings = 0;  ///< raised when what is being read is out of date
    quint64 m_estimates = 0; ///< raised with each
    int m_choosing = 0;
    QTimer m_timer;
};

} // namespace lectern::presentation
