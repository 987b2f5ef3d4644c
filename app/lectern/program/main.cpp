// SPDX-License-Identifier: GPL-3.0-or-later
// The composition root of the window: makes the parts, hands them to each other, and runs.
#include "app/lectern/DoneWatcher.h"
#include "app/lectern/ProcessAge.h"
#include "app/lectern/SingleInstance.h"
#include "app/lectern/StallMeter.h"
#include "app/lectern/TerminationSignals.h"
#include "app/lectern/WindowOptions.h"
#include "presentation/ErrorText.h"
#include "presentation/Settings.h"
#include "presentation/WorkspaceClient.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/SystemDesktop.h"
#include "ui/style/IconSet.h"
#include "ui/style/LecternStyle.h"
#include "ui/style/ThemeController.h"

#include <QApplication>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QTextStream>

#include <memory>

namespace {

using namespace lectern;

constexpr int kFailure = 1;
constexpr int kUsageError = 2;

void print(FILE *stream, const QString &text)
{
    QTextStream(stream) << text;
}

/// Answers --help and --version without a window system. Nothing when the program is to run.
std::optional<int> answerAtOnce(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        const QByteArray argument(argv[i]);
        if (argument == "--")
            break;
        if (argument == "--version") {
            print(stdout, QStringLiteral("lectern " LECTERN_VERSION "\n"));
            return 0;
        }
        if (argument == "--help" || argument == "-h") {
            print(stdout, app::WindowOptions::helpText());
            return 0;
        }
    }
    return {};
}

/// The user guide beside the program or where it is installed; empty when there is none.
QString findGuide()
{
    const QString programs = QCoreApplication::applicationDirPath();
    for (const QString &place : {programs + QStringLiteral("/share/lectern/guide.pdf"),
                                 programs + QStringLiteral("/../share/lectern/guide.pdf")}) {
        if (QFileInfo::exists(place))
            return QFileInfo(place).canonicalFilePath();
    }
    return {};
}

bool writeFile(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    const bool written =
        file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit();
    if (!written)
        print(stderr, QStringLiteral("lectern: can't write %1\n").arg(path));
    return written;
}

ui::ThemeController::Choice choiceOf(presentation::Settings::Theme theme)
{
    switch (theme) {
    case presentation::Settings::Theme::Light:
        return ui::ThemeController::Choice::Light;
    case presentation::Settings::Theme::Dark:
        return ui::ThemeController::Choice::Dark;
    case presentation::Settings::Theme::System:
        break;
    }
    return ui::ThemeController::Choice::System;
}

/// What is done when nothing is left to do, and what is measured.
void setUpErrands(const app::WindowOptions &options, presentation::WorkspaceClient &client,
                  const base::Clock &clock, ui::MainWindow &window)
{
    if (!options.measureStart.isEmpty()) {
        QObject::connect(&window, &ui::MainWindow::usable, &window, [path = options.measureStart] {
            writeFile(path, QByteArrayLiteral("{\"usable_ms\":") +
                                QByteArray::number(app::processAgeMs(), 'f', 1) + "}\n");
        });
    }
    if (options.saveWhenDone.isEmpty() && !options.quitWhenDone)
        return;
    auto *watcher = new app::DoneWatcher(client, clock, window);
    QObject::connect(watcher, &app::DoneWatcher::done, &window, [&window, options] {
        if (!options.saveWhenDone.isEmpty() && !window.grab().save(options.saveWhenDone))
            print(stderr, QStringLiteral("lectern: can't write %1\n").arg(options.saveWhenDone));
        if (options.quitWhenDone)
            window.close();
    });
}

int run(QApplication &application, const app::WindowOptions &options)
{
    workspace::Workspace::Options workspaceOptions;
    workspaceOptions.folder =
        options.workspace.isEmpty() ? workspace::Workspace::defaultFolder() : options.workspace;
    app::SingleInstance instance(workspaceOptions.folder);
    if (instance.handOver(options.paths))
        return 0;
    instance.listen();

    const base::SystemClock clock;
    const presentation::SettingsFile settingsFile;
    presentation::Settings settings = settingsFile.load();
    QApplication::setStyle(new ui::LecternStyle);
    ui::ThemeController theme(application);
    theme.setChoice(choiceOf(options.theme.value_or(settings.theme)));
    ui::SystemDesktop desktop;
    presentation::WorkspaceClient client(clock);
    ui::MainWindow window({client, clock, theme, desktop, findGuide()}, settings);

    std::unique_ptr<app::StallMeter> stalls;
    if (!options.measureStalls.isEmpty())
        stalls = std::make_unique<app::StallMeter>();
    setUpErrands(options, client, clock, window);
    app::TerminationSignals signals_;
    QObject::connect(&signals_, &app::TerminationSignals::received, &window, &QWidget::close);
    QObject::connect(&instance, &app::SingleInstance::received, &window, [&window](const QStringList &paths) {
        window.present();
        window.addPaths(paths);
    });
    QObject::connect(&window, &ui::MainWindow::closing, &instance, &app::SingleInstance::stop);
    QObject::connect(&window, &ui::MainWindow::closed, &application, &QCoreApplication::quit);

    int failure = 0;
    QObject::connect(&client, &presentation::WorkspaceClient::openFailed, &window,
                     [&](const base::Error &error) {
                         print(stderr, presentation::ErrorText::report(error) + QLatin1Char('\n'));
                         failure = kFailure;
                         if (options.quitWhenDone)
                             window.close();
                     });
    window.show();
    client.open(workspaceOptions);
    if (!options.paths.isEmpty())
        window.addPaths(options.paths);
    const int result = QApplication::exec();
    if (!settingsFile.save(window.settings()))
        print(stderr, QStringLiteral("lectern: can't write %1\n").arg(settingsFile.path()));
    if (stalls) {
        stalls->stop();
        writeFile(options.measureStalls, stalls->toJson());
    }
    return result != 0 ? result : failure;
}

} // namespace

int main(int argc, char **argv)
{
    app::noteProgramStart();
    if (const std::optional<int> answer = answerAtOnce(argc, argv))
        return *answer;
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("lectern"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LECTERN_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Lectern"));
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.lectern.Lectern"));
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication::setWindowIcon(ui::IconSet::application());
    const base::Result<app::WindowOptions> options =
        app::WindowOptions::parse(QCoreApplication::arguments().mid(1));
    if (!options) {
        print(stderr, QStringLiteral("lectern: %1\nTry “lectern --help”.\n").arg(options.error().detail));
        return kUsageError;
    }
    return run(application, *options);
}
