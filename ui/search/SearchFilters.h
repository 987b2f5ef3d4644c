// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/SavedSearch.h"
#include "presentation/SearchDesk.h"

#include <QDate>
#include <QStringList>
#include <QVector>
#include <QWidget>

#include <optional>

class QComboBox;
class QPushButton;

namespace lectern::ui {

class EntityField;
class FilterChip;
class FlowLayout;

/// What narrows a search down: documents, a collection, a language, what pages mention, the quality of their
/// text, when documents were added. Wraps into as many lines as it needs. GUI thread. objectName
/// "searchFilters".
class SearchFilters final : public QWidget {
    Q_OBJECT

public:
    /// Documents by their names.
    struct Documents {
        QVector<domain::DocumentId> ids;
        QStringList names;
    };

    /// `first` stands before the conditions, in the same lines.
    SearchFilters(presentation::SearchDesk &desk, QWidget *first, QWidget *parent = nullptr);

    /// What is set; days are counted back from `today`.
    [[nodiscard]] domain::SearchFilter filter(QDate today) const;
    /// How many days "added" goes back; 0: any time.
    [[nodiscard]] int addedInDays() const;
    /// Shows these conditions; one changed() for all. Names of documents come with setDocumentNames().
    void setConditions(const domain::SavedSearch &search);
    void setDocuments(const Documents &documents);
    /// Names of documents that were set without.
    void setDocumentNames(const QVector<domain::Document> &documents);
    void setMention(const QString &name);
    void clear();
    [[nodiscard]] bool isSet() const;
    /// What is set, in words: "Language: German".
    [[nodiscard]] QStringList inWords() const;

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] QComboBox *makeCombo(const QString &objectName, const QString &spoken);
    void build(QWidget *first);
    void connectParts();
    void takeChoices();
    void fillLanguages(const QString &chosen);
    void fillCollections(const QVariant &chosen);
    void report();
    void showChips();

    presentation::SearchDesk &m_desk;
    FlowLayout *m_layout;
    QComboBox *m_collection = nullptr;
    QComboBox *m_language = nullptr;
    QComboBox *m_text = nullptr;
    QComboBox *m_added = nullptr;
    EntityField *m_mentions = nullptr;
    FilterChip *m_documentChip = nullptr;
    FilterChip *m_mentionChip = nullptr;
    QPushButton *m_clear = nullptr;
    std::optional<Documents> m_documents;
    QString m_mention;
    bool m_isQuiet = false; ///< several conditions are being set at once
};

} // namespace lectern::ui
