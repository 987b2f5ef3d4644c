// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QString>
#include <QStringList>
#include <QVector>

namespace lectern::e2e {

/// The folder of test documents that the environment variable LECTERN_CORPUS names, and what is expected of
/// each.
class Corpus {
public:
    struct Row {
        QString path; ///< in the folder
        QString kind;
        int pages = -1;
        QString outcome;
        QString alsoAcceptable;
        int phrasePage = -1;
        QString phrase;
        QString password;
        QSet<int> pagesThatFail;
        QSet<int> pagesWithoutText;
        bool mayHang = false;

        [[nodiscard]] bool isPdf() const { return kind == QLatin1String("pdf"); }
    };

    /// Empty when the variable is not set or names no corpus.
    [[nodiscard]] static Corpus find();
    [[nodiscard]] bool isEmpty() const { return m_rows.isEmpty(); }
    [[nodiscard]] QString folder() const { return m_folder; }
    [[nodiscard]] const QVector<Row> &rows() const { return m_rows; }
    [[nodiscard]] QString absolute(const Row &row) const { return m_folder + QLatin1Char('/') + row.path; }
    /// Its lists of paths, for a small set of its documents.
    [[nodiscard]] QStringList absolute(const QStringList &paths) const;

    /// Text as phrases are compared: NFKC, white space collapsed.
    [[nodiscard]] static QString comparable(const QString &text);
    /// "1-3,7" → 1, 2, 3, 7
    [[nodiscard]] static QSet<int> numbers(const QString &list);

private:
    QString m_folder;
    QVector<Row> m_rows;
};

} // namespace lectern::e2e
