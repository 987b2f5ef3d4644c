// SPDX-License-Identifier: GPL-3.0-or-later
#include "embed/Arithmetic.h"
#include "support/Strict.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <vector>

using namespace lectern;
using namespace lectern::embed;

namespace {

std::vector<float> randomNumbers(int count, unsigned seed, float spread = 1)
{
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0, spread);
    std::vector<float> numbers(static_cast<size_t>(count));
    for (float &number : numbers)
        number = normal(random);
    return numbers;
}

/// A matrix with its memory.
struct OwnMatrix {
    OwnMatrix(int inputs, int outputs, int parts, unsigned seed)
        : bias(randomNumbers(outputs, seed)),
          steps(randomNumbers(parts * inputs / kGroup * outputs, seed + 1, 0.01F)),
          weights(static_cast<size_t>(parts * inputs * outputs))
    {
        std::mt19937 random(seed + 2);
        for (qint8 &weight : weights)
            weight = static_cast<qint8>(static_cast<int>(random() % 255) - 127);
        matrix = {inputs, outputs, parts, bias.data(), steps.data(), weights.data()};
    }

    [[nodiscard]] double weight(int input, int output) const
    {
        double sum = 0;
        for (int part = 0; part < matrix.parts; ++part) {
            const int pair = (output / kPanel * matrix.parts + part) * (matrix.inputs / 2) + input / 2;
            const int place = (pair * kPanel + output % kPanel) * 2 + input % 2;
            const int step = (part * matrix.inputs + input) / kGroup * matrix.outputs + output;
            sum += static_cast<double>(weights[static_cast<size_t>(place)]) *
                   static_cast<double>(steps[static_cast<size_t>(step)]);
        }
        return sum;
    }

    std::vector<float> bias;
    std::vector<float> steps;
    std::vector<qint8> weights;
    Matrix matrix;
};

struct Rows {
    std::vector<qint16> numbers;
    std::vector<float> steps;
};

int whole(int rows)
{
    return (rows + kRowBlock - 1) / kRowBlock * kRowBlock;
}

Rows quantised(const Arithmetic &with, const std::vector<float> &values, int rows, int columns)
{
    Rows result{std::vector<qint16>(static_cast<size_t>(whole(rows) * columns), 77),
                std::vector<float>(static_cast<size_t>(whole(rows)), 77.0F)};
    with.quantise(values.data(), rows, columns, result.numbers.data(), result.steps.data());
    return result;
}

std::vector<float> product(const Arithmetic &with, const Matrix &matrix, const Rows &rows, int count)
{
    std::vector<float> results(static_cast<size_t>(whole(count) * matrix.outputs), 0);
    with.multiply(matrix, rows.numbers.data(), rows.steps.data(), count, results.data());
    results.resize(static_cast<size_t>(count * matrix.outputs));
    return results;
}

std::vector<float> attention(const Arithmetic &with, const std::vector<float> &values, int rows, int width)
{
    std::vector<float> results(static_cast<size_t>(rows * width));
    const auto room = std::make_unique<AttentionRoom>();
    with.attend(values.data(), rows, width, *room, results.data());
    return results;
}

double largestDifference(const std::vector<float> &found, const std::vector<double> &expected)
{
    double largest = 0;
    for (size_t i = 0; i < found.size(); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(found[i]) - expected[i]));
    return largest;
}

} // namespace

/// Both sets of functions against the textbook in double, and against each other bit by bit.
class tst_Arithmetic : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void numbersStandForRows();
    void productsAreExact_data();
    void productsAreExact();
    void extremesDoNotOverflow();
    void normalisedRows();
    void attentionIsSoftmax_data();
    void attentionIsSoftmax();
};

void tst_Arithmetic::numbersStandForRows()
{
    const int columns = 256;
    std::vector<float> values = randomNumbers(7 * columns, 1);
    std::fill_n(values.begin() + 2 * columns, columns, 0.0F); // a row of nothing
    const Rows plain = quantised(plainArithmetic(), values, 7, columns);
    for (int row = 0; row < 7; ++row) {
        const float step = plain.steps[static_cast<size_t>(row)];
        for (int i = 0; i < columns; ++i) {
            const auto place = static_cast<size_t>(row * columns + i);
            const float back = static_cast<float>(plain.numbers[place]) * step;
            QVERIFY(std::abs(back - values[place]) <= step * 0.51F);
        }
    }
    for (size_t i = 7 * columns; i < plain.numbers.size(); ++i)
        QCOMPARE(plain.numbers[i], qint16{0});
    if (const Arithmetic *avx2 = avx2Arithmetic()) {
        const Rows fast = quantised(*avx2, values, 7, columns);
        QVERIFY(fast.numbers == plain.numbers);
        QVERIFY(fast.steps == plain.steps);
    }
}

void tst_Arithmetic::productsAreExact_data()
{
    QTest::addColumn<int>("inputs");
    QTest::addColumn<int>("outputs");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("parts");
    QTest::newRow("one row") << 64 << 16 << 1 << 1;
    QTest::newRow("a block") << 256 << 768 << kRowBlock << 1;
    QTest::newRow("a block and one") << 512 << 48 << kRowBlock + 1 << 1;
    QTest::newRow("two parts") << 256 << 64 << kRowBlock + 2 << 2;
    QTest::newRow("many") << 1536 << 512 << 40 << 1;
}

void tst_Arithmetic::productsAreExact()
{
    QFETCH(int, inputs);
    QFETCH(int, outputs);
    QFETCH(int, rows);
    QFETCH(int, parts);
    const OwnMatrix own(inputs, outputs, parts, 5);
    const Rows numbers = quantised(plainArithmetic(), randomNumbers(rows * inputs, 9), rows, inputs);
    const std::vector<float> plain = product(plainArithmetic(), own.matrix, numbers, rows);
    std::vector<double> expected;
    for (int row = 0; row < rows; ++row) {
        for (int output = 0; output < outputs; ++output) {
            double sum = 0;
            for (int input = 0; input < inputs; ++input)
                sum += numbers.numbers[static_cast<size_t>(row * inputs + input)] * own.weight(input, output);
            expected.push_back(sum * static_cast<double>(numbers.steps[static_cast<size_t>(row)]) +
                               static_cast<double>(own.bias[static_cast<size_t>(output)]));
        }
    }
    QVERIFY(largestDifference(plain, expected) < 1e-3); // of numbers around 30
    if (const Arithmetic *avx2 = avx2Arithmetic())
        QVERIFY(product(*avx2, own.matrix, numbers, rows) == plain);
}

void tst_Arithmetic::extremesDoNotOverflow()
{
    OwnMatrix own(512, 16, 1, 1);
    std::fill(own.weights.begin(), own.weights.end(), qint8{-128});
    std::fill(own.steps.begin(), own.steps.end(), 1.0F);
    std::fill(own.bias.begin(), own.bias.end(), 0.0F);
    Rows rows{std::vector<qint16>(512 * kRowBlock, -32768), std::vector<float>(kRowBlock, 1.0F)};
    const float expected = 32768.0F * 128 * 512;
    for (const Arithmetic *with : {&plainArithmetic(), avx2Arithmetic()}) {
        if (with)
            QCOMPARE(product(*with, own.matrix, rows, kRowBlock),
                     std::vector<float>(16 * kRowBlock, expected));
    }
}

void tst_Arithmetic::normalisedRows()
{
    const int width = 512;
    const std::vector<float> scale = randomNumbers(width, 3);
    const std::vector<float> shift = randomNumbers(width, 4);
    const Norm norm{width, scale.data(), shift.data()};
    std::vector<float> values = randomNumbers(3 * width, 5, 40);
    std::fill_n(values.begin() + width, width, 7.5F); // without variance
    std::vector<double> expected;
    for (int row = 0; row < 3; ++row) {
        const auto from = values.begin() + row * width;
        double mean = 0;
        for (int i = 0; i < width; ++i)
            mean += static_cast<double>(from[i]) / width;
        double variance = 0;
        for (int i = 0; i < width; ++i)
            variance += std::pow(static_cast<double>(from[i]) - mean, 2) / width;
        for (int i = 0; i < width; ++i) {
            const auto place = static_cast<size_t>(i);
            expected.push_back((static_cast<double>(from[i]) - mean) / std::sqrt(variance + 1e-6) *
                                   static_cast<double>(scale[place]) +
                               static_cast<double>(shift[place]));
        }
    }
    std::vector<float> plain(values.size());
    plainArithmetic().normalise(norm, values.data(), 3, plain.data());
    QVERIFY(largestDifference(plain, expected) < 1e-4);
    if (const Arithmetic *avx2 = avx2Arithmetic()) {
        std::vector<float> fast(values.size());
        avx2->normalise(norm, values.data(), 3, fast.data());
        QVERIFY(fast == plain);
    }
}

void tst_Arithmetic::attentionIsSoftmax_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("width");
    QTest::addColumn<float>("spread");
    QTest::newRow("one piece") << 1 << 256 << 1.0F;
    QTest::newRow("some") << 11 << 256 << 1.0F;
    QTest::newRow("most, wide") << kMostPieces << 512 << 1.0F;
    QTest::newRow("sharp") << 30 << 512 << 30.0F; // one weight is 1, the others vanish
}

void tst_Arithmetic::attentionIsSoftmax()
{
    QFETCH(int, rows);
    QFETCH(int, width);
    QFETCH(float, spread);
    const std::vector<float> values = randomNumbers(rows * 3 * width, 8, spread);
    const auto value = [&](int row, int part, int i) {
        return static_cast<double>(values[static_cast<size_t>((row * 3 + part) * width + i)]);
    };
    const int size = width / 4;
    std::vector<double> expected(static_cast<size_t>(rows * width));
    for (int head = 0; head < 4; ++head) {
        for (int row = 0; row < rows; ++row) {
            std::vector<double> weights;
            for (int other = 0; other < rows; ++other) {
                double sum = 0;
                for (int i = head * size; i < (head + 1) * size; ++i)
                    sum += value(row, 0, i) * value(other, 1, i);
                weights.push_back(sum / std::sqrt(size));
            }
            const double largest = *std::max_element(weights.begin(), weights.end());
            double total = 0;
            for (double &weight : weights)
                total += weight = std::exp(weight - largest);
            for (int i = head * size; i < (head + 1) * size; ++i) {
                for (int other = 0; other < rows; ++other)
                    expected[static_cast<size_t>(row * width + i)] +=
                        weights[static_cast<size_t>(other)] / total * value(other, 2, i);
            }
        }
    }
    const std::vector<float> plain = attention(plainArithmetic(), values, rows, width);
    QVERIFY(largestDifference(plain, expected) < 3e-5 * static_cast<double>(spread * spread));
    if (const Arithmetic *avx2 = avx2Arithmetic())
        QVERIFY(attention(*avx2, values, rows, width) == plain);
}

QTEST_GUILESS_MAIN(tst_Arithmetic)
#include "tst_Arithmetic.moc"
