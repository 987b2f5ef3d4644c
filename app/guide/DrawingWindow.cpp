// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/Drawings.h"

namespace lectern::guide {

namespace {

using namespace Qt::StringLiterals;

struct Row {
    QString name;
    QString pages;
    QString icon;
    QString state;
    QColor color;
    qreal stored = -1; ///< below 0: no bar
    qreal ahead = 0;
};

void drawToolBar(Canvas &canvas, qreal width)
{
    canvas.box({10, 30, 58, 19}, Qt::white, ink::line, 4);
    canvas.icon(u"add"_s, {14, 33.5, 12, 12}, ink::text);
    canvas.text({30, 39.5}, u"Add"_s, 8, ink::text);
    canvas.icon(u"chevron-down"_s, {53, 34.5, 10, 10}, ink::text);
    canvas.box({74, 30, 56, 19}, Qt::white, ink::line, 4);
    canvas.icon(u"pause"_s, {78, 33.5, 12, 12}, ink::text);
    canvas.text({94, 39.5}, u"Pause"_s, 8);
    canvas.box({width - 172, 30, 162, 19}, Qt::white, ink::line, 4);
    canvas.icon(u"search"_s, {width - 168, 34, 11, 11}, ink::quiet);
    canvas.text({width - 152, 39.5}, u"Search or command (Ctrl+K)"_s, 7.5, ink::faint);
}

void drawRail(Canvas &canvas)
{
    canvas.box({0, 55, 46, 229}, ink::paper, Qt::transparent, 0);
    canvas.box({5, 60, 36, 36}, ink::tint, Qt::transparent, 6);
    canvas.icon(u"library"_s, {16, 64, 14, 14}, ink::accent);
    canvas.text({23, 87}, u"Library"_s, 6.8, ink::accent, true, Qt::AlignHCenter);
    canvas.icon(u"reader"_s, {16, 106, 14, 14}, ink::quiet);
    canvas.text({23, 129}, u"Reader"_s, 6.8, ink::quiet, false, Qt::AlignHCenter);
    canvas.icon(u"jobs"_s, {16, 148, 14, 14}, ink::quiet);
    canvas.text({23, 171}, u"Jobs"_s, 6.8, ink::quiet, false, Qt::AlignHCenter);
    canvas.box({31, 144, 11, 11}, ink::failed, Qt::transparent, 5.5);
    canvas.text({36.5, 149.6}, u"2"_s, 6.5, Qt::white, true, Qt::AlignHCenter);
}

void drawRows(Canvas &canvas, qreal left, qreal right)
{
    const QVector<Row> rows{
        {u"Field report.pdf"_s, u"3"_s, u"done"_s, u"Done"_s, ink::done, 1, 1},
        {u"Methods handbook.pdf"_s, u"86"_s, u"analyzing"_s, u"Analyzing"_s, ink::accent, 0.48, 0.7},
        {u"Minutes 2024.pdf"_s, u"6"_s, u"rendering"_s, u"Rendering"_s, ink::accent, 0.1, 0.66},
        {u"Loan agreement.pdf"_s, u"—"_s, u"lock"_s, u"Password needed"_s, ink::waiting, -1, 0},
        {u"Atlas.pdf"_s, u"100"_s, u"warning"_s, u"2 of 100 pages failed"_s, ink::failed, 0.98, 0.98},
        {u"Correspondence.pdf"_s, u"240"_s, u"queued"_s, u"Queued"_s, ink::quiet, 0, 0},
    };
    canvas.text({left + 8, 97}, u"Name"_s, 7, ink::quiet);
    canvas.text({left + 128, 97}, u"Pages"_s, 7, ink::quiet, false, Qt::AlignRight);
    canvas.text({left + 138, 97}, u"Phase"_s, 7, ink::quiet);
    canvas.text({right - 76, 97}, u"Progress"_s, 7, ink::quiet);
    qreal y = 106;
    for (int i = 0; i < rows.size(); ++i, y += 22) {
        const Row &row = rows[i];
        if (i == 1)
            canvas.box({left + 3, y, right - left - 6, 21}, ink::tint, Qt::transparent, 4);
        canvas.icon(u"document"_s, {left + 8, y + 5, 11, 11}, ink::quiet);
        canvas.text({left + 23, y + 10.5}, row.name, 7.4);
        canvas.text({left + 128, y + 10.5}, row.pages, 7.4, ink::text, false, Qt::AlignRight);
        canvas.icon(row.icon, {left + 137, y + 5, 11, 11}, row.color);
        canvas.text({left + 151, y + 10.5}, row.state, 7.4);
        if (row.stored >= 0 && row.icon != u"warning"_s)
            canvas.progress({right - 76, y + 6.5, 66, 8}, row.stored, row.ahead);
    }
}

void drawDetails(Canvas &canvas, qreal left, qreal width)
{
    canvas.box({left, 55, width - left, 229}, ink::paper, Qt::transparent, 0);
    canvas.text({left + 10, 69}, u"Methods handbook"_s, 8.4, ink::text, true);
    canvas.text({left + 10, 81}, u"86 pages · English · text: yes"_s, 7, ink::quiet);
    for (int i = 0; i < 24; ++i) {
        const QRectF cell(left + 10 + 8.6 * (i % 12), 92 + 12 * (i / 12), 6.4, 9);
        if (i == 7)
            canvas.box(cell, QColor(0xFB, 0xE6, 0xE3), ink::failed, 1);
        else if (i < 13)
            canvas.box(cell, ink::accent, Qt::transparent, 1);
        else
            canvas.box(cell, i < 18 ? QColor(Qt::white) : QColor(0xE4, 0xE4, 0xE8),
                       i < 18 ? ink::accent : QColor(Qt::transparent), 1);
    }
    canvas.box({left + 10, 122, 56, 74}, Qt::white, ink::line, 1);
    for (int i = 0; i < 9; ++i)
        canvas.box({left + 15, 129 + 7.0 * i, i % 4 == 3 ? 28.0 : 46.0, 2}, ink::line, Qt::transparent, 1);
    canvas.text({left + 74, 128}, u"Page 12"_s, 7.6, ink::text, true);
    canvas.paragraph({left + 74, 135, width - left - 80, 60}, u"Spiked samples and their recovery"_s, 7);
    canvas.text({left + 10, 209}, u"Summary"_s, 7, ink::quiet, true);
    for (int i = 0; i < 3; ++i)
        canvas.box({left + 10, 217 + 7.0 * i, i == 2 ? 60.0 : width - left - 22, 2}, ink::line,
                   Qt::transparent, 1);
    qreal x = left + 10;
    for (const QString &chip : {u"nitrate"_s, u"14 May 2024"_s}) {
        const qreal chipWidth = 12 + 4.0 * qreal(chip.size());
        canvas.box({x, 243, chipWidth, 13}, Qt::white, ink::line, 6.5);
        canvas.text({x + chipWidth / 2, 249.6}, chip, 6.6, ink::quiet, false, Qt::AlignHCenter);
        x += chipWidth + 5;
    }
}

void drawStatusBar(Canvas &canvas, qreal width)
{
    canvas.line({0, 284}, {width, 284}, ink::line);
    canvas.text({10, 293}, u"Running 2 · Queued 5 · Failed 1"_s, 7.2, ink::quiet);
    canvas.progress({width - 214, 289, 90, 7}, 0.4, 0.6);
    canvas.text({width - 10, 293}, u"412/1,031 pages · 14 min left"_s, 7.2, ink::quiet, false,
                Qt::AlignRight);
}

} // namespace

void drawWindow(Canvas &canvas, qreal width)
{
    const qreal detail = width - 128;
    canvas.box({0, 0, width, 302}, Qt::white, QColor(0xC6, 0xC6, 0xCE), 7, 1);
    canvas.text({width / 2, 12}, u"40 % – Library"_s, 8, ink::quiet, true, Qt::AlignHCenter);
    canvas.line({0, 24}, {width, 24}, ink::line);
    drawToolBar(canvas, width);
    canvas.line({0, 55}, {width, 55}, ink::line);
    drawRail(canvas);
    drawDetails(canvas, detail, width);
    canvas.box({52, 60, detail - 58, 24}, ink::tint, Qt::transparent, 4);
    canvas.icon(u"info"_s, {58, 66, 12, 12}, ink::accent);
    canvas.text({75, 72}, u"3 jobs resumed: 412 of 1,031 pages left"_s, 7.6);
    drawRows(canvas, 46, detail);
    drawStatusBar(canvas, width);
    canvas.mark({68, 30}, 1);
    canvas.mark({134, 30}, 2);
    canvas.mark({2, 62}, 3);
    canvas.mark({52, 62}, 4);
    canvas.mark({detail - 10, 142}, 5);
    canvas.mark({detail + 2, 62}, 6);
    canvas.mark({width - 222, 284}, 7);
}

} // namespace lectern::guide
