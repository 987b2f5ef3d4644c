// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/MessageText.h"
#include "support/Strict.h"

#include <QLocale>
#include <QTest>

using namespace lectern::presentation;
using lectern::base::ErrorCode;
using lectern::domain::Endpoint;
using lectern::domain::EndpointKind;
using namespace Qt::StringLiterals;

namespace {

Endpoint endpoint(EndpointKind kind, const QString &name)
{
    Endpoint endpoint;
    endpoint.id = u"one"_s;
    endpoint.name = name;
    endpoint.kind = kind;
    endpoint.address = MessageText::usualAddress(kind);
    return endpoint;
}

constexpr EndpointKind kKinds[] = {EndpointKind::OpenAi,   EndpointKind::OpenRouter, EndpointKind::Ollama,
                                   EndpointKind::LmStudio, EndpointKind::LlamaCpp,   EndpointKind::Other};

} // namespace

class MessageTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { lectern::support::failOnWarnings(); }

    void everyKindHasWords()
    {
        for (const EndpointKind kind : kKinds) {
            QVERIFY(!MessageText::kindName(kind).isEmpty());
            QVERIFY(!MessageText::kindHint(kind).isEmpty());
            const QString address = MessageText::usualAddress(kind);
            if (kind != EndpointKind::Other)
                QCOMPARE(MessageText::addressObstacle(address, false), QString());
        }
    }

    void everyProblemSaysWhatToDo()
    {
        for (const EndpointKind kind : kKinds) {
            for (const ErrorCode code :
                 {ErrorCode::KeyMissing, ErrorCode::KeyRefused, ErrorCode::OutOfCredit,
                  ErrorCode::EndpointUnreachable, ErrorCode::EndpointStalled, ErrorCode::EndpointFailed,
                  ErrorCode::EndpointNonsense, ErrorCode::TlsFailed, ErrorCode::PlainHttpRefused,
                  ErrorCode::RateLimited, ErrorCode::ModelNotFound, ErrorCode::KeyStoreUnavailable}) {
                const Message message = MessageText::problem({code, {}}, endpoint(kind, u"Mine"_s));
                QVERIFY(!message.text.isEmpty());
                QVERIFY(!message.next.isEmpty());
                QVERIFY(!message.iconName.isEmpty());
            }
        }
    }

    void adviceFitsTheKind()
    {
        const lectern::base::Error unreachable{ErrorCode::EndpointUnreachable, {}};
        QVERIFY(MessageText::problem(unreachable, endpoint(EndpointKind::Ollama, u"At home"_s))
                    .next.contains(u"Start Ollama"_s));
        QVERIFY(MessageText::problem(unreachable, endpoint(EndpointKind::OpenAi, u"OpenAI"_s))
                    .next.contains(u"network"_s));
    }

    void detailsOfErrorsAreNotShown()
    {
        // A server may repeat the key in what it says.
        const Message message = MessageText::problem({ErrorCode::KeyRefused, u"key sk-secret123 invalid"_s},
                                                     endpoint(EndpointKind::OpenAi, u"OpenAI"_s));
        QVERIFY(!message.paragraph().contains(u"sk-secret123"_s));
    }

    void tests()
    {
        const Endpoint openai = endpoint(EndpointKind::OpenAi, u"OpenAI"_s);
        EndpointTest test;
        test.running = true;
        QCOMPARE(MessageText::test(test, openai).text, u"Asking OpenAI…"_s);
        test.running = false;
        test.models = 312;
        test.milliseconds = 432;
        QCOMPARE(MessageText::test(test, openai).text, u"Works: 312 models, answered in 0.4 s."_s);
        test.creditLeft = lectern::domain::Money::fromDecimal(u"8.1"_s);
        QCOMPARE(MessageText::test(test, openai).text,
                 u"Works: 312 models, $8.10 left, answered in 0.4 s."_s);
        test.problem = {ErrorCode::KeyRefused, {}};
        QCOMPARE(MessageText::test(test, openai).text, u"OpenAI does not accept the key."_s);
        QCOMPARE(MessageText::test(test, openai).tone, StateTone::Failed);
        test.problem.reset();
        test.models = 0;
        const Message none = MessageText::test(test, endpoint(EndpointKind::LmStudio, u"LM Studio"_s));
        QCOMPARE(none.tone, StateTone::Waiting);
        QVERIFY(none.next.contains(u"Load a model"_s));
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("usable");
        QTest::addColumn<bool>("usableWithPlainHttp");
        QTest::newRow("https") << u"https://example.org/v1"_s << true << true;
        QTest::newRow("blanks") << u"  https://example.org/v1 "_s << true << true;
        QTest::newRow("this computer") << u"http://127.0.0.1:8080/v1"_s << true << true;
        QTest::newRow("localhost") << u"http://localhost:1234/v1"_s << true << true;
        QTest::newRow("v6") << u"http://[::1]:1234/v1"_s << true << true;
        QTest::newRow("plain") << u"http://example.org/v1"_s << false << true;
        QTest::newRow("looks like this computer") << u"http://127.example.org/v1"_s << false << true;
        QTest::newRow("localhost of somebody") << u"http://localhost.example.org/v1"_s << false << true;
        QTest::newRow("empty") << QString() << false << false;
        QTest::newRow("no scheme") << u"example.org/v1"_s << false << false;
        QTest::newRow("file") << u"file:///etc/passwd"_s << false << false;
        QTest::newRow("key inside") << u"https://user:secret@example.org/v1"_s << false << false;
        QTest::newRow("query") << u"https://example.org/v1?key=x"_s << false << false;
    }
    void addresses()
    {
        QFETCH(QString, address);
        QFETCH(bool, usable);
        QFETCH(bool, usableWithPlainHttp);
        QCOMPARE(MessageText::addressObstacle(address, false).isEmpty(), usable);
        QCOMPARE(MessageText::addressObstacle(address, true).isEmpty(), usableWithPlainHttp);
    }

    void states()
    {
        EndpointView view;
        view.endpoint = endpoint(EndpointKind::OpenRouter, u"OpenRouter"_s);
        view.state = EndpointView::State::Loading;
        QCOMPARE(MessageText::state(view).text, u"Still loading…"_s);
        view.state = EndpointView::State::Ready;
        view.models = 1;
        QCOMPARE(MessageText::state(view).text, u"1 model"_s);
        view.state = EndpointView::State::Failed;
        view.problem = {ErrorCode::EndpointUnreachable, {}};
        QVERIFY(MessageText::state(view).text.contains(u"OpenRouter"_s));
    }

    void keys()
    {
        QCOMPARE(MessageText::keyPlace(KeyPlace::Memory, u"1a2b"_s),
                 u"Key ending in 1a2b, kept in memory until Lectern closes."_s);
        QVERIFY(MessageText::fileWarning().contains(u"unencrypted"_s));
        QCOMPARE(MessageText::found({EndpointKind::Ollama, u"http://127.0.0.1:11434/v1"_s, 3}),
                 u"Ollama runs on this computer, with 3 models."_s);
    }
};

QTEST_GUILESS_MAIN(MessageTextTest)
#include "tst_MessageText.moc"
