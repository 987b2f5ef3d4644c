// SPDX-License-Identifier: GPL-3.0-or-later
#include "ModelScene.h"

#include "SamplePdf.h"
#include "Sqlite.h"
#include "servers/ModelFixtures.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace lectern::e2e {

ModelScene::ModelScene(int pages, const QStringList &models)
{
    m_scene.setEnvironment(u"XDG_CONFIG_HOME"_s, m_scene.file(u"config"_s));
    for (const QString &name : {u"OPENAI_API_KEY"_s, u"OPENAI_BASE_URL"_s, u"OPENROUTER_API_KEY"_s})
        m_scene.unsetEnvironment(name);
    QJsonArray prices;
    for (const QString &model : models)
        prices.append(servers::price(u"mock/"_s + model, 1, 5));
    setPrices(prices);
    m_book = m_scene.write(u"book.pdf"_s, SamplePdf::book(pages, 7));
}

QJsonArray ModelScene::answersByPage(int pages, const BillOf &bill, int msPerPiece)
{
    QJsonArray fixtures;
    for (int page = 1; page <= pages; ++page) {
        QJsonObject fixture = servers::answering(servers::pageAnswer(u"Page %1"_s.arg(page)), bill(page),
                                                 {{u"userMessage"_s, u"Chapter %1 of"_s.arg(page)}});
        if (msPerPiece > 0)
            fixture.insert(u"latency"_s, msPerPiece);
        fixtures.append(fixture);
    }
    return fixtures;
}

int ModelScene::pageOf(const QJsonObject &entry)
{
    static const QRegularExpression heading(u"Chapter (\\d+) of"_s);
    const QJsonArray messages = entry.value(u"body"_s).toObject().value(u"messages"_s).toArray();
    for (const QJsonValue message : messages) {
        const auto match = heading.match(message.toObject().value(u"content"_s).toString());
        if (match.hasMatch())
            return match.captured(1).toInt();
    }
    return 0;
}

void ModelScene::setPrices(const QJsonArray &prices)
{
    m_scene.write(u"config/lectern/models.json"_s, servers::priceFile(prices));
}

Finished ModelScene::addEndpoint(const QString &address, const QStringList &options)
{
    return m_scene.run(
        QStringList{u"endpoints"_s, u"add"_s, u"mock"_s, u"--kind"_s, u"other"_s, u"--address"_s, address} +
        options);
}

QStringList ModelScene::indexing(const QStringList &options, const QString &model) const
{
    return QStringList{u"index"_s, u"--json"_s, u"--model"_s, u"mock/"_s + model} + options +
           QStringList{m_book};
}

QJsonObject ModelScene::total()
{
    return m_scene.run({u"costs"_s, u"--json"_s}).object().value(u"total"_s).toObject();
}

QVector<QJsonObject> ModelScene::rows()
{
    return m_scene.run({u"costs"_s, u"--rows"_s, u"--json"_s}).events();
}

QJsonObject ModelScene::page(int number)
{
    return m_scene.run({u"page"_s, u"--json"_s, u"book.pdf"_s, QString::number(number)}).object();
}

QByteArray ModelScene::value(const QByteArray &sql) const
{
    return Sqlite::value(m_scene.database(), sql);
}

int ModelScene::attempts(int page) const
{
    return value("SELECT attempt FROM job WHERE kind = 2 AND page_number = " + QByteArray::number(page))
        .toInt();
}

} // namespace lectern::e2e
