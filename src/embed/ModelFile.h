// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "embed/Matrix.h"

#include <QByteArray>
#include <QString>
#include <QVector>

#include <array>
#include <string_view>
#include <vector>

namespace lectern::embed {

/// One layer of the transformer.
struct Layer {
    Norm beforeAttention;
    Matrix queriesKeysValues;
    Matrix afterAttention;
    Norm beforeFeedForward;
    Matrix widen;
    Matrix narrow;
};

/// The file that resources/embedding/pack-model.mjs makes: the vocabulary and the weights of Universal
/// Sentence Encoder Lite, whole numbers of 8 bits. Immutable; everything points into the bytes, which it
/// owns.
class ModelFile {
public:
    /// Reads and checks a file: 7.6 MB, some 20 ms. Errors: EmbeddingMissing, with the path and what is
    /// wrong with it.
    [[nodiscard]] static base::Result<ModelFile> read(const QString &path);

    static constexpr int kWidth = 256;          ///< numbers that stand for one piece
    static constexpr int kMostBytes = 64 << 20; ///< larger files are not read

    /// What the weights were made from: SHA-256 of the published files. Vectors of equal ones can be
    /// compared.
    [[nodiscard]] const QByteArray &source() const { return m_source; }
    [[nodiscard]] const std::vector<std::string_view> &pieces() const { return m_pieces; } ///< UTF-8
    [[nodiscard]] const double *scores() const { return m_scores; }                        ///< of each piece
    [[nodiscard]] const float *frequencies() const { return m_frequencies; }   ///< of the place, [kWidth / 2]
    [[nodiscard]] const float *pieceSteps() const { return m_pieceSteps; }     ///< [pieces][kWidth / kGroup]
    [[nodiscard]] const qint8 *pieceNumbers() const { return m_pieceNumbers; } ///< [pieces][kWidth]
    [[nodiscard]] const Matrix &widenFirst() const { return m_widenFirst; }
    [[nodiscard]] const std::array<Layer, 2> &layers() const { return m_layers; }
    [[nodiscard]] const Matrix &last() const { return m_last; }

private:
    class Reader;

    [[nodiscard]] bool readParts(Reader &reader, int pieceCount);

    QByteArray m_bytes;
    QByteArray m_source;
    std::vector<std::string_view> m_pieces;
    const double *m_scores = nullptr;
    const float *m_frequencies = nullptr;
    const float *m_pieceSteps = nullptr;
    const qint8 *m_pieceNumbers = nullptr;
    Matrix m_widenFirst;
    std::array<Layer, 2> m_layers;
    Matrix m_last;
};

} // namespace lectern::embed
