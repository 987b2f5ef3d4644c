// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/LecternStyle.h"

#include <QApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QTest>

namespace lectern::ui {

/// Every warning fails the test, but for those about what the offscreen screen can't do. Called in init().
inline void failOnWarnings()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support)")));
}

/// American words for numbers, and the style of the program. Called in initTestCase().
inline void dressApplication()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QApplication::setStyle(new LecternStyle);
}

} // namespace lectern::ui
