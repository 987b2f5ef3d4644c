// SPDX-License-Identifier: GPL-3.0-or-later
#include "FakeWorkspace.h"

#include <QCoreApplication>
#include <QMutexLocker>
#include <QThread>

namespace lectern::presentation {

namespace {

/// False when cancelled.
bool acquire(QSemaphore &semaphore, const base::CancelToken &cancel)
{
    while (!semaphore.tryAcquire(1, 10)) {
        if (cancel.isCancelled())
            return false;
    }
    return true;
}

} // namespace

void FakeState::note(const QString &call)
{
    if (QThread::currentThread() == QCoreApplication::instance()->thread())
        onGuiThread = true;
    const QMutexLocker lock(&mutex);
    calls << call;
}

QStringList FakeState::soFar()
{
    const QMutexLocker lock(&mutex);
    return calls;
}

base::Status FakeWorkspace::done(const QString &call)
{
    m_state->note(call);
    return {};
}

base::Result<workspace::AddReport> FakeWorkspace::add(const QStringList &paths, domain::Goal,
                                                      const base::CancelToken &cancel)
{
    m_state->note(QStringLiteral("add"));
    if (!acquire(m_state->adding, cancel))
        return base::fail(base::ErrorCode::Cancelled);
    workspace::AddReport report;
    report.added = static_cast<int>(paths.size());
    return report;
}

base::Status FakeWorkspace::remove(const QVector<domain::DocumentId> &)
{
    m_state->note(QStringLiteral("remove"));
    return base::fail(base::ErrorCode::DiskFull);
}

base::Status FakeWorkspace::unlock(domain::DocumentId, const QString &password)
{
    m_state->note(QStringLiteral("unlock"));
    if (password != QStringLiteral(" right "))
        return base::fail(base::ErrorCode::PasswordWrong);
    return {};
}

base::Result<QVector<domain::DocumentId>> FakeWorkspace::tryPasswordOnOthers(const QString &)
{
    return done(QStringLiteral("tryOthers"), QVector<domain::DocumentId>{{5}});
}

base::Result<domain::PageImage> FakeWorkspace::renderPage(domain::DocumentId,
                                                          const domain::RenderRequest &request,
                                                          const base::CancelToken &cancel)
{
    const int page = request.number;
    m_state->note(QStringLiteral("render %1").arg(page));
    if (!acquire(m_state->rendering, cancel))
        return base::fail(base::ErrorCode::Cancelled);
    domain::PageImage image;
    image.width = 2;
    image.height = page == 13 ? 3 : 1; // page 13 lies about its size
    image.pixelsPerPoint = request.pixelsPerPoint / 2;
    const quint32 pixels[] = {0xff102030, 0xff405060};
    image.pixels = QByteArray(reinterpret_cast<const char *>(pixels), sizeof pixels);
    return image;
}

base::Result<workspace::SearchReport> FakeWorkspace::search(const workspace::SearchRequest &request,
                                                            const base::CancelToken &)
{
    m_state->note(QStringLiteral("search"));
    workspace::FoundPage page;
    page.snippet = request.words;
    workspace::SearchReport report;
    report.pages = {page};
    return report;
}

} // namespace lectern::presentation
