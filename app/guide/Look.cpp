// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/Look.h"

namespace lectern::guide {

using namespace Qt::StringLiterals;

Look Look::of(const QString &kind)
{
    Look look;
    if (kind == u"guide"_s) {
        look.cover = true;
    } else if (kind == u"minutes"_s) {
        look.family = look.headingFamily = u"Noto Serif"_s;
        look.size = 10.2;
        look.lead = 1.5;
        look.margin = 84;
    } else if (kind == u"letter"_s) {
        look.family = u"Noto Serif"_s;
        look.size = 10.4;
        look.lead = 1.5;
        look.margin = 80;
        look.footer = false;
    } else if (kind == u"scan"_s) {
        look.family = look.headingFamily = u"Noto Serif"_s;
        look.size = 13;
        look.lead = 1.55;
        look.margin = 92;
        look.top = 120;
        look.footer = false;
    } else if (kind == u"report"_s) {
        look.family = u"Noto Serif"_s;
        look.heading = QColor(0x14, 0x4A, 0x4A);
        look.size = 9.6;
    }
    return look;
}

QFont Look::font(qreal points, bool bold) const
{
    QFont font(family);
    font.setPointSizeF(points);
    font.setBold(bold);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

} // namespace lectern::guide
