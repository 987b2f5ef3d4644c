// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "embed/Embedding.h"

#include <QString>
#include <QStringList>
#include <QVector>

#include <memory>

namespace lectern::embed {

/// Where the built-in embedding's file is: what LECTERN_EMBEDDING says, a path, or "none" to go without; else
/// in ../share/lectern of the running program, where both the build and the installation put it, else beside
/// the program. Empty when there is none. Needs a QCoreApplication.
[[nodiscard]] QString embeddingFilePath();

/// The built-in sentence embedding: Universal Sentence Encoder Lite, for English. What a text means becomes a
/// direction in 512 dimensions. Needs no network and no graphics card; 2 to 5 ms for a sentence on one core,
/// and the same bits on every machine. Immutable: any number of threads may call it at once, and copies share
/// the model (8 MB).
class SentenceEmbedder {
public:
    /// Takes some 30 ms. Errors: EmbeddingMissing when the file is missing, damaged or of another version;
    /// the detail says which.
    [[nodiscard]] static base::Result<SentenceEmbedder> load(const QString &path);

    /// The longest text in pieces (of which an English word has 1.3 in the mean). What follows is not read.
    static constexpr int kMostPieces = 128;

    /// The vector of each text, in order. Any text has one, an empty one too. Looks at `cancel` every 20 ms.
    /// Errors: Cancelled.
    [[nodiscard]] base::Result<QVector<Embedding>> embed(const QStringList &texts,
                                                         const base::CancelToken &cancel = {}) const;

    /// The pieces a text is cut into, at most those of its first 8,192 UTF-16 units. Linear, about 1 µs for
    /// six characters.
    [[nodiscard]] int pieceCount(QStringView text) const;

    /// Says which model made a vector: vectors of embedders with equal names can be compared.
    [[nodiscard]] QString name() const;

private:
    struct Model;

    explicit SentenceEmbedder(std::shared_ptr<const Model> model);

    std::shared_ptr<const Model> m_model;
};

} // namespace lectern::embed
