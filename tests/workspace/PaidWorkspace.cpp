// SPDX-License-Identifier: GPL-3.0-or-later
#include "PaidWorkspace.h"

#include "SamplePdf.h"
#include "servers/ModelFixtures.h"
#include "store/Budgets.h"
#include "store/Connection.h"
#include "store/UsageReport.h"
#include "support/Expect.h"
#include "workspace/ModelDirectory.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

namespace lectern::workspace {

using namespace Qt::StringLiterals;
using servers::ModelServer;
using support::must;

namespace {

constexpr int kPatienceMs = 60'000;

QString write(const QTemporaryDir &place, const QString &name, const QByteArray &content)
{
    const QString path = place.filePath(name);
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

QByteArray fixtures(int latencyMs)
{
    QJsonObject fixture = servers::answering(
        servers::pageAnswer(), servers::usage(PaidWorkspace::kTokensIn, PaidWorkspace::kTokensOut));
    if (latencyMs > 0)
        fixture.insert(u"latency"_s, latencyMs);
    return servers::aiMockFile({fixture});
}

} // namespace

PaidWorkspace::PaidWorkspace(int latencyMs)
    : m_server(ModelServer::Program::AiMock, write(m_place, u"fixtures.json"_s, fixtures(latencyMs)))
{
    setPrice(1, 5);
}

PaidWorkspace::~PaidWorkspace() = default;

void PaidWorkspace::setPrice(double input, double output)
{
    write(m_place, u"config/models.json"_s,
          servers::priceFile({servers::price(kModel.text(), input, output)}));
}

Workspace &PaidWorkspace::open(bool work)
{
    Workspace::Options options;
    options.folder = folder();
    options.program = u"test"_s;
    options.helperProgram = QStringLiteral(LECTERN_BIN_DIR "/lectern-pdf");
    options.work = work;
    options.settingsFolder = m_place.filePath(u"config"_s);
    options.environment = [](const QString &) { return QString(); };
    m_workspace = must(Workspace::open(options, m_clock));
    if (must(m_workspace->directory().endpoints()).isEmpty()) {
        domain::Endpoint endpoint;
        endpoint.id = kModel.endpoint;
        endpoint.name = u"Mock"_s;
        endpoint.address = m_server.address();
        endpoint.concurrency = 8;
        must(m_workspace->saveEndpoint(endpoint));
    }
    return *m_workspace;
}

domain::DocumentId PaidWorkspace::addBook(const QString &name, int pages, int seed)
{
    return add(name, e2e::SamplePdf::book(pages, seed, 30));
}

domain::DocumentId PaidWorkspace::addPages(const QString &name, const QByteArrayList &pages)
{
    return add(name, e2e::SamplePdf::make(pages));
}

domain::DocumentId PaidWorkspace::add(const QString &name, const QByteArray &pdf)
{
    const QString path = write(m_place, name, pdf);
    const AddReport report = must(m_workspace->add({path}, domain::Goal::Text, base::CancelToken()));
    const domain::DocumentId id = report.documents.first();
    if (!waitSettled(id))
        qFatal("the book is not read");
    return id;
}

RunReport PaidWorkspace::analyse(const RunPages &pages, int trialPages, const QString &cap)
{
    RunRequest request;
    request.model = kModel;
    request.plan.cap = domain::Money::fromDecimal(cap);
    request.trialPages = trialPages;
    const models::Estimate expected = estimate(pages);
    if (expected.cost)
        request.plan.estimateLikely = expected.cost->expected;
    request.plan.estimatePages = expected.pagesToDo;
    return must(m_workspace->analyse(pages, request));
}

bool PaidWorkspace::wait(const std::function<bool()> &condition) const
{
    return QTest::qWaitFor(condition, kPatienceMs);
}

domain::Document PaidWorkspace::document(domain::DocumentId id)
{
    const auto reader = must(m_workspace->database().openReader());
    return must(store::Library::document(*reader, id));
}

bool PaidWorkspace::waitSettled(domain::DocumentId id)
{
    return wait([&] { return domain::isSettled(document(id).state); });
}

int PaidWorkspace::requests() const
{
    return static_cast<int>(m_server.journal().size());
}

models::Estimate PaidWorkspace::estimate(const RunPages &pages)
{
    return must(m_workspace->estimate(pages, kModel, base::CancelToken()));
}

domain::Money PaidWorkspace::spent()
{
    const auto reader = must(m_workspace->database().openReader());
    return must(store::UsageReport::totals(*reader, {})).spent;
}

} // namespace lectern::workspace
