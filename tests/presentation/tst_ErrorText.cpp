// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/ErrorText.h"
#include "support/Strict.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace lectern;
using base::ErrorCode;
using presentation::ErrorText;
using presentation::ErrorWords;

namespace {

QVector<ErrorCode> allCodes()
{
    QVector<ErrorCode> codes;
    for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code)
        codes << static_cast<ErrorCode>(code);
    return codes;
}

} // namespace

class ErrorTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void everyCodeHasAllThree()
    {
        const ErrorWords rest = ErrorText::of(ErrorCode::Internal);
        for (const ErrorCode code : allCodes()) {
            const ErrorWords words = ErrorText::of(code);
            const QByteArray name = base::errorName(code).toUtf8();
            QVERIFY2(!words.title.isEmpty(), name.constData());
            QVERIFY2(!words.happened.isEmpty(), name.constData());
            QVERIFY2(!words.next.isEmpty(), name.constData());
            // Words of its own, not those for what nobody thought of.
            QVERIFY2(code == ErrorCode::Internal || words.happened != rest.happened, name.constData());
        }
    }

    void sentencesAreSentences()
    {
        static const QRegularExpression jargon(
            QStringLiteral(
                "\\b(process|database|sqlite|poppler|null|exception|timeout|lease|mutex|I/O|errno|hash)\\b"),
            QRegularExpression::CaseInsensitiveOption);
        for (const ErrorCode code : allCodes()) {
            const ErrorWords words = ErrorText::of(code);
            const QByteArray name = base::errorName(code).toUtf8();
            QVERIFY2(words.title.size() <= 34, name.constData());
            QVERIFY2(!words.title.endsWith(QLatin1Char('.')), name.constData());
            for (const QString &sentence : {words.happened, words.next}) {
                QVERIFY2(sentence.endsWith(QLatin1Char('.')), name.constData());
                QVERIFY2(sentence.at(0).isUpper(), name.constData());
                QVERIFY2(!sentence.contains(jargon), qPrintable(sentence));
            }
        }
    }

    void noTwoCodesSayTheSame()
    {
        QSet<QString> said;
        for (const ErrorCode code : allCodes())
            said.insert(ErrorText::of(code).happened);
        QCOMPARE(said.size(), allCodes().size());
    }

    void sentenceAndReport()
    {
        const base::Error error{ErrorCode::PageTimedOut, QStringLiteral("page 18 after 30 s")};
        const ErrorWords words = ErrorText::of(error.code);
        QCOMPARE(ErrorText::sentence(error), words.happened + QLatin1Char(' ') + words.next);
        const QString report = ErrorText::report(error);
        QVERIFY(report.contains(words.title));
        QVERIFY(report.contains(QStringLiteral("page_timed_out")));
        QVERIFY(report.contains(QStringLiteral("page 18 after 30 s")));
    }
};

QTEST_GUILESS_MAIN(ErrorTextTest)
#include "tst_ErrorText.moc"
