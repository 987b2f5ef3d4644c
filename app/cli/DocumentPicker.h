// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Failure.h"
#include "domain/Document.h"

#include <QStringList>
#include <QVector>

namespace lectern::store {
class Connection;
}

namespace lectern::cli {

/// Finds the document that a DOCUMENT operand means: its id, a path of it, its file name, or the beginning of
/// its SHA-256. The first of these that fits wins, so an id is never taken for the beginning of a hash.
class DocumentPicker {
public:
    enum class Where { Library, Trash };
    DocumentPicker(store::Connection &reader, Where where) : m_reader(reader), m_where(where) {}

    /// Errors: NotFound (exit 1); ambiguous (exit 2, with the candidates).
    [[nodiscard]] Outcome<domain::Document> pick(const QString &operand) const;
    /// Each once, in the order given.
    [[nodiscard]] Outcome<QVector<domain::DocumentId>> pickAll(const QStringList &operands) const;

private:
    using Documents = QVector<domain::Document>;
    [[nodiscard]] bool isHere(const domain::Document &document) const;
    [[nodiscard]] base::Result<Documents> byId(const QString &operand) const;
    [[nodiscard]] base::Result<Documents> byPath(const QString &operand) const;
    [[nodiscard]] base::Result<Documents> byName(const QString &operand) const;
    [[nodiscard]] base::Result<Documents> byHash(const QString &operand) const;
    [[nodiscard]] base::Result<Documents> read(const QVector<domain::DocumentId> &ids) const;

    store::Connection &m_reader;
    Where m_where;
};

} // namespace lectern::cli
