// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/Drawings.h"

#include <QMap>
#include <QPainterPath>

namespace lectern::guide {

namespace {

using namespace Qt::StringLiterals;

/// Five stations that every page passes, left to right.
void drawPhases(Canvas &canvas, qreal width)
{
    struct Phase {
        QString icon;
        QString name;
        QString what;
    };
    const QVector<Phase> phases{{u"fetching"_s, u"Fetching"_s, u"read the file, know it by its content"_s},
                                {u"rendering"_s, u"Rendering"_s, u"take text and word places off the page"_s},
                                {u"analyzing"_s, u"Analyzing"_s, u"title, summary, names, dates, amounts"_s},
                                {u"embedding"_s, u"Embedding"_s, u"comes with search by meaning"_s},
                                {u"storing"_s, u"Storing"_s, u"on disk; now it survives anything"_s}};
    const qreal step = width / qreal(phases.size());
    for (int i = 0; i < phases.size(); ++i) {
        const QPointF centre(step * (i + 0.5), 26);
        const bool later = phases[i].icon == u"embedding"_s;
        const QColor color = later ? ink::faint : ink::accent;
        if (i > 0)
            canvas.arrow(centre - QPointF(step - 23, 0), centre - QPointF(24, 0), ink::faint);
        canvas.box({centre.x() - 20, centre.y() - 20, 40, 40}, later ? ink::paper : ink::tint, color, 20, 1);
        canvas.icon(phases[i].icon, {centre.x() - 11, centre.y() - 11, 22, 22}, color);
        canvas.text({centre.x(), 60}, phases[i].name, 9, later ? ink::quiet : ink::text, true,
                    Qt::AlignHCenter);
        canvas.paragraph({centre.x() - step / 2 + 7, 70, step - 14, 36}, phases[i].what, 7.6, ink::quiet,
                         Qt::AlignHCenter);
    }
}

void drawProgress(Canvas &canvas, qreal width)
{
    const QRectF bar(0, 30, width, 15);
    const qreal stored = 0.48;
    const qreal ahead = 0.70;
    canvas.progress(bar, stored, ahead);
    canvas.text({width * stored / 2, 37.6}, u"41 of 86"_s, 8.5, Qt::white, true, Qt::AlignHCenter);
    const auto label = [&](qreal from, qreal to, const QString &text, const QColor &color) {
        canvas.line({from, 22}, {to, 22}, color, 0.8);
        canvas.line({from, 19}, {from, 25}, color, 0.8);
        canvas.line({to, 19}, {to, 25}, color, 0.8);
        canvas.text({(from + to) / 2, 11}, text, 8, color, false, Qt::AlignHCenter);
    };
    label(1, width * stored - 1, u"solid: pages stored for good"_s, ink::accent);
    label(width * stored + 1, width * ahead - 1, u"pale: text is there, analysis is not"_s, ink::quiet);
    label(width * ahead + 1, width - 1, u"still to come"_s, ink::quiet);
    canvas.arrow({width * stored, 66}, {width * stored, 48}, ink::accent);
    canvas.text({width * stored + 8, 63}, u"after a crash, the bar starts again exactly here"_s, 8,
                ink::accent);
}

void drawPageStrip(Canvas &canvas, qreal width)
{
    enum class Cell { Done, Text, Queued, Failed };
    const auto cell = [&](qreal x, qreal y, Cell kind) {
        const QRectF rect(x, y, 11, 15);
        if (kind == Cell::Done)
            canvas.box(rect, ink::accent, ink::accent, 2);
        else if (kind == Cell::Text)
            canvas.box(rect, Qt::white, ink::accent, 2, 1.2);
        else if (kind == Cell::Queued)
            canvas.box(rect, QColor(0xE4, 0xE4, 0xE8), Qt::transparent, 2);
        else {
            canvas.box(rect, QColor(0xFB, 0xE6, 0xE3), ink::failed, 2, 1.2);
            canvas.text({x + 5.5, y + 7.7}, u"!"_s, 8, ink::failed, true, Qt::AlignHCenter);
        }
    };
    const int columns = static_cast<int>(width / 15);
    for (int page = 0; page < columns * 2; ++page) {
        const bool failed = page == 17 || page == 33;
        const Cell kind = failed      ? Cell::Failed
                          : page < 38 ? Cell::Done
                          : page < 47 ? Cell::Text
                                      : Cell::Queued;
        cell(15 * (page % columns), 20 * (page / columns), kind);
    }
    const QVector<std::pair<Cell, QString>> legend{{Cell::Done, u"done"_s},
                                                   {Cell::Text, u"text found, analysis to come"_s},
                                                   {Cell::Queued, u"queued"_s},
                                                   {Cell::Failed, u"set aside"_s}};
    qreal x = 0;
    for (const auto &[kind, name] : legend) {
        cell(x, 52, kind);
        canvas.text({x + 17, 59.5}, name, 8, ink::quiet);
        x += 38 + 4.3 * qreal(name.size());
    }
}

/// What happens to a page that fails: the tries, the wait between them, and the end.
void drawAttempts(Canvas &canvas, qreal width)
{
    const auto station = [&](qreal x, const QString &title, const QString &what, const QColor &color,
                             const QString &icon) {
        canvas.box({x, 0, 102, 62}, Qt::white, color, 6, 1);
        canvas.icon(icon, {x + 9, 9, 15, 15}, color);
        canvas.text({x + 29, 16.5}, title, 8.6, color, true);
        canvas.paragraph({x + 9, 29, 88, 30}, what, 7.5);
    };
    const qreal step = (width - 102) / 3;
    station(0, u"First try"_s, u"a fresh helper opens the page"_s, ink::accent, u"rendering"_s);
    station(step, u"Wait"_s, u"some seconds, longer each time"_s, ink::waiting, u"waiting"_s);
    station(2 * step, u"Second try"_s, u"a fresh helper, same page"_s, ink::accent, u"retry"_s);
    station(3 * step, u"Set aside"_s, u"with its reason; the rest goes on"_s, ink::failed, u"warning"_s);
    for (int i = 0; i < 3; ++i)
        canvas.arrow({step * i + 105, 31}, {step * (i + 1) - 3, 31}, ink::faint);
}

/// Bars of a field report.
void drawChart(Canvas &canvas, qreal width)
{
    const QVector<std::pair<QString, qreal>> values{{u"Millrace"_s, 2.1},   {u"Weir"_s, 3.4},
                                                    {u"Oxbow"_s, 7.9},      {u"Ford"_s, 5.2},
                                                    {u"Alder Bank"_s, 4.4}, {u"Estuary"_s, 1.3}};
    const qreal scale = 11;
    for (int level = 0; level <= 10; level += 2) {
        const qreal y = 120 - level * scale;
        canvas.line({30, y}, {width, y}, level == 0 ? ink::faint : ink::line, 0.6);
        canvas.text({22, y}, QString::number(level), 7.5, ink::quiet, false, Qt::AlignRight);
    }
    const qreal step = (width - 40) / qreal(values.size());
    for (int i = 0; i < values.size(); ++i) {
        const qreal x = 40 + step * (i + 0.5);
        const qreal height = values[i].second * scale;
        const bool above = values[i].second > 5;
        canvas.box({x - 17, 120 - height, 34, height},
                   above ? QColor(0xC4, 0x6A, 0x1B) : QColor(0x2D, 0x7D, 0x7D), Qt::transparent, 1);
        canvas.text({x, 113 - height}, QString::number(values[i].second, 'f', 1), 7.5, ink::text, true,
                    Qt::AlignHCenter);
        canvas.text({x, 131}, values[i].first, 7.8, ink::quiet, false, Qt::AlignHCenter);
    }
    canvas.line({30, 120 - 5 * scale}, {width, 120 - 5 * scale}, QColor(0xC4, 0x6A, 0x1B), 0.9, true);
}

} // namespace

Drawing drawing(const QString &name)
{
    static const QMap<QString, Drawing> drawings{
        {u"window"_s, {302, drawWindow}},    {u"phases"_s, {102, drawPhases}},
        {u"progress"_s, {74, drawProgress}}, {u"page-strip"_s, {68, drawPageStrip}},
        {u"attempts"_s, {62, drawAttempts}}, {u"survival"_s, {150, drawSurvival}},
        {u"helpers"_s, {156, drawHelpers}},  {u"chart"_s, {138, drawChart}},
    };
    const auto found = drawings.find(name);
    if (found == drawings.end())
        qFatal("There is no drawing called %s", qPrintable(name));
    return *found;
}

} // namespace lectern::guide
