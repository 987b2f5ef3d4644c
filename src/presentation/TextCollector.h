// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"
#include "presentation/TextSelection.h"

#include <QObject>
#include <QString>

#include <functional>

namespace lectern::presentation {

class LibraryFeed;

/// Puts together the text of a selection, from the store, some pages a step: a whole book is copied without
/// anybody waiting. The newest wins. GUI thread.
class TextCollector final : public QObject {
    Q_OBJECT

public:
    static constexpr int kStep = 100;                  ///< pages
    static constexpr qsizetype kMostText = 20'000'000; ///< UTF-16 units; what is more is left out

    explicit TextCollector(LibraryFeed &feed, QObject *parent = nullptr);
    /// Answers with collected(), once.
    void collect(domain::DocumentId document, const TextSelection &selection);
    void cancel();

Q_SIGNALS:
    void collected(const QString &text, bool isWhole);

private:
    void ask(int after);

    LibraryFeed &m_feed;
    domain::DocumentId m_document;
    TextSelection m_selection;
    QString m_text;
    quint64 m_generation = 0;
};

} // namespace lectern::presentation
