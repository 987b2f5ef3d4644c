// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/Details.h"

#include "presentation/ErrorText.h"
#include "presentation/Format.h"
#include "presentation/MoneyText.h"

#include <QDir>
#include <QLocale>

#include <algorithm>

namespace lectern::presentation {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(Details)

public:
    static QVector<Fact> placeFacts(const QVector<store::Place> &places);
    static QVector<Fact> departureFacts(const QVector<store::UsageReport::Departure> &departures);
    static QVector<Fact> pageFacts(const domain::PageRecord &record);
    static QString heading(const domain::Document &document, const domain::Page &page);
    static QString textNote(const domain::PageRecord &record);
    static QString fontFact(const domain::PageRecord &record);
    static QString size(const domain::PageGeometry &geometry);
};

// What left this machine, when, to whom and how much of it.
QVector<Fact> Words::departureFacts(const QVector<store::UsageReport::Departure> &departures)
{
    QVector<Fact> facts;
    for (const store::UsageReport::Departure &gone : departures) {
        facts << Fact{
            tr("Sent to"),
            tr("%1, last on %2: %3, %4 tokens in, %5 out, %6", "model, moment, pages, tokens, money")
                .arg(gone.model.text(), Format::fullMoment(gone.lastAt), Format::pages(gone.pages),
                     MoneyText::tokens(gone.tokens.input), MoneyText::tokens(gone.tokens.output),
                     MoneyText::amount(gone.spent))};
    }
    return facts;
}

QVector<Fact> Words::placeFacts(const QVector<store::Place> &places)
{
    QVector<Fact> facts;
    for (const store::Place &place : places) {
        const QString path = QDir::toNativeSeparators(place.path);
        facts << Fact{facts.isEmpty() ? tr("Place") : tr("Also at"),
                      place.missing ? tr("%1 (not found)").arg(path) : path};
    }
    return facts;
}

QString Words::heading(const domain::Document &document, const domain::Page &page)
{
    const QString number = Format::count(page.number);
    const QString all = Format::count(document.pagesTotal);
    if (page.label.isEmpty() || page.label == QString::number(page.number))
        return tr("Page %1 of %2").arg(number, all);
    return tr("Page %1 (%2) of %3", "number, printed label, count").arg(number, page.label, all);
}

QString Words::size(const domain::PageGeometry &geometry)
{
    constexpr double kMillimetresPerPoint = 25.4 / 72.0;
    const auto side = [](double points) {
        return QLocale().toString(static_cast<qint64>(points * kMillimetresPerPoint + 0.5));
    };
    return tr("%1 × %2 mm").arg(side(geometry.width), side(geometry.height));
}

QString Words::fontFact(const domain::PageRecord &record)
{
    QStringList names;
    for (const domain::FontUse &font : record.text.fonts) {
        const QString name = font.name.isEmpty() ? tr("unnamed") : font.name;
        if (!names.contains(name))
            names << name;
    }
    return QLocale().createSeparatedList(names);
}

QVector<Fact> Words::pageFacts(const domain::PageRecord &record)
{
    const domain::Page &page = record.page;
    QVector<Fact> facts;
    if (page.state != domain::PageState::Queued && page.characters >= 0) {
        facts << Fact{tr("Text"), Details::verdictText(page.verdict)};
        if (page.verdict != domain::TextVerdict::Missing)
            facts << Fact{tr("Quality"), Format::percent(static_cast<qint64>(page.quality * 100 + 0.5), 100)};
        facts << Fact{tr("Characters"), Format::count(page.characters)};
    }
    const QString language = Format::language(record.analysis.language);
    if (!language.isEmpty())
        facts << Fact{tr("Language"), language};
    if (page.geometry.width > 0)
        facts << Fact{tr("Size"), size(page.geometry)};
    const QString fonts = fontFact(record);
    if (!fonts.isEmpty())
        facts << Fact{tr("Fonts"), fonts};
    if (page.attempts > 1)
        facts << Fact{tr("Attempts"), Format::count(page.attempts)};
    return facts;
}

QString Words::textNote(const domain::PageRecord &record)
{
    if (record.page.state == domain::PageState::Queued)
        return tr("This page has not been read yet.");
    if (record.page.state == domain::PageState::Failed && record.text.text.isEmpty())
        return {};
    switch (record.page.verdict) {
    case domain::TextVerdict::Missing:
        return tr("This page holds no text: it is a scan or a drawing.");
    case domain::TextVerdict::Garbled:
        return tr("The text of this page is garbled: its fonts don't say which letters they show.");
    case domain::TextVerdict::Doubtful:
        return tr("Parts of this page don't read as language. Tables and formulas look like this, and broken "
                  "fonts too.");
    case domain::TextVerdict::Good:
        break;
    }
    return {};
}

StateTone toneOf(domain::PageState state)
{
    switch (state) {
    case domain::PageState::Queued:
        return StateTone::Neutral;
    case domain::PageState::Extracted:
        return StateTone::Running;
    case domain::PageState::Done:
        return StateTone::Done;
    case domain::PageState::Failed:
        return StateTone::Failed;
    }
    return StateTone::Neutral;
}

} // namespace

DocumentDetails Details::ofDocument(const domain::Document &document, const QVector<store::Place> &places,
                                    const StateContext &context,
                                    const QVector<store::UsageReport::Departure> &departures)
{
    DocumentDetails details;
    details.title = document.title.isEmpty() ? document.name : document.title;
    QStringList under;
    if (!document.title.isEmpty())
        under << document.name;
    if (!document.author.isEmpty())
        under << document.author;
    details.subtitle = under.join(QStringLiteral(" · "));
    details.state = StateText::of(document, context);

    QVector<Fact> &facts = details.facts;
    if (document.pagesTotal >= 0)
        facts << Fact{tr("Pages"), Format::count(document.pagesTotal)};
    if (document.pagesExtracted > 0)
        facts << Fact{tr("Pages with text"), Format::count(document.pagesWithText)};
    if (document.pagesFailed > 0)
        facts << Fact{tr("Failed pages"), Format::count(document.pagesFailed)};
    const QString language = Format::language(document.language);
    if (!language.isEmpty())
        facts << Fact{tr("Language"), language};
    facts << Fact{tr("Size"), Format::bytes(document.bytes)};
    facts << Fact{tr("Added"), Format::fullMoment(document.addedAt)};
    if (document.finishedAt > 0)
        facts << Fact{tr("Finished"), Format::fullMoment(document.finishedAt)};
    if (!document.copyAllowed)
        facts << Fact{tr("Copying"), tr("Its author asks not to copy text out of it")};
    facts << Words::placeFacts(places);
    facts << Words::departureFacts(departures);
    if (document.error.code != base::ErrorCode::None)
        facts << Fact{tr("Problem"), ErrorText::sentence(document.error)};
    return details;
}

PageDetails Details::ofPage(const domain::Document &document, const domain::PageRecord &record)
{
    PageDetails details;
    details.heading = Words::heading(document, record.page);
    details.state = pageStateText(record.page.state, document.goal);
    details.tone = toneOf(record.page.state);
    details.facts = Words::pageFacts(record);
    details.text = record.text.text;
    details.textNote = Words::textNote(record);
    details.hasAnalysis = !record.analyzer.isEmpty();
    if (details.hasAnalysis) {
        details.title = record.analysis.title;
        details.summary = record.analysis.summary;
        details.keyPhrases = record.analysis.keyPhrases;
        for (const domain::Entity &entity : record.analysis.entities)
            details.entities << EntityWords{entity.text, entityKindText(entity.kind)};
    }
    if (record.page.error.code != base::ErrorCode::None && record.page.state != domain::PageState::Done)
        details.error = ErrorText::sentence(record.page.error);
    details.unusableAnswer = record.unusableAnswer;
    details.canRetry = record.page.state == domain::PageState::Failed;
    return details;
}

QString Details::entityKindText(domain::EntityKind kind)
{
    switch (kind) {
    case domain::EntityKind::Person:
        return tr("Person");
    case domain::EntityKind::Organisation:
        return tr("Organisation");
    case domain::EntityKind::Date:
        return tr("Date");
    case domain::EntityKind::Money:
        return tr("Amount of money");
    case domain::EntityKind::Percentage:
        return tr("Percentage");
    case domain::EntityKind::Email:
        return tr("E-mail address");
    case domain::EntityKind::WebAddress:
        return tr("Web address");
    case domain::EntityKind::Doi:
        return tr("DOI");
    }
    return {};
}

QString Details::verdictText(domain::TextVerdict verdict)
{
    switch (verdict) {
    case domain::TextVerdict::Good:
        return tr("good");
    case domain::TextVerdict::Doubtful:
        return tr("doubtful");
    case domain::TextVerdict::Garbled:
        return tr("garbled");
    case domain::TextVerdict::Missing:
        return tr("none");
    }
    return {};
}

QString Details::pageStateText(domain::PageState state, domain::Goal goal)
{
    switch (state) {
    case domain::PageState::Queued:
        return tr("Not read yet");
    case domain::PageState::Extracted:
        return goal == domain::Goal::Analysis ? tr("Read, waits for its analysis") : tr("Read");
    case domain::PageState::Done:
        return tr("Done");
    case domain::PageState::Failed:
        return tr("Failed");
    }
    return {};
}

} // namespace lectern::presentation
