// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowFixture.h"

#include "presentation/LibraryFeed.h"
#include "ui/style/LecternStyle.h"
#include "ui/style/Theme.h"
#include "ui/widgets/BannerStack.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QMimeData>
#include <QUrl>
#include <QWindow>

#include <qpa/qplatformdrag.h>
#include <qpa/qwindowsysteminterface.h>

namespace lectern::test {

WindowFixture::WindowFixture(const QString &folder, const presentation::Settings &settings, bool work)
    : m_theme(*qApp), m_client(m_clock)
{
    static const bool styled = [] {
        QApplication::setStyle(new ui::LecternStyle);
        return true;
    }();
    Q_UNUSED(styled)
    m_theme.setChoice(ui::ThemeController::Choice::Light);
    m_options.folder = folder;
    m_options.program = QStringLiteral("lectern-test");
    m_options.helperProgram = QStringLiteral(LECTERN_BIN_DIR "/lectern-pdf");
    m_options.work = work;
    m_options.embeddingFile = QStringLiteral("none"); // it costs time, and few tests are about it
    m_window = std::make_unique<ui::MainWindow>(
        ui::MainWindow::Parts{m_client, m_clock, m_theme, desktop, QString()}, settings);
}

WindowFixture::~WindowFixture()
{
    m_window.reset();
}

bool WindowFixture::wait(const std::function<bool()> &condition) const
{
    return QTest::qWaitFor(condition, kPatienceMs);
}

bool WindowFixture::open()
{
    m_window->resize(1360, 860);
    m_window->show();
    QApplication::setActiveWindow(m_window.get());
    m_client.open(m_options);
    return wait([this] { return m_window->isUsable() && snapshot().atMs > 0; }) &&
           QTest::qWaitForWindowActive(m_window.get());
}

bool WindowFixture::close()
{
    m_window->close();
    return wait([this] { return m_client.state() == presentation::WorkspaceClient::State::Closed; });
}

bool WindowFixture::waitDone(int documents)
{
    return wait([this, documents] {
        return m_client.longTasks() == 0 && snapshot().totals.documents == documents && !snapshot().hasWork();
    });
}

ui::RowView &WindowFixture::list()
{
    return find<ui::RowView>("documentList");
}

presentation::DocumentListModel &WindowFixture::model()
{
    return *static_cast<presentation::DocumentListModel *>(list().model());
}

void WindowFixture::trigger(const QString &command)
{
    m_window->findChild<QAction *>(command)->trigger();
}

bool WindowFixture::isEnabled(const QString &command)
{
    return m_window->findChild<QAction *>(command)->isEnabled();
}

namespace {

void fillMime(QMimeData &data, const QStringList &paths)
{
    QList<QUrl> urls;
    for (const QString &path : paths)
        urls.append(QUrl::fromLocalFile(path));
    data.setUrls(urls);
}

} // namespace

void WindowFixture::dragOver(const QStringList &paths)
{
    QMimeData data;
    fillMime(data, paths);
    QWindow *window = m_window->windowHandle();
    for (const QPoint &place : {QPoint(300, 300), QPoint(320, 320)})
        QWindowSystemInterface::handleDrag(window, &data, place, Qt::CopyAction, Qt::LeftButton,
                                           Qt::NoModifier);
}

void WindowFixture::drop(const QStringList &paths)
{
    dragOver(paths);
    QMimeData data;
    fillMime(data, paths);
    QWindowSystemInterface::handleDrop(m_window->windowHandle(), &data, QPoint(320, 320), Qt::CopyAction,
                                       Qt::LeftButton, Qt::NoModifier);
}

domain::Document WindowFixture::document(const QString &name)
{
    // What is counted is known before what is listed, and a hidden view is not read.
    const bool isThere = wait(
        [this, &name] { return !find<QWidget>("libraryView").isVisible() || listed(name).id.isValid(); });
    return isThere ? listed(name) : domain::Document();
}

domain::Document WindowFixture::listed(const QString &name)
{
    for (int row = 0; row < model().count(); ++row) {
        const auto document = model().documentAt(row);
        if (document && document->name == name)
            return *document;
    }
    return {};
}

bool WindowFixture::select(const QString &name)
{
    if (!document(name).id.isValid())
        return false;
    list().setCurrentIndex(model().index(model().rowOf(document(name).id), 0));
    return true;
}

QStringList WindowFixture::banners()
{
    QStringList texts;
    for (const ui::BannerMessage &message : find<ui::BannerStack>("bannerStack").shownMessages())
        texts.append(message.text);
    return texts;
}

void WindowFixture::savePictures(const QString &name, QWidget *other)
{
    QWidget &shown = other ? *other : *m_window;
    QDir().mkpath(QStringLiteral(LECTERN_PICTURE_DIR));
    const int scale = qRound(m_window->devicePixelRatioF());
    const ui::ThemeController::Choice before = m_theme.choice();
    for (const bool dark : {false, true}) {
        m_theme.setChoice(dark ? ui::ThemeController::Choice::Dark : ui::ThemeController::Choice::Light);
        if (!wait([&shown, dark] { return ui::Theme::of(shown.palette()).dark == dark; }))
            qFatal("the theme does not reach the window");
        for (int round = 0; round < 3; ++round) // each may ask for the next
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        const QString file = QStringLiteral(LECTERN_PICTURE_DIR "/%1-%2-%3x.png")
                                 .arg(name, dark ? QStringLiteral("dark") : QStringLiteral("light"))
                                 .arg(scale);
        if (!shown.grab().save(file))
            qFatal("can't write %s", qPrintable(file));
    }
    m_theme.setChoice(before);
}

} // namespace lectern::test
