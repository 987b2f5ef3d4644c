// SPDX-License-Identifier: GPL-3.0-or-later
#include "MoneySamples.h"
#include "StrictWindow.h"

#include "ui/forms/NoteBox.h"
#include "ui/settings/SearchPage.h"
#include "ui/settings/SettingsWindow.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/TwoFillProgressBar.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace lectern;
using namespace lectern::ui;
using namespace Qt::StringLiterals;

class SearchPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { dressApplication(); }
    void init();
    void cleanup() { m_window.reset(); }
    void nothingIsKnownAtFirst();
    void theServingModelAndItsGaps();
    void theModelThatIsPrepared();
    void aCapIsSaid();
    void oneClickBack();
    void noModelAtAll();
    void aChoiceUnderWayIsNotChangedAgain();
    void itIsLookedAtWhileItIsSeen();
    void aProblemIsSaidHere();
    void theSearchOfTheSettingsFindsIt();

private:
    template <class T> [[nodiscard]] T &part(const QString &name) { return *m_window->findChild<T *>(name); }
    [[nodiscard]] QString text(const QString &name) { return part<QLabel>(name).text(); }
    [[nodiscard]] SearchPage &page() { return m_window->searchPage(); }

    std::unique_ptr<SettingsWindow> m_window;
};

void SearchPageTest::init()
{
    failOnWarnings();
    m_window = std::make_unique<SettingsWindow>();
    m_window->showPage(SettingsWindow::Page::Search);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void SearchPageTest::nothingIsKnownAtFirst()
{
    QVERIFY(page().isVisible());
    QVERIFY(!part<QPushButton>(u"changeEmbeddingButton"_s).isEnabled());
    QVERIFY(!part<Card>(u"fillingCard"_s).isVisible());
    QVERIFY(!part<QPushButton>(u"goBackButton"_s).isVisible());
    QVERIFY(!part<QPushButton>(u"embedMissingButton"_s).isVisible());
}

void SearchPageTest::theServingModelAndItsGaps()
{
    presentation::EmbeddingStanding standing = samples::embeddings();
    page().setStanding(standing, false);
    QCOMPARE(text(u"embeddingModel"_s), u"Built into Lectern"_s);
    QCOMPARE(text(u"embeddingFacts"_s), u"English · on this computer · free"_s);
    QCOMPARE(text(u"embeddingCoverage"_s), u"4,120 of 4,130 passages have vectors."_s);
    QVERIFY(part<QLabel>(u"embeddingGaps"_s).isVisible());
    QSignalSpy missing(&page(), &SearchPage::missingRequested);
    part<QPushButton>(u"embedMissingButton"_s).click();
    QCOMPARE(missing.size(), 1);
    QSignalSpy change(&page(), &SearchPage::changeRequested);
    part<QPushButton>(u"changeEmbeddingButton"_s).click();
    QCOMPARE(change.size(), 1);

    standing.serving->vectors = standing.serving->passages;
    standing.serving->otherLanguage = 0;
    page().setStanding(standing, false);
    QVERIFY(!part<QPushButton>(u"embedMissingButton"_s).isVisible());
    QVERIFY(!part<QLabel>(u"embeddingGaps"_s).isVisible());
}

void SearchPageTest::theModelThatIsPrepared()
{
    page().setStanding(samples::embeddingsBeside(), false);
    QVERIFY(part<Card>(u"fillingCard"_s).isVisible());
    QCOMPARE(text(u"fillingModel"_s), u"Preparing text-embedding-3-small at OpenAI"_s);
    QCOMPARE(text(u"fillingFacts"_s), u"1,536 dimensions · spent $0.0093 of $1.00"_s);
    QCOMPARE(text(u"fillingMeanwhile"_s), u"The built-in model serves until it is complete."_s);
    QCOMPARE(part<TwoFillProgressBar>(u"fillingProgress"_s).value(), 40);
    QVERIFY(!part<NoteBox>(u"fillingCapNote"_s).isVisible());
    QSignalSpy stop(&page(), &SearchPage::stopRequested);
    part<QPushButton>(u"stopFillingButton"_s).click();
    QCOMPARE(stop.size(), 1);
    page().setStanding(samples::embeddings(), false);
    QVERIFY(!part<Card>(u"fillingCard"_s).isVisible());
}

void SearchPageTest::aCapIsSaid()
{
    presentation::EmbeddingStanding standing = samples::embeddingsBeside();
    standing.filling->money.spent = samples::money("1");
    page().setStanding(standing, false);
    QVERIFY(part<NoteBox>(u"fillingCapNote"_s).isVisible());
    QVERIFY(part<NoteBox>(u"fillingCapNote"_s).text().contains(u"$1.00"_s));
    QVERIFY(!part<TwoFillProgressBar>(u"fillingProgress"_s).state().active);
    QSignalSpy cap(&page(), &SearchPage::capRequested);
    part<QPushButton>(u"raiseFillingCapButton"_s).click();
    QCOMPARE(cap.size(), 1);
}

void SearchPageTest::oneClickBack()
{
    presentation::EmbeddingStanding standing = samples::embeddings();
    standing.previous = samples::embeddingsBeside().filling;
    standing.previous->model.name = u"a&b"_s;
    page().setStanding(standing, false);
    auto &button = part<QPushButton>(u"goBackButton"_s);
    QCOMPARE(button.text(), u"Go back to a&&b"_s);
    QSignalSpy back(&page(), &SearchPage::goBackRequested);
    button.click();
    QCOMPARE(back.size(), 1);
}

void SearchPageTest::noModelAtAll()
{
    page().setStanding({}, false);
    QCOMPARE(text(u"embeddingModel"_s), u"No embedding model"_s);
    QVERIFY(text(u"embeddingCoverage"_s).contains(u"by their words"_s));
    auto &button = part<QPushButton>(u"changeEmbeddingButton"_s);
    QVERIFY(button.isEnabled());
    QCOMPARE(button.text(), u"Choose…"_s);
}

void SearchPageTest::aChoiceUnderWayIsNotChangedAgain()
{
    presentation::EmbeddingStanding standing = samples::embeddings();
    standing.previous = samples::embeddingsBeside().filling;
    page().setStanding(standing, true);
    QVERIFY(!part<QPushButton>(u"changeEmbeddingButton"_s).isEnabled());
    QVERIFY(!part<QPushButton>(u"goBackButton"_s).isEnabled());
    page().setStanding(standing, false);
    QVERIFY(part<QPushButton>(u"changeEmbeddingButton"_s).isEnabled());
}

void SearchPageTest::itIsLookedAtWhileItIsSeen()
{
    QSignalSpy watched(&page(), &SearchPage::watched);
    m_window->showPage(SettingsWindow::Page::Budgets);
    QCOMPARE(watched.size(), 1);
    QCOMPARE(watched.takeFirst().at(0).toBool(), false);
    m_window->showPage(SettingsWindow::Page::Search);
    QCOMPARE(watched.takeFirst().at(0).toBool(), true);
    m_window->close();
    QCOMPARE(watched.takeFirst().at(0).toBool(), false);
}

void SearchPageTest::aProblemIsSaidHere()
{
    QVERIFY(!part<NoteBox>(u"embeddingProblem"_s).isVisible());
    page().setProblem(u"The server cannot be reached."_s);
    QVERIFY(part<NoteBox>(u"embeddingProblem"_s).isVisible());
    page().setProblem({});
    QVERIFY(!part<NoteBox>(u"embeddingProblem"_s).isVisible());
}

void SearchPageTest::theSearchOfTheSettingsFindsIt()
{
    m_window->showPage(SettingsWindow::Page::Endpoints);
    part<QLineEdit>(u"settingsSearch"_s).setText(u"embedding model"_s);
    QCOMPARE(m_window->currentPage(), SettingsWindow::Page::Search);
}

QTEST_MAIN(SearchPageTest)
#include "tst_SearchPage.moc"
