// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lectern/WindowOptions.h"

#include <QDir>
#include <QFileInfo>

namespace lectern::app {

namespace {

using Theme = presentation::Settings::Theme;

std::optional<Theme> themeNamed(const QString &name)
{
    if (name == QLatin1String("light"))
        return Theme::Light;
    if (name == QLatin1String("dark"))
        return Theme::Dark;
    if (name == QLatin1String("system"))
        return Theme::System;
    return {};
}

QString absolute(const QString &path)
{
    return QDir::cleanPath(QFileInfo(path).absoluteFilePath());
}

/// The value of `--name VALUE` or `--name=VALUE`; moves `at` past it. Nothing when `argument` is another
/// option.
std::optional<base::Result<QString>> valueOf(const QString &name, const QStringList &arguments, qsizetype &at)
{
    const QString &argument = arguments.at(at);
    if (argument.startsWith(name + QLatin1Char('=')))
        return base::Result<QString>(argument.mid(name.size() + 1));
    if (argument != name)
        return {};
    if (at + 1 >= arguments.size())
        return base::Result<QString>(
            base::fail(base::ErrorCode::InvalidArgument, name + QStringLiteral(" needs a value")));
    return base::Result<QString>(arguments.at(++at));
}

} // namespace

base::Result<WindowOptions> WindowOptions::parse(const QStringList &arguments)
{
    WindowOptions options;
    QString theme;
    struct Named {
        QString name;
        QString *value;
    };
    const QVector<Named> named{{QStringLiteral("--workspace"), &options.workspace},
                               {QStringLiteral("--when-done-save"), &options.saveWhenDone},
                               {QStringLiteral("--measure-stalls"), &options.measureStalls},
                               {QStringLiteral("--measure-start"), &options.measureStart},
                               {QStringLiteral("--theme"), &theme}};
    bool onlyPaths = false;
    for (qsizetype at = 0; at < arguments.size(); ++at) {
        const QString &argument = arguments.at(at);
        if (onlyPaths || !argument.startsWith(QLatin1Char('-')) || argument.size() == 1) {
            options.paths.append(absolute(argument));
            continue;
        }
        if (argument == QLatin1String("--")) {
            onlyPaths = true;
        } else if (argument == QLatin1String("--help") || argument == QLatin1String("-h")) {
            options.help = true;
        } else if (argument == QLatin1String("--version")) {
            options.version = true;
        } else if (argument == QLatin1String("--when-done-quit")) {
            options.quitWhenDone = true;
        } else {
            bool known = false;
            for (const Named &option : named) {
                const auto value = valueOf(option.name, arguments, at);
                if (!value)
                    continue;
                if (!*value)
                    return base::fail(value->error());
                *option.value = **value;
                known = true;
                break;
            }
            if (!known)
                return base::fail(base::ErrorCode::InvalidArgument,
                                  QStringLiteral("unknown option ") + argument);
        }
    }
    if (!theme.isEmpty()) {
        options.theme = themeNamed(theme);
        if (!options.theme)
            return base::fail(base::ErrorCode::InvalidArgument,
                              QStringLiteral("--theme is light, dark or system"));
    }
    for (QString *path :
         {&options.workspace, &options.saveWhenDone, &options.measureStalls, &options.measureStart}) {
        if (!path->isEmpty())
            *path = absolute(*path);
    }
    return options;
}

QString WindowOptions::helpText()
{
    return QStringLiteral(
        "Usage: lectern [OPTION…] [PATH…]\n"
        "Opens the library and adds the files and folders PATH… to it.\n"
        "\n"
        "  --workspace DIR         the library in DIR instead of your own\n"
        "  --theme light|dark|system\n"
        "                          how the window looks this time\n"
        "  --when-done-save FILE   save a picture of the window as soon as nothing is left to do\n"
        "  --when-done-quit        close as soon as nothing is left to do\n"
        "  --measure-start FILE    write how long it took until the window could be used\n"
        "  --measure-stalls FILE   write how long the event loop was held up\n"
        "  --version               print the version\n"
        "  --help                  print this\n");
}

} // namespace lectern::app
