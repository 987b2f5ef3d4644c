// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Months.h"

#include <QHash>
#include <QStringList>

#include <array>

namespace lectern::text {

namespace {

// Names of one month over all languages. A name that means different months in two languages is left out.
constexpr std::array kMonths = {
    u"january jan januar jänner janvier janv enero ene gennaio gen janeiro januari января январь янв січня "
    u"stycznia styczeń ocak يناير",
    u"february feb februar feber février févr febrero febbraio fevereiro fev februari февраля февраль фев "
    u"лютого lutego luty şubat فبراير",
    u"march mar märz mrz mars marzo março maart marts марта март березня marca marzec mart مارس",
    u"april apr avril avr abril abr aprile апреля апрель апр квітня kwietnia kwiecień nisan أبريل ابريل",
    u"may mai mayo maggio maio mei maj мая май травня maja mayıs مايو",
    u"june jun juni juin junio giugno giu junho июня июнь июн червня czerwca czerwiec haziran يونيو يونيه",
    u"july jul juli juillet juil julio luglio lug julho июля июль июл липня lipca lipiec temmuz يوليو يوليه",
    u"august aug août agosto augustus augusti августа август авг серпня sierpnia sierpień ağustos أغسطس "
    u"اغسطس",
    u"september sep sept septembre septiembre settembre setembro сентября сентябрь сен сент вересня września "
    u"wrzesień eylül سبتمبر",
    u"october oct oktober okt octobre octubre ottobre ott outubro октября октябрь окт жовтня października "
    u"październik ekim أكتوبر اكتوبر",
    u"november nov novembre noviembre novembro ноября ноябрь ноя листопада listopada listopad kasım نوفمبر",
    u"december dec dezember dez décembre déc diciembre dicembre dic dezembro декабря декабрь дек грудня "
    u"grudnia grudzień aralık ديسمبر",
};

} // namespace

int monthNumber(const QString &lower)
{
    static const QHash<QString, int> kNumbers = [] {
        QHash<QString, int> numbers;
        for (std::size_t i = 0; i < kMonths.size(); ++i) {
            for (const QString &name : QString::fromUtf16(kMonths.at(i)).split(u' ', Qt::SkipEmptyParts))
                numbers.insert(name, static_cast<int>(i) + 1);
        }
        return numbers;
    }();
    return lower.size() < 3 || lower.size() > 12 ? 0 : kNumbers.value(lower, 0);
}

} // namespace lectern::text
