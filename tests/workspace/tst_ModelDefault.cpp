// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/Expect.h"
#include "support/Strict.h"
#include "workspace/ModelDefault.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace lectern;
using namespace lectern::workspace;
using domain::Endpoint;
using domain::EndpointKind;
using domain::ModelRef;
using models::Role;
using Origin = ModelDefault::Origin;

namespace {

const QDate kToday(2026, 11, 22);

Endpoint endpoint(const QString &id, EndpointKind kind)
{
    Endpoint endpoint;
    endpoint.id = id;
    endpoint.kind = kind;
    return endpoint;
}

} // namespace

class tst_ModelDefault : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        support::failOnWarnings();
        m_catalogue = support::must(models::Catalogue::builtIn());
        models::ListedModel listed;
        listed.id = u"openai/gpt-6-luna"_s;
        m_catalogue.setListed(u"openrouter"_s, {listed}, u"2026-11-20"_s);
        m_endpoints = {endpoint(u"openai"_s, EndpointKind::OpenAi),
                       endpoint(u"openrouter"_s, EndpointKind::OpenRouter)};
    }
    void variablesOfRoles();
    void namesAreFound_data();
    void namesAreFound();
    void theSettingGoesBeforeTheVariable();
    void onlyAnalysisFallsBackToTheCatalogue();
    void whatNobodyHasIsSaid();

private:
    [[nodiscard]] ModelDefault find(Role role, const QString &chosen, const QString &variable) const
    {
        return modelDefault(role, chosen, variable, m_endpoints, m_catalogue, kToday);
    }

    models::Catalogue m_catalogue{{}};
    QVector<Endpoint> m_endpoints;
};

void tst_ModelDefault::variablesOfRoles()
{
    QCOMPARE(modelVariable(Role::Analysis), u"ANALYSIS_MODEL"_s);
    QCOMPARE(modelVariable(Role::Embedding), u"EMBEDDING_MODEL"_s);
    QCOMPARE(modelVariable(Role::Chat), u"CHAT_MODEL"_s);
}

void tst_ModelDefault::namesAreFound_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("model");
    QTest::newRow("written in full") << u"openai/gpt-4o"_s << u"openai/gpt-4o"_s;
    QTest::newRow("of an endpoint, not listed") << u"openrouter/acme/new"_s << u"openrouter/acme/new"_s;
    QTest::newRow("alone, as other programs write it") << u"gpt-4o-mini"_s << u"openai/gpt-4o-mini"_s;
    QTest::newRow("alone, and in nobody's list") << u"gpt-next"_s << u"openai/gpt-next"_s;
    QTest::newRow("none") << QString() << QString();
    QTest::newRow("of an endpoint that is gone") << u"home/llama"_s << QString();
}

void tst_ModelDefault::namesAreFound()
{
    QFETCH(QString, name);
    QFETCH(QString, model);
    const auto found = modelNamed(name, m_endpoints, m_catalogue);
    QCOMPARE(found ? found->text() : QString(), model);
    QVERIFY(!modelNamed(name, {}, m_catalogue));
}

void tst_ModelDefault::theSettingGoesBeforeTheVariable()
{
    const ModelDefault set = find(Role::Chat, u"openai/gpt-4o"_s, u"gpt-5-mini"_s);
    QVERIFY(set.model == (ModelRef{u"openai"_s, u"gpt-4o"_s}));
    QCOMPARE(set.origin, Origin::Setting);
    const ModelDefault named = find(Role::Chat, {}, u"gpt-5-mini"_s);
    QVERIFY(named.model == (ModelRef{u"openai"_s, u"gpt-5-mini"_s}));
    QCOMPARE(named.origin, Origin::Environment);
    QCOMPARE(describe(named), u"chat: openai/gpt-5-mini (CHAT_MODEL)"_s);
    // Where only a router is left, it serves the other's models under the same name.
    m_endpoints.removeFirst();
    QVERIFY(find(Role::Chat, {}, u"openai/gpt-6-luna"_s).model ==
            (ModelRef{u"openrouter"_s, u"openai/gpt-6-luna"_s}));
    // The built-in analyser is a choice too.
    for (const auto &[chosen, variable] :
         {std::pair(u"built-in"_s, u"gpt-4o"_s), std::pair(QString(), u"built-in"_s)})
        QVERIFY(!find(Role::Analysis, chosen, variable).model);
    QCOMPARE(find(Role::Analysis, {}, u"built-in"_s).origin, Origin::Environment);
}

void tst_ModelDefault::onlyAnalysisFallsBackToTheCatalogue()
{
    const ModelDefault analysis = find(Role::Analysis, {}, {});
    QCOMPARE(analysis.origin, Origin::Catalogue);
    QVERIFY(analysis.model.has_value());
    for (const Role role : {Role::Embedding, Role::Chat}) {
        QVERIFY(!find(role, {}, {}).model);
        QCOMPARE(find(role, {}, {}).origin, Origin::Nobody);
    }
    QCOMPARE(describe(find(Role::Embedding, {}, {})), u"embedding: none"_s);
    m_endpoints.clear();
    QCOMPARE(find(Role::Analysis, {}, {}).origin, Origin::Nobody);
    QCOMPARE(describe(find(Role::Analysis, {}, {})), u"analysis: built-in"_s);
}

void tst_ModelDefault::whatNobodyHasIsSaid()
{
    const ModelDefault found = find(Role::Embedding, {}, u"home/bge"_s);
    QVERIFY(!found.model);
    QCOMPARE(found.unusable, u"home/bge"_s);
    QVERIFY(describe(found).contains(u"“home/bge” of EMBEDDING_MODEL"_s));
}

QTEST_GUILESS_MAIN(tst_ModelDefault)
#include "tst_ModelDefault.moc"
