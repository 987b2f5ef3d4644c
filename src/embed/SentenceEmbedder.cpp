// SPDX-License-Identifier: GPL-3.0-or-later
#include "embed/SentenceEmbedder.h"

#include "embed/ModelFile.h"
#include "embed/PieceTokenizer.h"
#include "embed/Transformer.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <span>
#include <utility>
#include <vector>

namespace lectern::embed {

static_assert(SentenceEmbedder::kMostPieces == embed::kMostPieces);

QString embeddingFilePath()
{
    if (qEnvironmentVariableIsSet("LECTERN_EMBEDDING"))
        return qEnvironmentVariable("LECTERN_EMBEDDING");
    const QString folder = QCoreApplication::applicationDirPath();
    for (const auto *place : {"/../share/lectern/" LECTERN_EMBEDDING_FILE, "/" LECTERN_EMBEDDING_FILE}) {
        const QFileInfo file(folder + QLatin1String(place));
        if (file.isFile())
            return file.canonicalFilePath();
    }
    return {};
}

struct SentenceEmbedder::Model {
    explicit Model(ModelFile read)
        : file(std::move(read)), tokenizer(file.pieces(), file.scores()), transformer(file)
    {
    }

    ModelFile file;
    PieceTokenizer tokenizer;
    Transformer transformer;
};

base::Result<SentenceEmbedder> SentenceEmbedder::load(const QString &path)
{
    if (path.isEmpty())
        return base::fail(base::ErrorCode::EmbeddingMissing, QStringLiteral(LECTERN_EMBEDDING_FILE));
    base::Result<ModelFile> file = ModelFile::read(path);
    if (!file)
        return base::fail(file.error());
    return SentenceEmbedder(std::make_shared<const Model>(*std::move(file)));
}

SentenceEmbedder::SentenceEmbedder(std::shared_ptr<const Model> model) : m_model(std::move(model)) {}

base::Result<QVector<Embedding>> SentenceEmbedder::embed(const QStringList &texts,
                                                         const base::CancelToken &cancel) const
{
    QVector<Embedding> results(texts.size());
    Transformer::Room room;
    std::vector<std::vector<int>> together;
    int rows = 0;
    qsizetype done = 0;
    const auto pass = [&] {
        m_model->transformer.embed(together, room, results.data() + done);
        done += static_cast<qsizetype>(together.size());
        together.clear();
        rows = 0;
    };
    for (const QString &text : texts) {
        if (cancel.isCancelled())
            return base::fail(base::ErrorCode::Cancelled);
        std::vector<int> pieces = m_model->tokenizer.encode(text);
        const int more = Transformer::rowsOf(pieces);
        if (rows + more > Transformer::kMostRows || together.size() == Transformer::kMostRows)
            pass();
        rows += more;
        together.push_back(std::move(pieces));
    }
    if (!together.empty())
        pass();
    return results;
}

int SentenceEmbedder::pieceCount(QStringView text) const
{
    return static_cast<int>(m_model->tokenizer.encode(text).size());
}

QString SentenceEmbedder::name() const
{
    return QStringLiteral("use-lite-en-") + QString::fromLatin1(m_model->file.source().toHex().left(12));
}

} // namespace lectern::embed
