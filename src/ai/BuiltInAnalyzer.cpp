// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/BuiltInAnalyzer.h"

#include "text/Entities.h"
#include "text/KeyPhrases.h"
#include "text/Language.h"
#include "text/PageLayout.h"
#include "text/Sentences.h"
#include "text/Summary.h"
#include "text/Title.h"

namespace lectern::ai {

using namespace Qt::StringLiterals;

QString BuiltInAnalyzer::id() const
{
    return u"built-in/1"_s;
}

QString BuiltInAnalyzer::displayName() const
{
    return u"Built-in analyser"_s;
}

base::Result<domain::PageAnalysis> BuiltInAnalyzer::analyse(const domain::PageContent &page,
                                                            const base::CancelToken &cancel) const
{
    const auto cancelled = [] { return base::fail(base::ErrorCode::Cancelled); };
    domain::PageAnalysis analysis;
    if (cancel.isCancelled())
        return cancelled();
    analysis.language = text::detectLanguage(page.text.text);
    const text::PageLayout layout = text::readLayout(page, analysis.language);
    if (cancel.isCancelled())
        return cancelled();
    const QVector<text::Sentence> sentences = text::splitSentences(layout);
    analysis.title = text::pageTitle(layout, sentences);
    analysis.summary = text::summarise(layout, sentences, analysis.title);
    if (cancel.isCancelled())
        return cancelled();
    analysis.entities = text::findEntities(layout);
    if (cancel.isCancelled())
        return cancelled();
    QStringList people;
    for (const domain::Entity &entity : analysis.entities) {
        if (entity.kind == domain::EntityKind::Person)
            people.append(entity.text);
    }
    analysis.keyPhrases = text::keyPhrases(layout, people);
    return analysis;
}

} // namespace lectern::ai
