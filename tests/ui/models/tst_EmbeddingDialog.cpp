// SPDX-License-Identifier: GPL-3.0-or-later
#include "MoneySamples.h"
#include "StrictWindow.h"

#include "ui/forms/MoneyField.h"
#include "ui/forms/NoteBox.h"
#include "ui/models/EmbeddingDialog.h"
#include "ui/models/ModelButton.h"
#include "ui/models/ModelPicker.h"
#include "ui/models/ModelView.h"

#include "presentation/ModelListModel.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace lectern;
using namespace lectern::ui;
using namespace Qt::StringLiterals;
using presentation::EmbeddingDecision;
using presentation::EmbeddingOffer;

class EmbeddingDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { dressApplication(); }
    void init();
    void cleanup() { m_dialog.reset(); }
    void amountStandsOnTheButton();
    void returnNeverSpends();
    void capIsExactAndSurvivesNewNumbers();
    void calculatingCannotStart();
    void unknownPriceNeedsAYes();
    void unknownPriceOrTheUsersOwn();
    void freeHasNoCap();
    void whatLeavesIsSaid();
    void longerWordsGetTheirRoom();
    void aProblemIsSaid();
    void noModelToChoose();
    void pickerShowsWhatMattersForVectors();
    void fitsTheSmallestWindow();

private:
    template <class T> [[nodiscard]] T &part(const QString &name) { return *m_dialog->findChild<T *>(name); }
    [[nodiscard]] QPushButton &start() { return part<QPushButton>(u"embedButton"_s); }
    void show(const EmbeddingOffer &offer);
    [[nodiscard]] static EmbeddingOffer unknown();

    std::unique_ptr<EmbeddingDialog> m_dialog;
};

void EmbeddingDialogTest::init()
{
    failOnWarnings();
    m_dialog = std::make_unique<EmbeddingDialog>();
}

void EmbeddingDialogTest::show(const EmbeddingOffer &offer)
{
    m_dialog->setOffer(offer);
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
}

EmbeddingOffer EmbeddingDialogTest::unknown()
{
    EmbeddingOffer offer = samples::embeddingOffer();
    offer.model = samples::embedders().at(3);
    offer.state = EmbeddingOffer::State::PriceUnknown;
    return offer;
}

void EmbeddingDialogTest::amountStandsOnTheButton()
{
    show(samples::embeddingOffer());
    QCOMPARE(start().text(), u"Embed for ≈ $0.02"_s);
    QCOMPARE(part<QLabel>(u"embeddingWork"_s).text(),
             u"5,742 passages to embed · 120 have their vector already, free"_s);
    QSignalSpy decided(m_dialog.get(), &EmbeddingDialog::decided);
    start().click();
    QCOMPARE(decided.size(), 1);
    const auto decision = decided.first().at(0).value<EmbeddingDecision>();
    QCOMPARE(decision.offer, samples::embeddingOffer());
    QCOMPARE(decision.cap, std::optional(samples::money("0.5")));
    QVERIFY(!decision.unpricedAllowed);
    QVERIFY(!m_dialog->isVisible());
}

void EmbeddingDialogTest::returnNeverSpends()
{
    show(samples::embeddingOffer());
    QSignalSpy decided(m_dialog.get(), &EmbeddingDialog::decided);
    part<MoneyField>(u"embeddingCapField"_s).setFocus();
    QTest::keyClick(&part<MoneyField>(u"embeddingCapField"_s), Qt::Key_Return);
    QVERIFY(m_dialog->isVisible());
    part<QLabel>(u"embeddingWork"_s).setFocus();
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    QCOMPARE(decided.size(), 0);
    QVERIFY(!start().isDefault());
}

void EmbeddingDialogTest::capIsExactAndSurvivesNewNumbers()
{
    show(samples::embeddingOffer());
    auto &cap = part<MoneyField>(u"embeddingCapField"_s);
    cap.setFocus();
    cap.selectAll();
    QTest::keyClicks(&cap, u"0.0150"_s);
    QVERIFY(part<QLabel>(u"embeddingCapNote"_s).text().contains(u"Below the estimate"_s));
    EmbeddingOffer newer = samples::embeddingOffer();
    newer.passages = 6'000;
    m_dialog->setOffer(newer);
    QCOMPARE(cap.money(), std::optional(samples::money("0.015")));
    cap.selectAll();
    QTest::keyClicks(&cap, u"1,2,3"_s);
    QVERIFY(!start().isEnabled());
    QVERIFY(!start().toolTip().isEmpty());
    cap.selectAll();
    QTest::keyClick(&cap, Qt::Key_Delete);
    QVERIFY(start().isEnabled());
    QSignalSpy decided(m_dialog.get(), &EmbeddingDialog::decided);
    start().click();
    QVERIFY(!decided.first().at(0).value<EmbeddingDecision>().cap);
}

void EmbeddingDialogTest::calculatingCannotStart()
{
    EmbeddingOffer offer;
    offer.model = samples::embedders().at(1);
    show(offer);
    QVERIFY(!start().isEnabled());
    QCOMPARE(start().text(), u"Calculating…"_s);
    m_dialog->setOffer(samples::embeddingOffer());
    QVERIFY(start().isEnabled());
}

void EmbeddingDialogTest::unknownPriceNeedsAYes()
{
    show(unknown());
    QVERIFY(part<NoteBox>(u"embeddingPriceQuestion"_s).isVisible());
    QVERIFY(!start().isEnabled());
    auto &agree = part<QCheckBox>(u"unpricedEmbeddingBox"_s);
    agree.setChecked(true);
    QVERIFY(start().isEnabled());
    // A yes is for one model only.
    m_dialog->setOffer(samples::embeddingOffer());
    m_dialog->setOffer(unknown());
    QVERIFY(!agree.isChecked());
    agree.setChecked(true);
    QSignalSpy decided(m_dialog.get(), &EmbeddingDialog::decided);
    start().click();
    QVERIFY(decided.first().at(0).value<EmbeddingDecision>().unpricedAllowed);
}

void EmbeddingDialogTest::unknownPriceOrTheUsersOwn()
{
    show(unknown());
    auto &field = part<MoneyField>(u"embeddingPriceField"_s);
    auto &use = part<QPushButton>(u"useEmbeddingPriceButton"_s);
    QVERIFY(!use.isEnabled());
    field.setFocus();
    QTest::keyClicks(&field, u"0.0000001"_s);
    QVERIFY(!use.isEnabled()); // no whole number of picodollars a token
    field.selectAll();
    QTest::keyClicks(&field, u"0.02"_s);
    QVERIFY(use.isEnabled());
    QSignalSpy entered(m_dialog.get(), &EmbeddingDialog::priceEntered);
    use.click();
    QCOMPARE(entered.size(), 1);
    QCOMPARE(entered.first().at(0).toString(), samples::embedders().at(3).id);
    QCOMPARE(entered.first().at(1).value<domain::Money>(), samples::money("0.02"));
}

void EmbeddingDialogTest::freeHasNoCap()
{
    EmbeddingOffer offer = samples::embeddingOffer();
    offer.model = samples::embedders().at(2);
    show(offer);
    QVERIFY(!part<MoneyField>(u"embeddingCapField"_s).isVisible());
    QCOMPARE(start().text(), u"Embed for free"_s);
    QSignalSpy decided(m_dialog.get(), &EmbeddingDialog::decided);
    start().click();
    QVERIFY(!decided.first().at(0).value<EmbeddingDecision>().cap);
}

void EmbeddingDialogTest::whatLeavesIsSaid()
{
    show(samples::embeddingOffer());
    QVERIFY(part<NoteBox>(u"embeddingLeaves"_s).text().contains(u"OpenAI (api.openai.com)"_s));
    EmbeddingOffer builtIn;
    builtIn.model = samples::embedders().at(0);
    builtIn.state = EmbeddingOffer::State::Ready;
    m_dialog->setOffer(builtIn);
    QCOMPARE(part<NoteBox>(u"embeddingLeaves"_s).text(), u"Nothing leaves this computer."_s);
}

void EmbeddingDialogTest::longerWordsGetTheirRoom()
{
    EmbeddingOffer offer = samples::embeddingOffer();
    offer.model = samples::embedders().at(2);
    offer.host = u"a"_s;
    show(offer);
    const int before = m_dialog->height();
    offer.host = QString(200, u'a').replace(u"aaaaaaaaaa"_s, u"aaaaaaaaa "_s);
    m_dialog->setOffer(offer);
    QVERIFY2(m_dialog->height() > before, qPrintable(QString::number(before)));
}

void EmbeddingDialogTest::aProblemIsSaid()
{
    EmbeddingOffer offer = samples::embeddingOffer();
    offer.state = EmbeddingOffer::State::Failed;
    offer.problem = {base::ErrorCode::KeyRefused, {}};
    show(offer);
    QVERIFY(part<NoteBox>(u"embeddingOfferProblem"_s).isVisible());
    QVERIFY(!start().isEnabled());
}

void EmbeddingDialogTest::noModelToChoose()
{
    show({});
    QVERIFY(part<NoteBox>(u"noEmbedderNote"_s).isVisible());
    QVERIFY(!start().isEnabled());
    QVERIFY(!part<NoteBox>(u"embeddingLeaves"_s).isVisible());
    QSignalSpy endpoints(m_dialog.get(), &EmbeddingDialog::endpointsRequested);
    part<QPushButton>(u"embeddingEndpointsButton"_s).click();
    QCOMPARE(endpoints.size(), 1);
}

void EmbeddingDialogTest::pickerShowsWhatMattersForVectors()
{
    using presentation::ModelListModel;
    ModelPicker picker;
    picker.setRole(ModelPicker::Role::Embedding);
    picker.setChoices(samples::embedders());
    picker.resize(picker.sizeHint());
    picker.show();
    QVERIFY(QTest::qWaitForWindowExposed(&picker));
    QCOMPARE(picker.shownCount(), 4);
    auto &list = *picker.findChild<ModelView *>(u"modelList"_s);
    QVERIFY(list.isColumnHidden(ModelListModel::Output));
    QVERIFY(list.isColumnHidden(ModelListModel::Estimate));
    QVERIFY(!list.isColumnHidden(ModelListModel::Input));
    QVERIFY(!picker.findChild<QPushButton *>(u"visionFilter"_s)->isVisible());
}

void EmbeddingDialogTest::fitsTheSmallestWindow()
{
    for (const EmbeddingOffer &offer : {samples::embeddingOffer(), unknown()}) {
        show(offer);
        QVERIFY2(m_dialog->minimumWidth() <= 900, qPrintable(QString::number(m_dialog->minimumWidth())));
        QVERIFY2(m_dialog->height() <= 560, qPrintable(QString::number(m_dialog->height())));
    }
}

QTEST_MAIN(EmbeddingDialogTest)
#include "tst_EmbeddingDialog.moc"
