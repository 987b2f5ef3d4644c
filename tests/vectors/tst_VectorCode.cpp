// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/Expect.h"
#include "support/Strict.h"
#include "vectors/Kernels.h"
#include "vectors/VectorCode.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace lectern;
using namespace lectern::vectors;
using base::ErrorCode;

namespace {

std::vector<float> randomVector(std::mt19937 &random, int dimensions, float size = 1)
{
    std::normal_distribution<float> normal(0, size);
    std::vector<float> vector(static_cast<size_t>(dimensions));
    std::generate(vector.begin(), vector.end(), [&] { return normal(random); });
    return vector;
}

std::vector<float> numbersOf(const VectorCode &code)
{
    std::vector<float> numbers;
    for (const qint16 number : code.numbers)
        numbers.push_back(static_cast<float>(number) * code.step);
    return numbers;
}

double cosine(const std::vector<float> &a, const std::vector<float> &b)
{
    double product = 0;
    double left = 0;
    double right = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        product += static_cast<double>(a[i]) * static_cast<double>(b[i]);
        left += static_cast<double>(a[i]) * static_cast<double>(a[i]);
        right += static_cast<double>(b[i]) * static_cast<double>(b[i]);
    }
    return product / std::sqrt(left * right);
}

} // namespace

class tst_VectorCode : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void directionsAreKept();
    void whatHasNoDirectionIsRefused();
    void damagedBytesAreRefused();
    void everyProcessorCountsAlike();
};

void tst_VectorCode::directionsAreKept()
{
    std::mt19937 random(1);
    for (const int dimensions : {1, 2, 3, 31, 384, 512, 1536, kMostDimensions}) {
        for (const float size : {1e-6F, 1.0F, 1e6F}) {
            const std::vector<float> vector = randomVector(random, dimensions, size);
            const QByteArray bytes = support::must(encodeVector(vector));
            QCOMPARE(bytes.size(), 12 + dimensions + (dimensions + 3) / 4);
            const VectorCode code = support::must(decodeVector(bytes));
            const std::vector<float> back = numbersOf(code);
            QVERIFY(cosine(vector, back) > 0.99999);
            double squares = 0;
            for (const float number : back)
                squares += static_cast<double>(number) * static_cast<double>(number);
            QVERIFY(std::abs(squares - 1) < 1e-4);
            QCOMPARE(support::must(encodeVector(vector)), bytes);
        }
    }
    const std::vector<float> axis{0, 0, -5, 0};
    QCOMPARE(numbersOf(support::must(decodeVector(support::must(encodeVector(axis))))),
             std::vector<float>({0, 0, -1, 0}));
}

void tst_VectorCode::whatHasNoDirectionIsRefused()
{
    const float infinity = std::numeric_limits<float>::infinity();
    EXPECT_ERROR(encodeVector({}), ErrorCode::InvalidArgument);
    EXPECT_ERROR(encodeVector(std::vector<float>(512, 0.0F)), ErrorCode::InvalidArgument);
    EXPECT_ERROR(encodeVector(std::vector<float>{1, infinity, 3}), ErrorCode::InvalidArgument);
    EXPECT_ERROR(encodeVector(std::vector<float>{1, -infinity}), ErrorCode::InvalidArgument);
    EXPECT_ERROR(encodeVector(std::vector<float>{1, std::nanf("")}), ErrorCode::InvalidArgument);
    EXPECT_ERROR(encodeVector(std::vector<float>(kMostDimensions + 1, 1.0F)), ErrorCode::InvalidArgument);
}

void tst_VectorCode::damagedBytesAreRefused()
{
    std::mt19937 random(2);
    const QByteArray bytes = support::must(encodeVector(randomVector(random, 64)));
    EXPECT_OK(decodeVector(bytes));
    for (qsizetype size = 0; size < bytes.size(); ++size)
        EXPECT_ERROR(decodeVector(bytes.left(size)), ErrorCode::Database);
    EXPECT_ERROR(decodeVector(bytes + '\0'), ErrorCode::Database);
    for (qsizetype place = 0; place < bytes.size(); ++place) {
        for (int bit = 0; bit < 8; ++bit) {
            QByteArray changed = bytes;
            changed[place] = static_cast<char>(changed.at(place) ^ (1 << bit));
            EXPECT_ERROR(decodeVector(changed), ErrorCode::Database);
        }
    }
}

void tst_VectorCode::everyProcessorCountsAlike()
{
    std::mt19937 random(3);
    const auto between = [&](int least, int most) {
        return static_cast<int>(random() % static_cast<unsigned>(most - least + 1)) + least;
    };
    for (const int dimensions : {64, 256, 512, 1536, kMostDimensions}) {
        // The largest that a caller may ask for: both as long as 32 bits bear.
        const int most = static_cast<int>(2.1e9 / 511 / dimensions);
        std::vector<qint16> query(static_cast<size_t>(dimensions));
        std::vector<qint16> numbers(query.size());
        qint64 expected = 0;
        for (size_t i = 0; i < query.size(); ++i) {
            query[i] =
                static_cast<qint16>(std::min(32'000, between(0, 3) == 0 ? most : between(-most, most)));
            numbers[i] = static_cast<qint16>(between(0, 3) == 0 ? 511 : between(-511, 511));
            expected += qint64{query[i]} * numbers[i];
        }
        std::vector<qint8> upper(query.size());
        std::vector<quint8> lower(query.size() / 4);
        packNumbers(numbers, upper.data(), lower.data());
        QCOMPARE(qint64{plainKernels().product(query.data(), upper.data(), lower.data(), dimensions)},
                 expected);
        if (const Kernels *fast = avx2Kernels())
            QCOMPARE(qint64{fast->product(query.data(), upper.data(), lower.data(), dimensions)}, expected);
    }
    for (const int words : {4, 8, 24, kMostDimensions / 64}) {
        std::vector<quint64> query(static_cast<size_t>(words));
        std::vector<quint64> signs(query.size() * 7);
        for (quint64 &word : query)
            word = (quint64{random()} << 32) | random();
        for (quint64 &word : signs)
            word = random() % 8 == 0 ? 0 : (quint64{random()} << 32) | random();
        for (size_t i = 0; i < query.size(); ++i)
            signs[i] = ~query[i]; // the first differs in all
        std::vector<quint16> expected;
        for (size_t vector = 0; vector < 7; ++vector) {
            int bits = 0;
            for (int bit = 0; bit < words * 64; ++bit) {
                const auto word = static_cast<size_t>(bit / 64);
                bits += ((query[word] ^ signs[vector * query.size() + word]) >> (bit % 64) & 1) != 0;
            }
            expected.push_back(static_cast<quint16>(bits));
        }
        QCOMPARE(expected.front(), static_cast<quint16>(words * 64));
        for (const Kernels *with : {&plainKernels(), avx2Kernels()}) {
            std::vector<quint16> found(7);
            if (with)
                with->differences(query.data(), signs.data(), words, 7, found.data());
            QVERIFY(!with || found == expected);
        }
    }
}

QTEST_GUILESS_MAIN(tst_VectorCode)
#include "tst_VectorCode.moc"
