// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/search/SearchFilters.h"

#include "presentation/Format.h"
#include "ui/search/EntityField.h"
#include "ui/search/FilterChip.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FlowLayout.h"

#include <QComboBox>
#include <QDateTime>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>

namespace lectern::ui {

using domain::DocumentId;
using presentation::Format;

namespace {

constexpr int kWidestCombo = 180;
/// The data of "any" in a list.
const QVariant kAny;

void choose(QComboBox &combo, const QVariant &data)
{
    const QSignalBlocker quiet(combo);
    combo.setCurrentIndex(std::max(0, data.isValid() ? combo.findData(data) : 0));
}

} // namespace

SearchFilters::SearchFilters(presentation::SearchDesk &desk, QWidget *first, QWidget *parent)
    : QWidget(parent), m_desk(desk), m_layout(new FlowLayout(this, metrics::kGap))
{
    setObjectName(QStringLiteral("searchFilters"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    build(first);
    connectParts();
    takeChoices();
    showChips();
}

QComboBox *SearchFilters::makeCombo(const QString &objectName, const QString &spoken)
{
    auto *combo = new QComboBox(this);
    combo->setObjectName(objectName);
    combo->setAccessibleName(spoken);
    combo->setMaximumWidth(metrics::scaled(kWidestCombo, fontMetrics()));
    m_layout->addWidget(combo);
    return combo;
}

void SearchFilters::build(QWidget *first)
{
    m_layout->addWidget(first);
    m_collection = makeCombo(QStringLiteral("searchCollectionFilter"), tr("Collection"));
    m_language = makeCombo(QStringLiteral("searchLanguageFilter"), tr("Language of the page"));
    m_text = makeCombo(QStringLiteral("searchTextFilter"), tr("Quality of the text"));
    m_text->addItem(tr("Any text"), kAny);
    m_text->addItem(tr("Good text only"), static_cast<int>(domain::TextVerdict::Good));
    m_text->addItem(tr("Readable text"), static_cast<int>(domain::TextVerdict::Doubtful));
    m_added = makeCombo(QStringLiteral("searchAddedFilter"), tr("When the document was added"));
    m_added->addItem(tr("Added at any time"), kAny);
    m_added->addItem(tr("Added today"), 1);
    m_added->addItem(tr("Added in the last 7 days"), 7);
    m_added->addItem(tr("Added in the last 30 days"), 30);
    m_added->addItem(tr("Added in the last 365 days"), 365);
    m_mentions = new EntityField(m_desk, this);
    m_mentions->setObjectName(QStringLiteral("searchMentionField"));
    m_mentions->setFixedWidth(m_mentions->sizeHint().width());
    m_layout->addWidget(m_mentions);
    m_documentChip = new FilterChip(Glyph::Document, this);
    m_documentChip->setObjectName(QStringLiteral("searchDocumentChip"));
    m_layout->addWidget(m_documentChip);
    m_mentionChip = new FilterChip(Glyph::Tag, this);
    m_mentionChip->setObjectName(QStringLiteral("searchMentionChip"));
    m_layout->addWidget(m_mentionChip);
    m_clear = new QPushButton(tr("Clear filters"), this);
    m_clear->setObjectName(QStringLiteral("clearFiltersButton"));
    setButtonKind(*m_clear, ButtonKind::Flat);
    m_layout->addWidget(m_clear);
}

void SearchFilters::connectParts()
{
    connect(&m_desk, &presentation::SearchDesk::choicesChanged, this, &SearchFilters::takeChoices);
    for (QComboBox *combo : {m_collection, m_language, m_text, m_added})
        connect(combo, &QComboBox::currentIndexChanged, this, &SearchFilters::report);
    connect(m_mentions, &EntityField::chosen, this, &SearchFilters::setMention);
    connect(m_mentionChip, &QAbstractButton::clicked, this, [this] { setMention({}); });
    connect(m_documentChip, &QAbstractButton::clicked, this, [this] {
        m_documents.reset();
        report();
    });
    connect(m_clear, &QPushButton::clicked, this, &SearchFilters::clear);
}

// What was chosen stays chosen when the lists change; what is gone from them is any.
void SearchFilters::takeChoices()
{
    const domain::SearchFilter before = filter(QDate());
    fillLanguages(before.languages.value(0));
    fillCollections(before.collection ? QVariant(before.collection->value) : kAny);
    if (filter(QDate()) != before)
        report();
}

void SearchFilters::fillLanguages(const QString &chosen)
{
    const QSignalBlocker quiet(m_language);
    m_language->clear();
    m_language->addItem(tr("Any language"), kAny);
    QStringList languages = m_desk.choices().languages;
    if (!chosen.isEmpty() && !languages.contains(chosen))
        languages.append(chosen);
    for (const QString &language : std::as_const(languages))
        m_language->addItem(Format::language(language), language);
    choose(*m_language, chosen.isEmpty() ? kAny : QVariant(chosen));
    m_language->setVisible(languages.size() > 1 || !chosen.isEmpty());
}

void SearchFilters::fillCollections(const QVariant &chosen)
{
    const QSignalBlocker quiet(m_collection);
    m_collection->clear();
    m_collection->addItem(tr("All documents"), kAny);
    for (const domain::Collection &collection : m_desk.choices().collections)
        m_collection->addItem(collection.name, collection.id.value);
    choose(*m_collection, chosen);
    m_collection->setVisible(m_collection->count() > 1);
}

domain::SearchFilter SearchFilters::filter(QDate today) const
{
    domain::SearchFilter filter;
    if (m_documents)
        filter.documents = m_documents->ids;
    if (const QVariant collection = m_collection->currentData(); collection.isValid())
        filter.collection = domain::CollectionId{collection.toLongLong()};
    if (const QVariant language = m_language->currentData(); language.isValid())
        filter.languages = {language.toString()};
    if (const QVariant worst = m_text->currentData(); worst.isValid())
        filter.worstText = static_cast<domain::TextVerdict>(worst.toInt());
    filter.named = m_mention;
    if (today.isValid() && addedInDays() > 0)
        filter.addedFrom = today.addDays(1 - addedInDays()).startOfDay().toMSecsSinceEpoch();
    return filter;
}

int SearchFilters::addedInDays() const
{
    return m_added->currentData().toInt();
}

void SearchFilters::setConditions(const domain::SavedSearch &search)
{
    const domain::SearchFilter &filter = search.filter;
    m_isQuiet = true;
    m_documents.reset();
    if (filter.documents)
        m_documents = Documents{*filter.documents, {}};
    m_mention = filter.named;
    fillLanguages(filter.languages.value(0));
    fillCollections(filter.collection ? QVariant(filter.collection->value) : kAny);
    choose(*m_text, filter.worstText ? QVariant(static_cast<int>(*filter.worstText)) : kAny);
    choose(*m_added, search.addedInDays > 0 ? QVariant(search.addedInDays) : kAny);
    m_isQuiet = false;
    report();
}

void SearchFilters::setDocuments(const Documents &documents)
{
    m_documents = documents;
    report();
}

void SearchFilters::setDocumentNames(const QVector<domain::Document> &documents)
{
    if (!m_documents || !m_documents->names.isEmpty())
        return;
    for (const domain::Document &document : documents) {
        if (m_documents->ids.contains(document.id))
            m_documents->names.append(document.name);
    }
    showChips();
}

void SearchFilters::setMention(const QString &name)
{
    m_mention = name;
    report();
}

void SearchFilters::clear()
{
    setConditions({});
}

bool SearchFilters::isSet() const
{
    return filter(QDate()) != domain::SearchFilter() || addedInDays() > 0;
}

QStringList SearchFilters::inWords() const
{
    QStringList words;
    if (m_documents)
        words << m_documentChip->text();
    if (!m_mention.isEmpty())
        words << m_mentionChip->text();
    for (const QComboBox *combo : {m_collection, m_language, m_text, m_added}) {
        if (combo->currentIndex() > 0)
            words << combo->currentText();
    }
    return words;
}

void SearchFilters::report()
{
    if (m_isQuiet)
        return;
    showChips();
    Q_EMIT changed();
}

void SearchFilters::showChips()
{
    m_documentChip->setVisible(m_documents.has_value());
    if (m_documents) {
        const auto count = static_cast<int>(m_documents->ids.size());
        const bool isOne = count == 1 && m_documents->names.size() == 1;
        const QString text = isOne ? m_documents->names.first() : Format::documents(count);
        m_documentChip->setContent(tr("In %1").arg(text), m_documents->names.mid(0, 20).join(u'\n'),
                                   tr("Only in %1. Remove").arg(text));
    }
    m_mentionChip->setVisible(!m_mention.isEmpty());
    m_mentionChip->setContent(tr("Mentions %1").arg(m_mention), m_mention,
                              tr("Only pages that mention %1. Remove").arg(m_mention));
    m_clear->setVisible(isSet());
    updateGeometry();
}

} // namespace lectern::ui
