// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/VerifySources.h"

#include "store/Connection.h"
#include "store/Library.h"
#include "workspace/AddSources.h"
#include "workspace/SourceFile.h"

namespace lectern::workspace {

namespace {

constexpr int kPlacesAtOnce = 500;

} // namespace

VerifySources::VerifySources(store::Database &database, QString analyzer)
    : m_database(database), m_analyzer(std::move(analyzer))
{
}

base::Result<int> VerifySources::verify(const base::CancelToken &cancel)
{
    const auto reader = m_database.openReader();
    if (!reader)
        return base::fail(reader.error());
    int differences = 0;
    QStringList changedPaths;
    for (qint64 after = 0; !cancel.isCancelled();) {
        const auto places = store::Library::allPlaces(**reader, after, kPlacesAtOnce);
        if (!places)
            return base::fail(places.error());
        if (places->isEmpty())
            break;
        for (const store::Place &place : *places) {
            after = place.id.value;
            const auto stamp = stampOf(place.path);
            if (stamp && (stamp->bytes != place.bytes || stamp->modifiedAt != place.modifiedAt))
                changedPaths.append(place.path);
            if (stamp.has_value() != place.missing)
                continue;
            ++differences;
            const auto noted = m_database.writer().run([&](store::Transaction &transaction) {
                return store::Library::setPlaceMissing(transaction, place.id, !stamp);
            });
            if (!noted)
                return base::fail(noted.error());
        }
    }
    if (changedPaths.isEmpty())
        return differences;
    const auto added =
        AddSources(m_database.writer(), m_analyzer).add(changedPaths, domain::Goal::Analysis, cancel);
    if (!added)
        return base::fail(added.error());
    return differences + static_cast<int>(changedPaths.size());
}

} // namespace lectern::workspace
