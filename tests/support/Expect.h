// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QString>
#include <QTest>

/// Fails the test function, with the error's name and detail, unless the Result holds a value.
#define EXPECT_OK(expression)                                                                                \
    do {                                                                                                     \
        const auto &lecternResult = (expression);                                                            \
        QVERIFY2(lecternResult.has_value(), qPrintable(lectern::support::describe(lecternResult)));          \
    } while (false)

/// Fails the test function unless the Result holds this error.
#define EXPECT_ERROR(expression, expectedCode)                                                               \
    do {                                                                                                     \
        const auto &lecternResult = (expression);                                                            \
        QVERIFY2(!lecternResult.has_value(), "no error");                                                    \
        QCOMPARE(lectern::base::errorName(lecternResult.error().code),                                       \
                 lectern::base::errorName(expectedCode));                                                    \
    } while (false)

namespace lectern::support {

template <class Result> QString describe(const Result &result)
{
    if (result)
        return QStringLiteral("ok");
    return base::errorName(result.error().code) + QStringLiteral(": ") + result.error().detail;
}

/// The value of a Result that cannot but hold one; ends the test program otherwise.
template <class T> T must(base::Result<T> result)
{
    if (!result)
        qFatal("unexpected error %s", qPrintable(describe(result)));
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

} // namespace lectern::support
