// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Failure.h"

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QVector>

namespace lectern::cli {

/// An option of a command. Without a value name it is a flag.
struct OptionSpec {
    QString name;
    QString value;
    QString help;
};

/// What a command accepts; help and parsing both come from it.
struct CommandSpec {
    QString name;
    QString operands; ///< as shown in its usage line: "DOCUMENT…"
    int minimumOperands = 0;
    int maximumOperands = 0; ///< -1: any number
    QString summary;
    QString details;
    QVector<OptionSpec> options;
    QStringList examples;
};

/// The command line, understood.
struct CommandLine {
    const CommandSpec *command = nullptr; ///< none only with help or version
    QStringList operands;
    QHash<QString, QStringList> values; ///< of options given, by name
    QSet<QString> flags;
    bool help = false;
    bool version = false;

    [[nodiscard]] bool has(const QString &flag) const { return flags.contains(flag); }
    /// The last one given.
    [[nodiscard]] QString value(const QString &option) const
    {
        const QStringList given = values.value(option);
        return given.isEmpty() ? QString() : given.last();
    }
    /// Of an option that may be given several times.
    [[nodiscard]] QStringList valuesOf(const QString &option) const { return values.value(option); }

    /// Options may stand before and after the command; after "--" everything is an operand. Errors are usage
    /// errors.
    [[nodiscard]] static Outcome<CommandLine> parse(const QStringList &arguments,
                                                    const QVector<CommandSpec> &commands);

    /// The options that every command takes.
    [[nodiscard]] static const QVector<OptionSpec> &globalOptions();
};

} // namespace lectern::cli
