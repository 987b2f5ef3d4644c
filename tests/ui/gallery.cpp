// SPDX-License-Identifier: GPL-3.0-or-later
// Every control and widget in one window, to look at: gallery --page window --theme dark --scale 2 --out
// file.png
#include "GalleryPages.h"
#include "GalleryWindow.h"
#include "MoneyPages.h"

#include "ui/style/IconSet.h"
#include "ui/style/LecternStyle.h"
#include "ui/style/ThemeController.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTextStream>
#include <QTimer>

#include <functional>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

using Maker = std::function<std::unique_ptr<QWidget>()>;

Maker makerOf(const QString &page)
{
    using namespace lectern::ui::gallery;
    const QHash<QString, Maker> makers{
        {u"window"_s, makeWindow},
        {u"controls"_s, makeControls},
        {u"welcome"_s, makeWelcome},
        {u"reader"_s, makeReader},
        {u"icons"_s, makeIcons},
        {u"menus"_s, makeMenus},
        {u"empty"_s, makeEmpty},
        {u"models"_s, makeModelPicker},
        {u"costs-empty"_s, makeCostsEmpty},
        {u"money"_s, makeMoneyParts},
        {u"prices"_s, makePrices},
        {u"budgets"_s, makeBudgets},
        {u"settings"_s, makeSettings},
        {u"settings-key"_s, makeSettingsKey},
        {u"settings-budgets"_s, makeSettingsBudgets},
        {u"settings-analysis"_s, makeSettingsAnalysis},
        {u"settings-appearance"_s, makeSettingsAppearance},
        {u"embedding-picker"_s, makeEmbeddingPicker},
    };
    if (page == u"estimate"_s || page.startsWith(u"estimate-"_s))
        return [state = page.mid(9)] { return makeEstimate(state); };
    if (makers.contains(page))
        return makers.value(page);
    if (page == u"settings-search"_s || page.startsWith(u"settings-search-"_s))
        return [state = page.mid(16)] { return makeSettingsSearch(state); };
    if (page == u"embedding"_s || page.startsWith(u"embedding-"_s))
        return [state = page.mid(10)] { return makeEmbedding(state); };
    if (page == u"costs"_s || page.startsWith(u"costs-"_s))
        return [state = page.mid(6)] { return makeCosts(state); };
    return {};
}

/// The scale has to be known before there is an application.
void applyScale(int argc, char **argv)
{
    for (int index = 1; index + 1 < argc; ++index) {
        if (QByteArray(argv[index]) == "--scale")
            qputenv("QT_SCALE_FACTOR", argv[index + 1]);
    }
}

} // namespace

int main(int argc, char **argv)
{
    applyScale(argc, argv);
    QApplication application(argc, argv);
    QApplication::setStyle(new lectern::ui::LecternStyle);

    QCommandLineParser parser;
    const QCommandLineOption page(
        u"page"_s,
        u"window, controls, welcome, reader, icons, menus, empty, models, estimate(-details, -calculating, "
        "-unknown, -over, -free, -nothing, -trial, -tried, -refused), costs(-empty, -quiet, -runs, -week, "
        "-month, "
        "-document, -reading, -failed), money, prices, budgets, settings(-key, -budgets, -analysis, "
        "-appearance, -search(-beside, -long, -waiting, -back, -none, -problem)), embedding(-calculating, "
        "-unknown, -free, -built-in, -nothing, -none, -failed) or embedding-picker"_s,
        u"page"_s, u"window"_s);
    const QCommandLineOption theme(u"theme"_s, u"light or dark"_s, u"theme"_s, u"light"_s);
    const QCommandLineOption scale(u"scale"_s, u"device pixels per pixel"_s, u"factor"_s, u"1"_s);
    const QCommandLineOption font(u"font"_s, u"factor of the font size"_s, u"factor"_s, u"1"_s);
    const QCommandLineOption size(u"size"_s, u"size of the window"_s, u"WxH"_s, u"1200x760"_s);
    const QCommandLineOption mirrored(u"rtl"_s, u"lay out from right to left"_s);
    const QCommandLineOption focus(u"focus"_s, u"name of the control that has the keyboard"_s, u"name"_s);
    const QCommandLineOption out(u"out"_s, u"save a picture and end"_s, u"file.png"_s);
    parser.addOptions({page, theme, scale, font, size, mirrored, focus, out});
    parser.addHelpOption();
    parser.process(application);

    QFont base = QApplication::font();
    base.setPointSizeF(10 * parser.value(font).toDouble());
    QApplication::setFont(base);
    if (parser.isSet(mirrored))
        QApplication::setLayoutDirection(Qt::RightToLeft);
    lectern::ui::ThemeController themes(application);
    themes.setChoice(parser.value(theme) == u"dark"_s ? lectern::ui::ThemeController::Choice::Dark
                                                      : lectern::ui::ThemeController::Choice::Light);

    const Maker maker = makerOf(parser.value(page));
    if (!maker) {
        QTextStream(stderr) << "No page of that name.\n";
        return 2;
    }
    const std::unique_ptr<QWidget> shown = maker();
    const QStringList lengths = parser.value(size).split(u'x');
    shown->resize(lengths.value(0).toInt(), lengths.value(1).toInt());
    shown->setWindowIcon(lectern::ui::IconSet::application());
    shown->show();
    shown->activateWindow();
    if (parser.isSet(focus)) {
        shown->setAttribute(Qt::WA_KeyboardFocusChange);
        if (auto *target = shown->findChild<QWidget *>(parser.value(focus)))
            target->setFocus(Qt::TabFocusReason);
    }
    if (!parser.isSet(out))
        return QApplication::exec();
    int result = 1;
    QTimer::singleShot(200, shown.get(), [&] {
        result = shown->grab().save(parser.value(out)) ? 0 : 1;
        QApplication::quit();
    });
    QApplication::exec();
    return result;
}
