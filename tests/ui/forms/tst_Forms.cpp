// SPDX-License-Identifier: GPL-3.0-or-later
#include "MoneySamples.h"
#include "StrictWindow.h"

#include "ui/forms/BudgetBar.h"
#include "ui/forms/BudgetsForm.h"
#include "ui/forms/MoneyField.h"
#include "ui/forms/NoteBox.h"
#include "ui/widgets/TwoFillProgressBar.h"

#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace lectern;
using namespace lectern::ui;
using namespace Qt::StringLiterals;

class FormsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { dressApplication(); }
    void init() { failOnWarnings(); }
    void fieldReadsExactAmounts();
    void typedTextStaysWhileItMeansTheSame();
    void returnGoesNoFurther();
    void committedOncePerAmount();
    void barOfALimit();
    void barTakesEveryAmount();
    void formKeepsWhatItCannotRead();
    void noteIsHiddenWithoutWords();
};

void FormsTest::fieldReadsExactAmounts()
{
    MoneyField field;
    QVERIFY(!field.isUsable()); // empty means nothing here
    field.setEmptyMeaning(u"No limit"_s);
    QVERIFY(field.isUsable());
    QCOMPARE(field.money(), std::nullopt);
    field.setText(u"$ 0.0375"_s);
    QCOMPARE(field.money(), samples::money("0.0375"));
    field.setText(u"1,000"_s);
    QVERIFY(!field.isUsable());
    QVERIFY(field.accessibleDescription().contains(u"0.50"_s)); // shows how
}

void FormsTest::typedTextStaysWhileItMeansTheSame()
{
    MoneyField field;
    field.setText(u"5"_s);
    field.setMoney(samples::money("5"));
    QCOMPARE(field.text(), u"5"_s);
    field.setMoney(samples::money("6"));
    QCOMPARE(field.text(), u"6.00"_s);
    field.setMoney(std::nullopt);
    QVERIFY(field.text().isEmpty());
}

void FormsTest::returnGoesNoFurther()
{
    QDialog dialog;
    auto *layout = new QVBoxLayout(&dialog);
    auto *field = new MoneyField;
    auto *button = new QPushButton(u"Spend"_s);
    button->setDefault(true);
    layout->addWidget(field);
    layout->addWidget(button);
    dialog.show();
    QSignalSpy clicked(button, &QPushButton::clicked);
    QTest::keyClick(field, Qt::Key_Return);
    QTest::keyClick(field, Qt::Key_Enter);
    QCOMPARE(clicked.size(), 0);
}

void FormsTest::committedOncePerAmount()
{
    MoneyField field;
    QSignalSpy committed(&field, &MoneyField::committed);
    field.setMoney(samples::money("5"));
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(committed.size(), 0); // as it was
    field.setText(u"7"_s);
    QTest::keyClick(&field, Qt::Key_Return);
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(committed.size(), 1);
    field.setText(u"x"_s);
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(committed.size(), 1);
}

void FormsTest::barOfALimit()
{
    BudgetBar bar(presentation::BudgetScope::Month);
    auto *line = bar.findChild<TwoFillProgressBar *>();
    QVERIFY(line->isHidden());
    bar.setUse({samples::money("60"), samples::money("15"), samples::money("0.5")});
    QVERIFY(!line->isHidden());
    QCOMPARE(line->value(), 25);
    QVERIFY(!line->state().failed);
    QCOMPARE(bar.accessibleName(), u"Spent this month 15 dollars of 60 dollars"_s);
    bar.setUse({samples::money("60"), samples::money("60"), {}});
    QVERIFY(line->state().failed);
}

void FormsTest::barTakesEveryAmount()
{
    BudgetBar bar(presentation::BudgetScope::Day);
    bar.resize(400, 80);
    const domain::Money most{std::numeric_limits<qint64>::max()};
    for (const domain::Money limit : {domain::Money{}, domain::Money{1}, most}) {
        bar.setUse({limit, domain::Money{1}, {}});
        QVERIFY(!bar.grab().isNull());
    }
    bar.setUse({most, {most.picodollars / 2}, {}});
    QCOMPARE(bar.findChild<TwoFillProgressBar *>()->value(), 50);
}

void FormsTest::formKeepsWhatItCannotRead()
{
    BudgetsForm form;
    presentation::Budgets given;
    given.day = samples::money("5");
    given.month = samples::money("60");
    form.setBudgets(given);
    QCOMPARE(form.budgets(), given);
    auto *day = form.findChild<MoneyField *>(u"budgetDayField"_s);
    auto *month = form.findChild<MoneyField *>(u"budgetMonthField"_s);
    auto *note = form.findChild<NoteBox *>(u"budgetNote"_s);
    QSignalSpy committed(&form, &BudgetsForm::committed);
    day->setText(u"five"_s);
    QVERIFY(!form.isUsable());
    QCOMPARE(form.budgets(), given);
    QVERIFY(note->text().contains(u"A day"_s));
    month->setText(u"70"_s);
    QTest::keyClick(month, Qt::Key_Return);
    QCOMPARE(committed.size(), 0); // not while another field is wrong
    day->clear();
    QTest::keyClick(day, Qt::Key_Return);
    QCOMPARE(committed.size(), 1);
    const auto budgets = committed.at(0).at(0).value<presentation::Budgets>();
    QVERIFY(!budgets.day.has_value());
    QCOMPARE(budgets.month, samples::money("70"));
    day->setText(u"80"_s);
    QVERIFY2(note->text().contains(u"above the monthly"_s), qPrintable(note->text()));
}

void FormsTest::noteIsHiddenWithoutWords()
{
    NoteBox note;
    QVERIFY(note.isHidden());
    note.setNote(NoteBox::Kind::Error, u"<b>not markup</b>"_s);
    QVERIFY(!note.isHidden());
    QCOMPARE(note.findChild<QLabel *>()->textFormat(), Qt::PlainText);
    QCOMPARE(note.accessibleName(), u"<b>not markup</b>"_s);
    note.setNote(NoteBox::Kind::Error, {});
    QVERIFY(note.isHidden());
}

QTEST_MAIN(FormsTest)
#include "tst_Forms.moc"
