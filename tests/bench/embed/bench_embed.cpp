// SPDX-License-Identifier: GPL-3.0-or-later
// bench_embed vectors|time [BATCH]: what the built-in embedding makes of a JSON list of texts on stdin, as
// tests/embed/reference.mjs does. "vectors" writes 512 floats a text, "time" the seconds of processor time
// for all of them, BATCH at once, after a first round that is not measured.
#include "embed/SentenceEmbedder.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>
#include <ctime>

using namespace lectern::embed;

namespace {

QVector<Embedding> vectorsOf(const SentenceEmbedder &embedder, const QStringList &texts, qsizetype batch)
{
    QVector<Embedding> all;
    for (qsizetype start = 0; start < texts.size(); start += batch) {
        const auto some = embedder.embed(texts.mid(start, batch));
        if (!some)
            qFatal("%s", qPrintable(some.error().detail));
        all += *some;
    }
    return all;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const qsizetype batch = arguments.value(2, QStringLiteral("16")).toInt();
    QFile input;
    if (arguments.size() < 2 || batch < 1 || !input.open(stdin, QIODevice::ReadOnly))
        qFatal("usage: bench_embed vectors|time [BATCH] <TEXTS");
    QStringList texts;
    const QJsonArray list = QJsonDocument::fromJson(input.readAll()).array();
    for (const QJsonValue &text : list)
        texts.append(text.toString());
    const auto embedder = SentenceEmbedder::load(embeddingFilePath());
    if (!embedder)
        qFatal("%s", qPrintable(embedder.error().detail));

    const QVector<Embedding> vectors = vectorsOf(*embedder, texts, batch);
    if (arguments.at(1) == QStringLiteral("vectors")) {
        std::fwrite(vectors.constData(), sizeof(Embedding), static_cast<size_t>(vectors.size()), stdout);
        return 0;
    }
    const std::clock_t before = std::clock();
    (void)vectorsOf(*embedder, texts, batch);
    std::printf("%.6f\n", static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC);
    return 0;
}
