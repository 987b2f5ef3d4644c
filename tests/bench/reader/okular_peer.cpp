// SPDX-License-Identifier: GPL-3.0-or-later
// okular_peer FILE PAGE:WIDTHxHEIGHT…: how long Okular's own core takes to open a PDF and draw its first
// page, and then each of these pages at this size in pixels, one after the other, as its view asks for them.
// Prints one JSON object, times in milliseconds. Built by bench_reader.py with Okular's headers and Qt 5.
#include <okular/core/document.h>
#include <okular/core/generator.h>
#include <okular/core/observer.h>
#include <okular/core/settings_core.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QMimeDatabase>

#include <cstdio>

namespace {

class Watcher : public Okular::DocumentObserver {
public:
    void notifyPageChanged(int page, int flags) override
    {
        if (page == m_awaited && (flags & Okular::DocumentObserver::Pixmap) != 0)
            m_loop.quit();
    }

    void draw(Okular::Document &document, int page, QSize size)
    {
        m_awaited = page;
        document.requestPixmaps({new Okular::PixmapRequest(this, page, size.width(), size.height(), 1.0, 1,
                                                           Okular::PixmapRequest::Asynchronous)});
        m_loop.exec();
    }

private:
    int m_awaited = -1;
    QEventLoop m_loop;
};

double milliseconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const QString file = arguments.value(1);
    Okular::SettingsCore::instance(QStringLiteral("okular-bench"));
    Okular::Document document(nullptr);
    Watcher watcher;
    document.addObserver(&watcher);
    QElapsedTimer timer;
    timer.start();
    if (document.openDocument(file, QUrl::fromLocalFile(file), QMimeDatabase().mimeTypeForFile(file)) !=
        Okular::Document::OpenSuccess)
        qFatal("Okular does not open %s", qPrintable(file));
    QString jumps;
    for (const QString &wish : arguments.mid(2)) {
        const QStringList parts = wish.split(QRegExp(QStringLiteral("[:x]")));
        const QSize size(parts.value(1).toInt(), parts.value(2).toInt());
        if (jumps.isEmpty()) {
            watcher.draw(document, 0, size);
            jumps = QStringLiteral("{\"first\":%1,\"jumps\":[").arg(milliseconds(timer));
        } else {
            jumps += QLatin1Char(',');
        }
        timer.start();
        watcher.draw(document, parts.value(0).toInt() - 1, size);
        jumps += QString::number(milliseconds(timer));
    }
    std::printf("%s]}\n", qPrintable(jumps));
    document.removeObserver(&watcher);
    document.closeDocument();
    return 0;
}
