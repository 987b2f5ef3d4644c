// SPDX-License-Identifier: GPL-3.0-or-later
#include "MoneySamples.h"
#include "StrictWindow.h"

#include "ui/forms/MoneyField.h"
#include "ui/forms/NoteBox.h"
#include "ui/models/EstimateDialog.h"
#include "ui/models/OptionCard.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace lectern;
using namespace lectern::ui;
using namespace Qt::StringLiterals;
using presentation::EstimateDecision;
using presentation::EstimateOption;
using presentation::EstimateView;

class EstimateDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { dressApplication(); }
    void init();
    void cleanup() { m_dialog.reset(); }
    void amountStandsOnTheButton();
    void returnNeverSpends();
    void capIsExact();
    void typedCapSurvivesNewNumbers();
    void trial();
    void trialUnderWayAndOver();
    void calculating();
    void unknownPriceNeedsAYes();
    void unknownPriceOrTheUsersOwn();
    void aYesIsForOneModelOnly();
    void shortageStillStarts();
    void freeHasNoCap();
    void nothingToDo();
    void otherModelsAreChosenByTheirCards();
    void details();
    void fitsTheSmallestWindow();

private:
    template <class T> [[nodiscard]] T &part(const QString &name) { return *m_dialog->findChild<T *>(name); }
    [[nodiscard]] QPushButton &start() { return part<QPushButton>(u"analyzeButton"_s); }
    void show(const EstimateView &view);
    [[nodiscard]] static EstimateView unknown();

    std::unique_ptr<EstimateDialog> m_dialog;
};

void EstimateDialogTest::init()
{
    failOnWarnings();
    m_dialog = std::make_unique<EstimateDialog>();
}

void EstimateDialogTest::show(const EstimateView &view)
{
    m_dialog->setView(view);
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
}

EstimateView EstimateDialogTest::unknown()
{
    EstimateView view = samples::estimate();
    view.chosen.model.price.reset();
    view.chosen.state = EstimateOption::State::PriceUnknown;
    return view;
}

void EstimateDialogTest::amountStandsOnTheButton()
{
    show(samples::estimate());
    QCOMPARE(start().text(), u"Analyze for ≈ $0.12"_s);
    QVERIFY(start().isEnabled());
    QCOMPARE(part<QLabel>(u"estimateTitle"_s).text(), u"Analyze 12 documents"_s);
    QCOMPARE(part<MoneyField>(u"capField"_s).text(), u"0.50"_s);
    QSignalSpy decided(m_dialog.get(), &EstimateDialog::decided);
    start().click();
    QCOMPARE(decided.size(), 1);
    const auto decision = decided.at(0).at(0).value<EstimateDecision>();
    QCOMPARE(decision.modelId, u"openai/gpt-6-luna"_s);
    QCOMPARE(decision.cap, samples::money("0.5"));
    QCOMPARE(decision.trialPages, 0);
    QVERIFY(!decision.unpricedAllowed);
    QVERIFY(!m_dialog->isVisible());
}

void EstimateDialogTest::returnNeverSpends()
{
    show(samples::estimate());
    QVERIFY(!start().isDefault());
    QSignalSpy decided(m_dialog.get(), &EstimateDialog::decided);
    auto &cap = part<MoneyField>(u"capField"_s);
    m_dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    cap.setFocus();
    QVERIFY(part<QPushButton>(u"cancelButton"_s).isDefault());
    QTest::keyClick(&cap, Qt::Key_Return);
    QVERIFY(m_dialog->isVisible());
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    QVERIFY(!m_dialog->isVisible());
    QCOMPARE(decided.size(), 0);
}

void EstimateDialogTest::capIsExact()
{
    show(samples::estimate());
    auto &cap = part<MoneyField>(u"capField"_s);
    for (const QString &wrong : {u"abc"_s, u"1,5"_s, u"-1"_s, u"0.0000000000001"_s}) {
        cap.setText(wrong);
        QVERIFY2(!start().isEnabled(), qPrintable(wrong));
        QVERIFY(!start().toolTip().isEmpty());
        QVERIFY(!part<QLabel>(u"capNote"_s).text().isEmpty());
    }
    QSignalSpy decided(m_dialog.get(), &EstimateDialog::decided);
    cap.setText(u"0.123456789012"_s);
    start().click();
    QCOMPARE(decided.at(0).at(0).value<EstimateDecision>().cap->toDecimal(), u"0.123456789012"_s);
    m_dialog->show();
    cap.clear(); // no cap
    start().click();
    QVERIFY(!decided.at(1).at(0).value<EstimateDecision>().cap.has_value());
}

void EstimateDialogTest::typedCapSurvivesNewNumbers()
{
    show(samples::estimate());
    auto &cap = part<MoneyField>(u"capField"_s);
    cap.selectAll();
    QTest::keyClicks(&cap, u"0.2"_s);
    EstimateView later = samples::estimate();
    later.cap = samples::money("0.9");
    m_dialog->setView(later);
    QCOMPARE(cap.text(), u"0.2"_s);
}

void EstimateDialogTest::trial()
{
    show(samples::estimate());
    auto &trial = part<QPushButton>(u"trialButton"_s);
    QCOMPARE(trial.text(), u"Try 3 pages first"_s);
    QSignalSpy asked(m_dialog.get(), &EstimateDialog::trialRequested);
    trial.click();
    QCOMPARE(asked.at(0).at(0).value<EstimateDecision>().trialPages, 3);
    QCOMPARE(asked.at(0).at(0).value<EstimateDecision>().cap, samples::money("0.5")); // of the trial too
    QVERIFY(m_dialog->isVisible());
    EstimateView few = samples::estimate();
    few.pagesToDo = 3;
    show(few);
    QVERIFY(!trial.isVisible());
}

void EstimateDialogTest::trialUnderWayAndOver()
{
    EstimateView view = samples::estimate();
    view.trial = samples::trial(1);
    show(view);
    auto &note = part<NoteBox>(u"trialNote"_s);
    QCOMPARE(note.text(), u"Trying 3 pages with gpt-6-luna: 1 answered so far."_s);
    QVERIFY(!part<QPushButton>(u"trialButton"_s).isVisible());
    QVERIFY(start().isEnabled()); // what was tried is not asked again
    QSignalSpy stopped(m_dialog.get(), &EstimateDialog::trialStopRequested);
    part<QPushButton>(u"stopTrialButton"_s).click();
    QCOMPARE(stopped.size(), 1);
    view.trial = samples::trial(3);
    m_dialog->setView(view);
    QCOMPARE(note.text(), u"3 pages tried with gpt-6-luna for $0.009812."_s);
    QVERIFY(!part<QPushButton>(u"stopTrialButton"_s).isVisible());
    QVERIFY(!part<QPushButton>(u"trialButton"_s).isVisible());
    // Nothing was learned from one that failed.
    view.trial = samples::trial(0);
    view.trial->failed = 3;
    view.trial->problem = {base::ErrorCode::ModelNotFound, {}};
    m_dialog->setView(view);
    QVERIFY2(note.text().startsWith(u"3 pages failed: "_s), qPrintable(note.text()));
    QVERIFY(part<QPushButton>(u"trialButton"_s).isVisible());
}

void EstimateDialogTest::calculating()
{
    EstimateView view = samples::estimate();
    view.chosen.state = EstimateOption::State::Calculating;
    show(view);
    QVERIFY(!start().isEnabled());
    QCOMPARE(start().text(), u"Calculating…"_s);
    m_dialog->setView(samples::estimate());
    QVERIFY(start().isEnabled());
}

void EstimateDialogTest::unknownPriceNeedsAYes()
{
    show(unknown());
    QVERIFY(part<QWidget>(u"priceQuestion"_s).isVisible());
    QVERIFY(!start().isEnabled());
    part<QCheckBox>(u"unpricedBox"_s).setChecked(true);
    QVERIFY(start().isEnabled());
    QCOMPARE(start().text(), u"Analyze at an unknown price"_s);
    QSignalSpy decided(m_dialog.get(), &EstimateDialog::decided);
    start().click();
    QVERIFY(decided.at(0).at(0).value<EstimateDecision>().unpricedAllowed);
}

void EstimateDialogTest::unknownPriceOrTheUsersOwn()
{
    show(unknown());
    QSignalSpy entered(m_dialog.get(), &EstimateDialog::priceEntered);
    auto &use = part<QPushButton>(u"usePriceButton"_s);
    QVERIFY(!use.isEnabled());
    part<MoneyField>(u"inputPriceField"_s).setText(u"0.0375"_s);
    QVERIFY(!use.isEnabled());
    part<MoneyField>(u"outputPriceField"_s).setText(u"0.0000001"_s); // no whole picodollars a token
    QVERIFY(!use.isEnabled());
    part<MoneyField>(u"outputPriceField"_s).setText(u"0.15"_s);
    use.click();
    QCOMPARE(entered.size(), 1);
    QCOMPARE(entered.at(0).at(0).toString(), u"openai/gpt-6-luna"_s);
    QCOMPARE(entered.at(0).at(1).value<domain::Money>(), samples::money("0.0375"));
    QCOMPARE(entered.at(0).at(2).value<domain::Money>(), samples::money("0.15"));
}

void EstimateDialogTest::aYesIsForOneModelOnly()
{
    show(unknown());
    part<QCheckBox>(u"unpricedBox"_s).setChecked(true);
    EstimateView other = unknown();
    other.chosen.model.id = u"openrouter/other"_s;
    m_dialog->setView(other);
    QVERIFY(!start().isEnabled());
}

void EstimateDialogTest::shortageStillStarts()
{
    EstimateView view = samples::estimate();
    view.shortage = EstimateView::Shortage{presentation::BudgetScope::Day, samples::money("0.03")};
    show(view);
    QVERIFY(part<QWidget>(u"estimateShortage"_s).isVisible());
    QVERIFY(start().isEnabled()); // the run waits at the budget, with nothing lost
    QSignalSpy budgets(m_dialog.get(), &EstimateDialog::budgetsRequested);
    part<QPushButton>(u"estimateBudgetsButton"_s).click();
    QCOMPARE(budgets.size(), 1);
    m_dialog->setView(samples::estimate());
    QVERIFY(!part<QWidget>(u"estimateShortage"_s).isVisible());
}

void EstimateDialogTest::freeHasNoCap()
{
    EstimateView view = samples::estimate();
    view.chosen.model = samples::models().at(6); // on this computer
    show(view);
    QCOMPARE(start().text(), u"Analyze for free"_s);
    QVERIFY(!part<MoneyField>(u"capField"_s).isVisible());
    QSignalSpy decided(m_dialog.get(), &EstimateDialog::decided);
    start().click();
    QVERIFY(!decided.at(0).at(0).value<EstimateDecision>().cap.has_value());
}

void EstimateDialogTest::nothingToDo()
{
    EstimateView view = samples::estimate();
    view.pagesToDo = 0;
    show(view);
    QVERIFY(!start().isEnabled());
    QCOMPARE(start().text(), u"Nothing to analyze"_s);
    QVERIFY(!m_dialog->findChild<OptionCard *>(u"optionCard0"_s));
    m_dialog->setView(samples::estimate());
    QVERIFY(m_dialog->findChild<OptionCard *>(u"optionCard3"_s));
}

void EstimateDialogTest::otherModelsAreChosenByTheirCards()
{
    show(samples::estimate());
    QSignalSpy chosen(m_dialog.get(), &EstimateDialog::modelChosen);
    auto &own = part<OptionCard>(u"optionCard0"_s);
    auto &other = part<OptionCard>(u"optionCard2"_s);
    QVERIFY(own.isChecked());
    QVERIFY(own.accessibleName().contains(u"gpt-6-luna"_s));
    QVERIFY(own.accessibleName().contains(u"chosen"_s));
    own.click();
    QCOMPARE(chosen.size(), 0);
    QVERIFY(own.isChecked());
    QTest::keyClick(&other, Qt::Key_Space);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.at(0).at(0).toString(), u"openai/gpt-6.1-terra"_s);
    QVERIFY(!other.isChecked()); // until there is a view that has it
    QVERIFY(own.isChecked());
}

void EstimateDialogTest::details()
{
    show(samples::estimate());
    auto &list = part<QWidget>(u"estimateDetails"_s);
    QVERIFY(!list.isVisible());
    part<QToolButton>(u"estimateDetailsButton"_s).click();
    QVERIFY(list.isVisible());
    QString all;
    for (const QLabel *label : list.findChildren<QLabel *>())
        all += label->text() + u'\n';
    QVERIFY2(all.contains(u"512,340 tokens"_s), qPrintable(all));
    QVERIFY2(all.contains(u"openai.com"_s), qPrintable(all));
}

void EstimateDialogTest::fitsTheSmallestWindow()
{
    EstimateView scarce = samples::estimate();
    scarce.shortage = EstimateView::Shortage{presentation::BudgetScope::Month, samples::money("0.03")};
    for (const EstimateView &view : {scarce, unknown()}) {
        show(view);
        QVERIFY2(m_dialog->width() <= 960, qPrintable(QString::number(m_dialog->width())));
        QVERIFY2(m_dialog->height() <= 600, qPrintable(QString::number(m_dialog->height())));
        // However narrow: no card is cut, and no price shortened.
        m_dialog->resize(1, 1);
        const auto *card = m_dialog->findChild<OptionCard *>(u"optionCard3"_s);
        QVERIFY(card->width() >= card->minimumSizeHint().width());
        QVERIFY(card->height() >= card->sizeHint().height());
        QVERIFY(card->minimumSizeHint().width() >
                card->fontMetrics().horizontalAdvance(presentation::EstimateText::price(card->option())));
    }
}

QTEST_MAIN(EstimateDialogTest)
#include "tst_EstimateDialog.moc"
