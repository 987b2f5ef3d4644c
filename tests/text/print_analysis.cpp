// SPDX-License-Identifier: GPL-3.0-or-later
// Prints what the built-in analyser makes of the pages of a PDF, for people who improve it:
//     print_analysis FILE.pdf [FIRST [LAST]] [--lines]
// Pages are read as in the program, by lectern-pdf; LECTERN_PDF_HELPER names it when it is not beside this
// program.
// --lines also prints each line with the role it was given.

#include "ai/BuiltInAnalyzer.h"
#include "pdf/HelperLocation.h"
#include "pdf/HelperPool.h"
#include "text/Language.h"
#include "text/PageLayout.h"
#include "text/Quality.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTextStream>

#include <array>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace lectern;

namespace {

void printLines(QTextStream &out, const domain::PageContent &page, const QString &language)
{
    static constexpr std::array kNames = {u"prose", u"heading", u"label", u"data", u"contents", u"furniture"};
    const text::PageLayout layout = text::readLayout(page, language);
    out << "  body " << layout.bodySize << '\n';
    for (const text::Line &line : layout.lines) {
        out << "  " << QString::fromUtf16(kNames.at(static_cast<std::size_t>(line.role))).leftJustified(10)
            << QString::number(static_cast<double>(line.size)).leftJustified(6)
            << QString::number(line.block).leftJustified(4) << layout.lineText(line) << '\n';
    }
}

void printPage(QTextStream &out, const domain::PageContent &page, bool lines)
{
    const ai::BuiltInAnalyzer analyzer;
    QElapsedTimer timer;
    timer.start();
    const auto analysis = analyzer.analyse(page, {});
    const qint64 analysed = timer.nsecsElapsed();
    timer.restart();
    const domain::TextQuality quality = text::assessQuality(page.text);
    const qint64 assessed = timer.nsecsElapsed();
    if (!analysis)
        return;
    out << "=== page " << page.number << "  " << page.text.text.size() << " units  " << analysed / 1000
        << " us, quality " << assessed / 1000 << " us\n";
    out << "quality  " << domain::verdictName(quality.verdict) << ' ' << quality.score << "  language "
        << analysis->language << '\n';
    out << "title    " << analysis->title << '\n';
    out << "summary  " << analysis->summary << '\n';
    out << "phrases  " << analysis->keyPhrases.join(u" | "_s) << '\n';
    for (const domain::Entity &entity : analysis->entities)
        out << "  " << domain::entityKindName(entity.kind).leftJustified(13) << entity.text
            << (entity.value.isEmpty() ? QString() : u"  → "_s + entity.value) << '\n';
    if (lines)
        printLines(out, page, analysis->language);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    QStringList arguments = QCoreApplication::arguments().mid(1);
    const bool lines = arguments.removeAll(u"--lines"_s) > 0;
    QTextStream out(stdout);
    if (arguments.isEmpty()) {
        out << "usage: print_analysis FILE.pdf [FIRST [LAST]] [--lines]\n";
        return 2;
    }
    const int first = arguments.size() > 1 ? arguments.at(1).toInt() : 1;
    const int last = arguments.size() > 2 ? arguments.at(2).toInt() : first;
    pdf::HelperSettings settings;
    settings.program = pdf::helperProgramPath();
    pdf::HelperPool pool(settings);
    auto session = pool.open(arguments.first(), {}, {});
    if (!session) {
        out << base::errorName(session.error().code) << ' ' << session.error().detail << '\n';
        return 1;
    }
    for (int number = first; number <= last; ++number) {
        const auto page = (*session)->page({number}, {});
        if (page)
            printPage(out, *page, lines);
        else
            out << "=== page " << number << "  " << base::errorName(page.error().code) << '\n';
    }
    return 0;
}
