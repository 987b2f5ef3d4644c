// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Failure.h"
#include "app/cli/PauseView.h"
#include "domain/Document.h"
#include "domain/Work.h"
#include "store/Library.h"
#include "workspace/Workspace.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QVector>

namespace lectern::cli {

/// The objects that `--json` prints. Their fields are a promise to scripts: app/cli/README.md lists them,
/// fields may be added, none is renamed or removed. Unknown values are null; times are ISO 8601 in UTC.
class JsonForms {
public:
    [[nodiscard]] static QJsonValue error(const base::Error &error);
    [[nodiscard]] static QJsonObject failure(const Failure &failure);
    [[nodiscard]] static QJsonValue time(qint64 msSinceEpoch);
    [[nodiscard]] static QJsonObject document(const domain::Document &document, const PauseView &pauses,
                                              const QVector<store::Place> &places);
    /// The short form of events.
    [[nodiscard]] static QJsonObject documentEvent(const domain::Document &document, const QString &state);
    [[nodiscard]] static QJsonObject page(const domain::Page &page);
    [[nodiscard]] static QJsonObject pageRecord(const domain::PageRecord &record);
    [[nodiscard]] static QJsonObject job(const domain::Job &job);
    [[nodiscard]] static QJsonObject foundPage(const workspace::FoundPage &page);
};

} // namespace lectern::cli
