// SPDX-License-Identifier: GPL-3.0-or-later
#include "embed/Transformer.h"

#include <algorithm>
#include <cmath>

namespace lectern::embed {

namespace {

static_assert(Transformer::kMostRows % kRowBlock == 0 && Transformer::kMostRows >= kMostPieces);
constexpr int kWidth = ModelFile::kWidth;

/// Sine and cosine of the place times each frequency, as the model was trained with.
std::vector<float> placesOf(const float *frequencies)
{
    std::vector<float> places;
    places.reserve(static_cast<size_t>(kMostPieces) * kWidth);
    for (int place = 0; place < kMostPieces; ++place) {
        for (int i = 0; i < kWidth / 2; ++i)
            places.push_back(std::sin(static_cast<float>(place) * frequencies[i]));
        for (int i = 0; i < kWidth / 2; ++i)
            places.push_back(std::cos(static_cast<float>(place) * frequencies[i]));
    }
    return places;
}

void add(const float *values, int rows, float *to)
{
    for (int i = 0; i < rows * kDimensions; ++i)
        to[i] += values[i];
}

/// Gives the vector the length 1.
void scaleToOne(Embedding &vector)
{
    double squares = 0;
    for (const float number : vector)
        squares += static_cast<double>(number) * static_cast<double>(number);
    const auto factor = static_cast<float>(1.0 / std::sqrt(std::max(squares, 1e-12)));
    for (float &number : vector)
        number *= factor;
}

} // namespace

Transformer::Room::Room()
    : m_pieces(static_cast<size_t>(kMostRows) * kWidth),
      m_residual(static_cast<size_t>(kMostRows) * kDimensions), m_narrow(m_residual.size()),
      m_wide(3 * m_residual.size()), m_numbers(m_wide.size()), m_steps(kMostRows)
{
}

Transformer::Transformer(const ModelFile &model, const Arithmetic &arithmetic)
    : m_model(model), m_arithmetic(arithmetic), m_places(placesOf(model.frequencies()))
{
}

int Transformer::rowsOf(const std::vector<int> &text)
{
    return static_cast<int>(std::min(text.size(), static_cast<size_t>(kMostPieces)));
}

/// Each piece's numbers twice (as the model was trained) and what its place adds.
void Transformer::look(std::span<const std::vector<int>> texts, float *rows) const
{
    for (const std::vector<int> &text : texts) {
        const float *place = m_places.data();
        for (int row = 0; row < rowsOf(text); ++row) {
            const qsizetype piece = text[static_cast<size_t>(row)];
            const qint8 *numbers = m_model.pieceNumbers() + piece * kWidth;
            const float *steps = m_model.pieceSteps() + piece * (kWidth / kGroup);
            for (int i = 0; i < kWidth; ++i)
                *rows++ = 2 * (static_cast<float>(numbers[i]) * steps[i / kGroup]) + *place++;
        }
    }
}

void Transformer::multiply(const Matrix &matrix, const float *values, int rows, Room &room,
                           float *results) const
{
    m_arithmetic.quantise(values, rows, matrix.inputs, room.m_numbers.data(), room.m_steps.data());
    m_arithmetic.multiply(matrix, room.m_numbers.data(), room.m_steps.data(), rows, results);
}

void Transformer::attend(const Layer &layer, std::span<const std::vector<int>> texts, const float *values,
                         int rows, Room &room) const
{
    const int width = layer.beforeAttention.width;
    m_arithmetic.normalise(layer.beforeAttention, values, rows, room.m_narrow.data());
    multiply(layer.queriesKeysValues, room.m_narrow.data(), rows, room, room.m_wide.data());
    qsizetype first = 0;
    for (const std::vector<int> &text : texts) {
        m_arithmetic.attend(room.m_wide.data() + first * 3 * width, rowsOf(text), width, room.m_attention,
                            room.m_narrow.data() + first * width);
        first += rowsOf(text);
    }
    multiply(layer.afterAttention, room.m_narrow.data(), rows, room, room.m_wide.data());
    add(room.m_wide.data(), rows, room.m_residual.data());
}

void Transformer::feedForward(const Layer &layer, int rows, Room &room) const
{
    m_arithmetic.normalise(layer.beforeFeedForward, room.m_residual.data(), rows, room.m_narrow.data());
    multiply(layer.widen, room.m_narrow.data(), rows, room, room.m_wide.data());
    for (float &number : std::span(room.m_wide).first(static_cast<size_t>(rows * layer.widen.outputs)))
        number = std::max(number, 0.0F);
    multiply(layer.narrow, room.m_wide.data(), rows, room, room.m_narrow.data());
    add(room.m_narrow.data(), rows, room.m_residual.data());
}

/// From the mean of each text's rows to its vector.
void Transformer::conclude(std::span<const std::vector<int>> texts, Room &room, Embedding *results) const
{
    const float *row = room.m_residual.data();
    float *mean = room.m_narrow.data();
    for (const std::vector<int> &text : texts) {
        std::fill_n(mean, kDimensions, 0.0F);
        const int rows = rowsOf(text);
        for (int i = 0; i < rows; ++i, row += kDimensions) {
            for (int number = 0; number < kDimensions; ++number)
                mean[number] += row[number];
        }
        for (int number = 0; number < kDimensions; ++number)
            mean[number] /= static_cast<float>(std::max(rows, 1));
        mean += kDimensions;
    }
    multiply(m_model.last(), room.m_narrow.data(), static_cast<int>(texts.size()), room, room.m_wide.data());
    for (size_t text = 0; text < texts.size(); ++text) {
        const float *from = room.m_wide.data() + text * kDimensions;
        std::transform(from, from + kDimensions, results[text].begin(),
                       [](float number) { return std::tanh(number); });
        scaleToOne(results[text]);
    }
}

void Transformer::embed(std::span<const std::vector<int>> texts, Room &room, Embedding *results) const
{
    int rows = 0;
    for (const std::vector<int> &text : texts)
        rows += rowsOf(text);
    look(texts, room.m_pieces.data());
    multiply(m_model.widenFirst(), room.m_pieces.data(), rows, room, room.m_residual.data());
    const float *values = room.m_pieces.data();
    for (const Layer &layer : m_model.layers()) {
        attend(layer, texts, values, rows, room);
        feedForward(layer, rows, room);
        values = room.m_residual.data();
    }
    conclude(texts, room, results);
}

} // namespace lectern::embed
