// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "FakeDesktop.h"

#include "base/Clock.h"
#include "presentation/DocumentListModel.h"
#include "presentation/Settings.h"
#include "presentation/WorkspaceClient.h"
#include "ui/rows/RowView.h"
#include "ui/shell/MainWindow.h"
#include "ui/style/ThemeController.h"

#include <QTest>

#include <functional>
#include <memory>

namespace lectern::test {

/// The real window over a real workspace: made as the program makes it, driven as a person does it.
class WindowFixture {
public:
    static constexpr int kPatienceMs = 60'000;

    explicit WindowFixture(const QString &folder, const presentation::Settings &settings = {},
                           bool work = true);
    ~WindowFixture();

    /// Before open(): with the built-in embedding.
    void useEmbedding() { m_options.embeddingFile.clear(); }
    /// Shows the window and waits until its list is there.
    [[nodiscard]] bool open();
    /// Closes it as a person does and waits until the workspace is closed.
    [[nodiscard]] bool close();
    /// Waits until nothing is left to do.
    [[nodiscard]] bool waitDone(int documents);
    [[nodiscard]] bool wait(const std::function<bool()> &condition) const;

    [[nodiscard]] ui::MainWindow &window() { return *m_window; }
    [[nodiscard]] presentation::WorkspaceClient &client() { return m_client; }
    [[nodiscard]] const presentation::LibrarySnapshot &snapshot() { return m_client.feed().snapshot(); }
    [[nodiscard]] ui::ThemeController &theme() { return m_theme; }
    [[nodiscard]] ui::RowView &list();
    [[nodiscard]] presentation::DocumentListModel &model();

    /// A widget by its object name; the test program ends when there is none.
    template <class T> [[nodiscard]] T &find(const char *name)
    {
        T *found = m_window->findChild<T *>(QString::fromLatin1(name));
        if (!found)
            qFatal("no widget named %s", name);
        return *found;
    }
    void trigger(const QString &command);
    [[nodiscard]] bool isEnabled(const QString &command);
    /// Drags files over the window and lets them go, through the window system's own way in.
    void drop(const QStringList &paths);
    void dragOver(const QStringList &paths);
    [[nodiscard]] bool select(const QString &name);
    /// Waits until the list shows it; of a hidden view, what it showed last.
    [[nodiscard]] domain::Document document(const QString &name);
    /// The words of every banner.
    [[nodiscard]] QStringList banners();
    /// Keeps a picture of the window as it is now, or of another one, light and dark.
    void savePictures(const QString &name, QWidget *other = nullptr);

    FakeDesktop desktop;

private:
    [[nodiscard]] domain::Document listed(const QString &name);
    workspace::Workspace::Options m_options;
    base::SystemClock m_clock;
    ui::ThemeController m_theme;
    presentation::WorkspaceClient m_client;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace lectern::test
