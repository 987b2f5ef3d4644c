// SPDX-License-Identifier: GPL-3.0-or-later
#include "Corpus.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace lectern::e2e {

namespace {

QString orEmpty(const QString &field)
{
    return field == u"-"_s ? QString() : field;
}

int orUnknown(const QString &field)
{
    bool isNumber = false;
    const int number = field.toInt(&isNumber);
    return isNumber ? number : -1;
}

} // namespace

Corpus Corpus::find()
{
    Corpus corpus;
    corpus.m_folder = qEnvironmentVariable("LECTERN_CORPUS");
    QFile file(corpus.m_folder + u"/expected.tsv"_s);
    if (corpus.m_folder.isEmpty() || !file.open(QIODevice::ReadOnly))
        return {};
    QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    const QStringList titles = lines.takeFirst().split(u'\t');
    for (const QString &line : lines) {
        const QStringList fields = line.split(u'\t');
        const auto field = [&](const QString &title) { return orEmpty(fields.value(titles.indexOf(title))); };
        Row row;
        row.path = field(u"path"_s);
        row.kind = field(u"kind"_s);
        row.pages = orUnknown(field(u"pages"_s));
        row.outcome = field(u"outcome"_s);
        row.alsoAcceptable = field(u"also_acceptable"_s);
        row.phrasePage = orUnknown(field(u"phrase_page"_s));
        row.phrase = field(u"phrase"_s);
        row.password = field(u"password"_s);
        row.pagesThatFail = numbers(field(u"pages_that_must_fail_alone"_s));
        row.pagesWithoutText = numbers(field(u"pages_image_only"_s));
        row.mayHang = field(u"may_hang_poppler"_s) == u"yes"_s;
        corpus.m_rows.append(row);
    }
    return corpus;
}

QStringList Corpus::absolute(const QStringList &paths) const
{
    QStringList result;
    for (const QString &path : paths)
        result.append(m_folder + u'/' + path);
    return result;
}

QString Corpus::comparable(const QString &text)
{
    return text.normalized(QString::NormalizationForm_KC).simplified();
}

QSet<int> Corpus::numbers(const QString &list)
{
    QSet<int> result;
    for (const QString &part : list.split(u',', Qt::SkipEmptyParts)) {
        const int first = part.section(u'-', 0, 0).toInt();
        const int last = part.contains(u'-') ? part.section(u'-', 1).toInt() : first;
        for (int number = first; number <= last; ++number)
            result.insert(number);
    }
    return result;
}

} // namespace lectern::e2e
