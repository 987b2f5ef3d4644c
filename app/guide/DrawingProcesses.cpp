// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/Drawings.h"

namespace lectern::guide {

namespace {

using namespace Qt::StringLiterals;

/// One line of pages over time; `cut` is where the power goes.
void drawPages(Canvas &canvas, qreal y, int done, int inFlight, bool before)
{
    for (int i = 0; i < 12; ++i) {
        const QRectF page(112 + 26.0 * i, y, 20, 26);
        const bool stored = i < done;
        const bool flying = !stored && i < done + inFlight;
        canvas.box(page,
                   stored             ? ink::accent
                   : flying && before ? ink::tint
                                      : QColor(0xEE, 0xEE, 0xF2),
                   flying ? ink::accent : QColor(Qt::transparent), 2.5, 1.1);
        canvas.text(page.center(), QString::number(i + 1), 7.6, stored ? QColor(Qt::white) : ink::quiet,
                    stored, Qt::AlignHCenter);
    }
}

} // namespace

void drawSurvival(Canvas &canvas, qreal width)
{
    canvas.text({0, 15}, u"Before"_s, 9, ink::text, true);
    canvas.text({0, 27}, u"two pages in work"_s, 7.6, ink::quiet);
    drawPages(canvas, 6, 7, 2, true);
    canvas.line({0, 50}, {width, 50}, ink::failed, 1, true);
    canvas.box({width / 2 - 60, 41, 120, 18}, Qt::white, ink::failed, 9, 1);
    canvas.text({width / 2, 50}, u"the power goes"_s, 8.4, ink::failed, true, Qt::AlignHCenter);
    canvas.text({0, 77}, u"On disk"_s, 9, ink::text, true);
    canvas.text({0, 89}, u"nothing half-done"_s, 7.6, ink::quiet);
    drawPages(canvas, 68, 7, 0, false);
    canvas.text({0, 127}, u"Next start"_s, 9, ink::text, true);
    canvas.text({0, 139}, u"goes on by itself"_s, 7.6, ink::quiet);
    drawPages(canvas, 118, 7, 2, true);
    canvas.arrow({112 + 26 * 7 + 10, 97}, {112 + 26 * 7 + 10, 114}, ink::accent);
    canvas.text({112 + 26 * 7 + 18, 106}, u"8 and 9 are read again, 1–7 never"_s, 7.8, ink::accent);
}

void drawHelpers(Canvas &canvas, qreal width)
{
    canvas.box({0, 30, 128, 104}, ink::tint, ink::accent, 7, 1);
    canvas.icon(u"library"_s, {52, 42, 24, 24}, ink::accent);
    canvas.text({64, 78}, u"Lectern"_s, 9.6, ink::text, true, Qt::AlignHCenter);
    canvas.paragraph({10, 88, 108, 42}, u"the window, the queue and the library on your disk"_s, 7.8,
                     ink::quiet, Qt::AlignHCenter);

    const qreal wall = width * 0.46;
    canvas.line({wall, 14}, {wall, 150}, ink::faint, 1, true);
    canvas.text({wall, 6}, u"only pages and answers pass"_s, 7.6, ink::quiet, false, Qt::AlignHCenter);
    for (int i = 0; i < 2; ++i) {
        const qreal y = 18 + 70.0 * i;
        canvas.arrow({132, y + 20}, {width - 184, y + 20}, ink::accent);
        canvas.arrow({width - 184, y + 34}, {132, y + 34}, ink::accent);
        canvas.box({width - 180, y, 180, 58}, Qt::white, i == 0 ? ink::done : ink::failed, 7, 1);
        canvas.icon(u"document"_s, {width - 170, y + 10, 16, 16}, i == 0 ? ink::done : ink::failed);
        canvas.text({width - 148, y + 17}, i == 0 ? u"Helper 1: Atlas.pdf"_s : u"Helper 2: damaged.pdf"_s,
                    8.6, ink::text, true);
        canvas.paragraph({width - 170, y + 31, 164, 24},
                         i == 0 ? u"no network, no other files, limited memory and time"_s
                                : u"stopped at its limit: one page lost, nothing else"_s,
                         7.4);
    }
}

} // namespace lectern::guide
