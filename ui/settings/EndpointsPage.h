// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/EndpointView.h"
#include "ui/settings/SettingsPage.h"

#include <QVector>

class QListWidget;
class QPushButton;

namespace lectern::ui {

class EndpointForm;
class Placeholder;

/// "Models & keys": the endpoints with their state, servers found on this computer, and the form of the one
/// that is chosen.
class EndpointsPage final : public SettingsPage {
    Q_OBJECT

public:
    explicit EndpointsPage(QWidget *parent = nullptr);
    void setEndpoints(const QVector<presentation::EndpointView> &endpoints);
    void setFound(const QVector<presentation::FoundServer> &servers);
    void setTest(const QString &endpointId, const presentation::EndpointTest &test);
    void setSystemStoreAvailable(bool available);
    /// Chooses an endpoint; does nothing for one that is not there.
    void select(const QString &endpointId);
    [[nodiscard]] EndpointForm &form() { return *m_form; }

Q_SIGNALS:
    /// A new one, with a fresh id and the usual address of its kind.
    void endpointAdded(const lectern::domain::Endpoint &endpoint);

private:
    class Delegate;
    void buildAdd();
    void add(domain::EndpointKind kind, const QString &address, int concurrency);
    [[nodiscard]] QString freshId(domain::EndpointKind kind) const;
    [[nodiscard]] QString freshName(domain::EndpointKind kind) const;
    void fillList();
    void showCurrent();

    QVector<presentation::EndpointView> m_endpoints;
    QString m_current;
    QWidget *m_found;
    QListWidget *m_list;
    QPushButton *m_add;
    Placeholder *m_empty;
    QWidget *m_formBox;
    EndpointForm *m_form;
};

} // namespace lectern::ui
