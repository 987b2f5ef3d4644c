// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QMap>
#include <QString>

namespace lectern::ai {

/// A prompt as a file that people can read and change:
///
///     ---
///     name: page-analysis
///     version: 1
///     ---
///     # system
///     …
///     # user
///     … {{page_text}} …
///     # repair
///     … {{problem}} …
///
/// A value.
class PromptTemplate {
public:
    /// The one that comes with the program ("page-analysis.v1"). Error: NotFound.
    [[nodiscard]] static base::Result<PromptTemplate> builtIn(const QString &name);
    /// Its file, for people to begin their own with. Error: NotFound.
    [[nodiscard]] static base::Result<QString> builtInText(const QString &name);
    /// Error: InvalidArgument, with the reason: parts that are missing, a user part without {{page_text}}.
    [[nodiscard]] static base::Result<PromptTemplate> fromText(const QString &text);

    /// "page-analysis.v1".
    [[nodiscard]] QString id() const { return m_name + QStringLiteral(".v") + QString::number(m_version); }
    /// SHA-256 of all of it: part of the key under which answers are stored. 32 bytes.
    [[nodiscard]] const QByteArray &hash() const { return m_hash; }

    /// The part with each {{placeholder}} replaced once: what a value holds is never looked at again, so a
    /// page cannot smuggle placeholders in. Unknown placeholders become nothing.
    [[nodiscard]] QString system(const QMap<QString, QString> &values) const;
    [[nodiscard]] QString user(const QMap<QString, QString> &values) const;
    [[nodiscard]] QString repair(const QMap<QString, QString> &values) const;

private:
    QString m_name;
    int m_version = 0;
    QString m_system;
    QString m_user;
    QString m_repair;
    QByteArray m_hash;
};

} // namespace lectern::ai
