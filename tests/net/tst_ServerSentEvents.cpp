// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/ServerSentEvents.h"

#include "support/Strict.h"

#include <QTest>

#include <algorithm>

using namespace lectern;
using Events = QVector<net::ServerSentEvent>;

namespace {

Events all(const QByteArray &stream, qsizetype pieceSize)
{
    net::ServerSentEvents parser;
    Events events;
    for (qsizetype i = 0; i < stream.size(); i += pieceSize)
        events += parser.feed(QByteArrayView(stream).sliced(i, std::min(pieceSize, stream.size() - i)));
    return events + parser.finish();
}

} // namespace

class ServerSentEventsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void reads_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QByteArrayList>("data");
        const auto row = [](const char *name, const QByteArray &stream, const QByteArrayList &data) {
            QTest::newRow(name) << stream << data;
        };
        row("nothing", "", {});
        row("one", "data: {\"a\":1}\n\n", {"{\"a\":1}"});
        row("without a space", "data:x\n\n", {"x"});
        row("only one space goes", "data:  x\n\n", {" x"});
        row("lines end with CR LF", "data: a\r\n\r\ndata: b\r\n\r\n", {"a", "b"});
        row("lines end with CR", "data: a\r\rdata: b\r\r", {"a", "b"});
        row("comments", ": keep-alive\n\n:\n\ndata: a\n: in between\n\n", {"a"});
        row("OpenRouter's comment", ": OPENROUTER PROCESSING\n\ndata: a\n\n", {"a"});
        row("several lines", "data: a\ndata: b\ndata:\n\n", {"a\nb\n"});
        row("end mark", "data: a\n\ndata: [DONE]\n\n", {"a", "[DONE]"});
        row("without its last empty line", "data: a\n\ndata: [DONE]", {"a", "[DONE]"});
        row("byte order mark",
            "\xef\xbb\xbf"
            "data: a\n\n",
            {"a"});
        row("unknown fields", "id: 4\nretry: 3\nnonsense\ndata: a\n\n", {"a"});
        row("event without data", "event: ping\n\ndata: a\n\n", {"a"});
        row("empty data", "data\n\n", {""});
        row("UTF-8 cut anywhere", "data: \xe5\xa6\x82\xf0\x9f\x98\x80\n\n", {"\xe5\xa6\x82\xf0\x9f\x98\x80"});
    }

    void reads()
    {
        QFETCH(QByteArray, stream);
        QFETCH(QByteArrayList, data);
        // Cut into pieces of every size, the result is the same.
        for (qsizetype size = 1; size <= std::max<qsizetype>(1, stream.size()); ++size) {
            QByteArrayList found;
            for (const net::ServerSentEvent &event : all(stream, size))
                found.append(event.data);
            QCOMPARE(found, data);
        }
    }

    void keepsTheNameOfAnEvent()
    {
        const Events expected{{"error", "a"}, {"", "b"}};
        QCOMPARE(all("event: error\ndata: a\n\ndata: b\n\n", 3), expected);
    }

    void givesAnEventAsSoonAsItIsWhole()
    {
        net::ServerSentEvents parser;
        QVERIFY(parser.feed("data: a\n").isEmpty());
        QCOMPARE(parser.feed("\n").size(), 1);
        QCOMPARE(parser.feed("data: b\r\n\r").size(), 1);
        QVERIFY(parser.feed("\n").isEmpty());
        QVERIFY(parser.finish().isEmpty());
    }
};

QTEST_GUILESS_MAIN(ServerSentEventsTest)
#include "tst_ServerSentEvents.moc"
