// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Document.h"
#include "presentation/Roles.h"
#include "presentation/StateText.h"
#include "store/Library.h"
#include "store/UsageReport.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>
#include <QVector>

namespace lectern::presentation {

/// A quiet name and a value.
struct Fact {
    QString name;
    QString value;

    friend bool operator==(const Fact &, const Fact &) = default;
};

/// What the detail pane says of a document.
struct DocumentDetails {
    QString title;    ///< its title, or its name
    QString subtitle; ///< name and author when there is a title
    StateWords state;
    QVector<Fact> facts;
};

/// An entity for a chip.
struct EntityWords {
    QString text;
    QString kind; ///< "Person", "Date", …
};

/// What the detail pane says of a page.
struct PageDetails {
    QString heading; ///< "Page 17 (xv) of 86"
    QString state;   ///< "Done", "Waiting for its analysis", …
    StateTone tone = StateTone::Neutral;
    QVector<Fact> facts; ///< text quality, fonts, size, pictures, …
    QString text;        ///< as extracted; empty when there is none
    QString textNote;    ///< why there is no text, or a warning about its quality; empty when all is well
    bool hasAnalysis = false;
    QString title;
    QString summary;
    QStringList keyPhrases;
    QVector<EntityWords> entities;
    QString error;          ///< what happened and what to do next; empty when nothing failed
    QString unusableAnswer; ///< what a model wrote, when the page failed because of it; never markup
    bool canRetry = false;
};

/// Turns stored values into the words of the detail pane. Pure.
class Details {
    Q_DECLARE_TR_FUNCTIONS(Details)

public:
    [[nodiscard]] static DocumentDetails
    ofDocument(const domain::Document &document, const QVector<store::Place> &places,
               const StateContext &context, const QVector<store::UsageReport::Departure> &departures = {});
    [[nodiscard]] static PageDetails ofPage(const domain::Document &document,
                                            const domain::PageRecord &record);
    [[nodiscard]] static QString entityKindText(domain::EntityKind kind);
    [[nodiscard]] static QString verdictText(domain::TextVerdict verdict);
    [[nodiscard]] static QString pageStateText(domain::PageState state,
                                               domain::Goal goal = domain::Goal::Analysis);
};

} // namespace lectern::presentation
