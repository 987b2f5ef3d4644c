// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/SearchModel.h"
#include "support/Strict.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace lectern;
using presentation::PageThumbnails;
using presentation::SearchModel;
using workspace::FoundPage;
using workspace::SearchReport;

/// The list of what was found: in groups, growing without moving what is there, with small pictures.
class tst_SearchModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        support::failOnWarnings();
        m_thumbnails = std::make_unique<PageThumbnails>();
        m_model = std::make_unique<SearchModel>(*m_thumbnails);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    void groupsByDocument();
    void growsBelowWhatIsThere();
    void goesOnAcrossDocuments();
    void aPictureConcernsItsRowAlone();
    void smallPicturesKeepTheirShape_data();
    void smallPicturesKeepTheirShape();
    void picturesAreBounded();

private:
    static FoundPage page(qint64 document, int number, double score = 1, bool hasAll = true)
    {
        FoundPage found;
        found.hit.page.value = document * 100 + number;
        found.hit.document.value = document;
        found.hit.number = number;
        found.hit.score = score;
        found.hit.hasAllWords = hasAll;
        found.documentName = QStringLiteral("d%1").arg(document);
        found.size = {595, 842};
        return found;
    }
    static SearchReport report(const QVector<FoundPage> &pages)
    {
        SearchReport report;
        report.pages = pages;
        return report;
    }
    /// "1: 3 5 | 2: 1".
    [[nodiscard]] QString rows() const
    {
        QStringList documents;
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const QModelIndex parent = m_model->index(row, 0);
            QStringList pages;
            for (int at = 0; at < m_model->rowCount(parent); ++at)
                pages.append(m_model->index(at, 0, parent).data(presentation::PageRole).toString());
            documents.append(
                QStringLiteral("%1: %2").arg(m_model->documentAt(parent).value).arg(pages.join(u' ')));
        }
        return documents.join(QStringLiteral(" | "));
    }

    std::unique_ptr<PageThumbnails> m_thumbnails;
    std::unique_ptr<SearchModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester; // goes first
};

void tst_SearchModel::groupsByDocument()
{
    m_model->replace(report({page(2, 4), page(1, 3, 0.5), page(2, 1, 0.25, false)}));
    QCOMPARE(rows(), QStringLiteral("2: 4 1 | 1: 3"));
    QCOMPARE(m_model->pageCount(), 3);
    QCOMPARE(m_model->pagesWithAll(), 2);
    const QModelIndex first = m_model->index(0, 0);
    QVERIFY(!m_model->pageAt(first));
    const QModelIndex second = m_model->index(1, 0, first);
    QCOMPARE(m_model->pageAt(second)->hit.number, 1);
    QCOMPARE(m_model->documentAt(second).value, 2);
    QCOMPARE(m_model->documentAt({}).value, 0);
    QVERIFY(second.data(SearchModel::SomeWordsRole).toBool());
    QCOMPARE(second.data(SearchModel::PageSizeRole).toSizeF(), QSizeF(595, 842));
}

void tst_SearchModel::growsBelowWhatIsThere()
{
    m_model->replace(report({page(1, 3), page(2, 1)}));
    const QPersistentModelIndex kept(m_model->index(0, 0, m_model->index(1, 0)));
    QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
    // Better ones come, one goes.
    m_model->merge(report({page(3, 9), page(2, 7), page(2, 1), page(1, 5)}));
    QCOMPARE(rows(), QStringLiteral("1: 5 | 2: 1 7 | 3: 9"));
    QVERIFY(kept.isValid());
    QCOMPARE(kept.data(presentation::PageRole).toInt(), 1);
    m_model->merge(report({page(3, 9)}));
    QCOMPARE(rows(), QStringLiteral("3: 9"));
    m_model->merge(report({}));
    QCOMPARE(rows(), QString());
    QCOMPARE(resets.size(), 0);
}

void tst_SearchModel::goesOnAcrossDocuments()
{
    m_model->replace(report({page(1, 3), page(2, 1), page(2, 2)}));
    QStringList seen;
    for (QModelIndex at = m_model->nextPage({}, 1); at.isValid(); at = m_model->nextPage(at, 1))
        seen.append(at.data(presentation::PageRole).toString());
    QCOMPARE(seen.join(u' '), QStringLiteral("3 1 2"));
    seen.clear();
    for (QModelIndex at = m_model->nextPage({}, -1); at.isValid(); at = m_model->nextPage(at, -1))
        seen.append(at.data(presentation::PageRole).toString());
    QCOMPARE(seen.join(u' '), QStringLiteral("2 1 3"));
}

void tst_SearchModel::aPictureConcernsItsRowAlone()
{
    m_model->replace(report({page(1, 3), page(2, 1), page(2, 2)}));
    QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);
    const QModelIndex row = m_model->index(1, 0, m_model->index(1, 0));
    QVERIFY(!row.data(Qt::DecorationRole).isValid());
    QImage picture(64, 84, QImage::Format_RGB32);
    picture.fill(Qt::white);
    m_thumbnails->keep(domain::DocumentId{2}, 2, picture);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.first().at(0).toModelIndex(), row);
    QCOMPARE(row.data(Qt::DecorationRole).value<QImage>(), picture);
    m_thumbnails->keep(domain::DocumentId{9}, 2, picture); // of a page that was not found
    m_thumbnails->keep(domain::DocumentId{2}, 9, picture);
    m_thumbnails->keep(domain::DocumentId{2}, 1, {});
    QCOMPARE(changes.size(), 1);
}

void tst_SearchModel::smallPicturesKeepTheirShape_data()
{
    QTest::addColumn<QSize>("page");
    QTest::addColumn<QSize>("small");
    QTest::newRow("A4") << QSize(2480, 3508) << QSize(118, 168);
    QTest::newRow("slide") << QSize(1920, 1080) << QSize(128, 72);
    QTest::newRow("just so large") << QSize(128, 168) << QSize(128, 168);
    QTest::newRow("smaller already") << QSize(60, 80) << QSize(60, 80);
    QTest::newRow("a long receipt") << QSize(300, 6000) << QSize(8, 168);
}

void tst_SearchModel::smallPicturesKeepTheirShape()
{
    QFETCH(QSize, page);
    QFETCH(QSize, small);
    QImage picture(page, QImage::Format_RGB32);
    picture.fill(Qt::white);
    QCOMPARE(PageThumbnails::smallOf(picture).size(), small);
    QVERIFY(PageThumbnails::smallOf({}).isNull());
}

void tst_SearchModel::picturesAreBounded()
{
    QImage picture(128, 168, QImage::Format_RGB32);
    picture.fill(Qt::white);
    const auto most = static_cast<int>(PageThumbnails::kMaxBytes / picture.sizeInBytes());
    for (int number = 1; number <= most + 1; ++number)
        m_thumbnails->keep(domain::DocumentId{1}, number, picture);
    QVERIFY(m_thumbnails->find(domain::DocumentId{1}, 1).isNull());
    QVERIFY(!m_thumbnails->find(domain::DocumentId{1}, most + 1).isNull());
}

QTEST_MAIN(tst_SearchModel)
#include "tst_SearchModel.moc"
