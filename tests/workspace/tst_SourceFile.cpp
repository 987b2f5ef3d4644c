// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/SourceFile.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace lectern;
using domain::DocumentKind;
using workspace::fetchFile;
using workspace::kindOfFile;

class SourceFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void kind_is_judged_by_name_and_content_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("kind");
        QTest::newRow("pdf") << QStringLiteral("a.pdf") << QByteArray("%PDF-1.7\n") << int(DocumentKind::Pdf);
        QTest::newRow("upper case name")
            << QStringLiteral("A.PDF") << QByteArray("%PDF-1.7\n") << int(DocumentKind::Pdf);
        QTest::newRow("pdf without a name that says so")
            << QStringLiteral("paper") << QByteArray("%PDF-1.4\n") << int(DocumentKind::Pdf);
        QTest::newRow("header after garbage")
            << QStringLiteral("mail") << QByteArray(500, 'x') + "%PDF-1.4" << int(DocumentKind::Pdf);
        QTest::newRow("lost header") << QStringLiteral("b.pdf") << QByteArray("%-1.7\n")
                                     << int(DocumentKind::Pdf);
        QTest::newRow("empty") << QStringLiteral("c.pdf") << QByteArray() << int(DocumentKind::Pdf);
        QTest::newRow("text") << QStringLiteral("d.txt") << QByteArray("words") << int(DocumentKind::Unknown);
        QTest::newRow("text that mentions the header late")
            << QStringLiteral("e.txt") << QByteArray(2000, 'x') + "%PDF-" << int(DocumentKind::Unknown);
    }

    void kind_is_judged_by_name_and_content()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        QFETCH(int, kind);
        const auto judged = kindOfFile(write(name, content));
        QVERIFY(judged.has_value());
        QCOMPARE(int(*judged), kind);
    }

    void missing_file_is_said_to_be_missing()
    {
        const QString path = m_folder.path() + QStringLiteral("/nothing.pdf");
        QCOMPARE(kindOfFile(path).error().code, base::ErrorCode::FileMissing);
        QCOMPARE(fetchFile(path, {}).error().code, base::ErrorCode::FileMissing);
    }

    void folder_is_no_file()
    {
        QCOMPARE(fetchFile(m_folder.path(), {}).error().code, base::ErrorCode::FileMissing);
    }

    void hash_is_sha256_of_all_bytes()
    {
        const QByteArray content(3'000'000, 'z'); // more than one chunk
        const auto fetched = fetchFile(write(QStringLiteral("big.pdf"), content), {});
        QVERIFY(fetched.has_value());
        QCOMPARE(fetched->sha256, QCryptographicHash::hash(content, QCryptographicHash::Sha256));
        QCOMPARE(fetched->bytes, content.size());
        QVERIFY(fetched->modifiedAt > 0);
    }

    void cancelled_reading_ends()
    {
        base::CancelToken cancel;
        cancel.cancel();
        QCOMPARE(fetchFile(write(QStringLiteral("f.pdf"), "x"), cancel).error().code,
                 base::ErrorCode::Cancelled);
    }

private:
    QString write(const QString &name, const QByteArray &content)
    {
        QFile file(m_folder.path() + QLatin1Char('/') + name);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            return {};
        return file.fileName();
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(SourceFileTest)
#include "tst_SourceFile.moc"
