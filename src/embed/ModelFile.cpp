// SPDX-License-Identifier: GPL-3.0-or-later
#include "embed/ModelFile.h"

#include "embed/Embedding.h"

#include <QCryptographicHash>
#include <QFile>
#include <QtEndian>

#include <algorithm>
#include <cmath>

namespace lectern::embed {

namespace {

using namespace Qt::StringLiterals;

constexpr std::string_view kMagic = "LECTERN\x1a";
constexpr quint32 kVersion = 1;
constexpr qsizetype kHeader = 128;
constexpr qsizetype kAlignment = 64;
constexpr qsizetype kHash = 32;

struct Header {
    quint32 version = 0;
    quint32 dimensions = 0;
    quint32 pieces = 0;
    quint32 payload = 0;
};

Header headerOf(const QByteArray &bytes)
{
    const auto number = [&](qsizetype place) {
        return qFromLittleEndian<quint32>(bytes.constData() + place);
    };
    return {number(8), number(12), number(16), number(20)};
}

tl::unexpected<base::Error> unusable(const QString &path, const QString &why)
{
    return base::fail(base::ErrorCode::EmbeddingMissing, path + u": "_s + why);
}

} // namespace

/// Hands out the arrays of the payload one after the other. Once something did not fit, all that follows is
/// null.
class ModelFile::Reader {
public:
    explicit Reader(const QByteArray &bytes) : m_bytes(bytes) {}

    template <class T> const T *array(qsizetype count)
    {
        const qsizetype size = count * static_cast<qsizetype>(sizeof(T));
        if (m_broken || size > m_bytes.size() - m_at) {
            m_broken = true;
            return nullptr;
        }
        const char *start = m_bytes.constData() + m_at;
        m_at += (size + kAlignment - 1) / kAlignment * kAlignment;
        // Arrays begin at multiples of 64 bytes from the start of a heap block, whose own alignment suffices.
        return reinterpret_cast<const T *>(start);
    }

    const float *numbers(qsizetype count)
    {
        const auto *found = array<float>(count);
        if (found && !std::all_of(found, found + count, [](float number) { return std::isfinite(number); }))
            m_broken = true;
        return found;
    }

    Matrix matrix(int inputs, int outputs, int parts = 1)
    {
        Matrix matrix{inputs, outputs, parts};
        const qsizetype weights = static_cast<qsizetype>(parts) * inputs * outputs;
        matrix.bias = numbers(outputs);
        matrix.steps = numbers(weights / kGroup);
        matrix.weights = array<qint8>(weights);
        return matrix;
    }

    Norm norm(int width)
    {
        Norm norm{width};
        norm.scale = numbers(width);
        norm.shift = numbers(width);
        return norm;
    }

    std::vector<std::string_view> pieces(int count)
    {
        std::vector<std::string_view> found;
        qsizetype at = m_at;
        for (int i = 0; i < count && at < m_bytes.size(); ++i) {
            const auto length = static_cast<unsigned char>(m_bytes[at]);
            if (length == 0 || length >= m_bytes.size() - at)
                break;
            found.emplace_back(m_bytes.constData() + at + 1, length);
            at += 1 + length;
        }
        if (found.size() == static_cast<size_t>(count))
            array<char>(at - m_at);
        else
            m_broken = true;
        return found;
    }

    [[nodiscard]] bool finished() const { return !m_broken && m_at == m_bytes.size(); }

private:
    const QByteArray &m_bytes;
    qsizetype m_at = kHeader;
    bool m_broken = false;
};

bool ModelFile::readParts(Reader &reader, int pieceCount)
{
    m_pieces = reader.pieces(pieceCount);
    m_scores = reader.array<double>(pieceCount);
    m_frequencies = reader.numbers(kWidth / 2);
    m_pieceSteps = reader.numbers(static_cast<qsizetype>(pieceCount) * kWidth / kGroup);
    m_pieceNumbers = reader.array<qint8>(static_cast<qsizetype>(pieceCount) * kWidth);
    m_widenFirst = reader.matrix(kWidth, kDimensions, 2);
    for (Layer &layer : m_layers) {
        const bool first = &layer == &m_layers.front();
        const int width = first ? kWidth : kDimensions;
        const int parts = first ? 2 : 1;
        layer.beforeAttention = reader.norm(width);
        layer.queriesKeysValues = reader.matrix(width, 3 * width, parts);
        layer.afterAttention = reader.matrix(width, kDimensions, parts);
        layer.beforeFeedForward = reader.norm(kDimensions);
        layer.widen = reader.matrix(kDimensions, 3 * kDimensions);
        layer.narrow = reader.matrix(3 * kDimensions, kDimensions);
    }
    m_last = reader.matrix(kDimensions, kDimensions);
    return reader.finished();
}

base::Result<ModelFile> ModelFile::read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unusable(path, file.errorString());
    ModelFile model;
    model.m_bytes = file.read(kMostBytes);
    const QByteArray &bytes = model.m_bytes;
    if (bytes.size() < kHeader || std::string_view(bytes.constData(), kMagic.size()) != kMagic)
        return unusable(path, u"not an embedding"_s);
    const Header header = headerOf(bytes);
    if (header.version != kVersion || header.dimensions != kDimensions)
        return unusable(path, u"version %1 with %2 dimensions"_s.arg(header.version).arg(header.dimensions));
    if (bytes.size() - kHeader != static_cast<qsizetype>(header.payload) || !file.atEnd())
        return unusable(path, u"not complete"_s);
    const QByteArrayView payload = QByteArrayView(bytes).sliced(kHeader);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(payload);
    if (hash.result() != bytes.mid(64, kHash))
        return unusable(path, u"damaged"_s);
    model.m_source = bytes.mid(32, kHash);
    Reader reader(bytes);
    if (header.pieces > header.payload || !model.readParts(reader, static_cast<int>(header.pieces)))
        return unusable(path, u"not in the form that this version reads"_s);
    return model;
}

} // namespace lectern::embed
