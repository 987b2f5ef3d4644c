// SPDX-License-Identifier: GPL-3.0-or-later
#include "MoneySamples.h"
#include "StrictWindow.h"

#include "presentation/ModelListModel.h"
#include "ui/models/ModelButton.h"
#include "ui/models/ModelPicker.h"
#include "ui/models/ModelView.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace lectern;
using namespace lectern::ui;
using namespace Qt::StringLiterals;
using presentation::ModelListModel;

class ModelPickerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { dressApplication(); }
    void init();
    void cleanup() { m_picker.reset(); }
    void opensAtTheModelInUse();
    void typingFiltersAndEnterPicks();
    void unfitModelsStayAndCannotBePicked();
    void filtersAndTheWayBack();
    void favourites();
    void failedEndpointLeadsToItsSettings();
    void loadingIsNeverEmpty();
    void escapeCloses();
    void estimatesComeInWithoutLosingThePlace();
    void fitsSmallAndMirrored();
    void button();

private:
    [[nodiscard]] QLineEdit &field() { return *m_picker->findChild<QLineEdit *>(u"modelFilter"_s); }
    [[nodiscard]] ModelView &view() { return *m_picker->findChild<ModelView *>(u"modelList"_s); }
    [[nodiscard]] QString current() { return view().currentIndex().siblingAtColumn(0).data().toString(); }
    [[nodiscard]] QModelIndex row(const QString &name);
    void open();

    std::unique_ptr<ModelPicker> m_picker;
    QPushButton m_anchor;
};

void ModelPickerTest::init()
{
    failOnWarnings();
    m_picker = std::make_unique<ModelPicker>();
    m_picker->setToday(samples::today());
    m_picker->setChoices(samples::models());
    m_picker->setEndpoints(samples::endpoints());
    m_picker->setCurrent(u"openai/gpt-6-luna"_s);
}

void ModelPickerTest::open()
{
    m_anchor.show();
    m_picker->openAt(m_anchor);
    QVERIFY(QTest::qWaitForWindowExposed(m_picker.get()));
}

QModelIndex ModelPickerTest::row(const QString &name)
{
    for (int row = 0; row < view().model()->rowCount(); ++row) {
        const QModelIndex index = view().model()->index(row, 0);
        if (index.data().toString() == name)
            return index;
    }
    return {};
}

void ModelPickerTest::opensAtTheModelInUse()
{
    open();
    QCOMPARE(m_picker->objectName(), u"modelPickerPopup"_s);
    QCOMPARE(current(), u"gpt-6-luna"_s);
    QCOMPARE(view().model()->index(0, 0).data().toString(), u"Built-in analyser"_s);
    QCOMPARE(view().model()->index(1, 0).data().toString(), u"gpt-6.1-terra"_s); // the favourite
    QCOMPARE(m_picker->shownCount(), samples::models().size());
}

void ModelPickerTest::typingFiltersAndEnterPicks()
{
    open();
    QSignalSpy chosen(m_picker.get(), &ModelPicker::modelChosen);
    QTest::keyClicks(&field(), u"sol"_s);
    QCOMPARE(m_picker->shownCount(), 1);
    QCOMPARE(current(), u"gpt-6.2-sol"_s);
    QTest::keyClick(&field(), Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.at(0).at(0).toString(), u"openai/gpt-6.2-sol"_s);
    QVERIFY(!m_picker->isVisible());
}

void ModelPickerTest::unfitModelsStayAndCannotBePicked()
{
    open();
    QSignalSpy chosen(m_picker.get(), &ModelPicker::modelChosen);
    QTest::keyClicks(&field(), u"deepseek"_s);
    QCOMPARE(m_picker->shownCount(), 1);
    const QModelIndex index = row(u"deepseek/deepseek-chat-v4"_s);
    QVERIFY(index.data(ModelListModel::NoteRole).toString().contains(u"14 pages have no text"_s));
    view().setCurrentRow(index.row()); // the keyboard reaches its reason
    QCOMPARE(current(), u"deepseek/deepseek-chat-v4"_s);
    QTest::keyClick(&field(), Qt::Key_Return);
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, view().visualRect(index).center());
    QCOMPARE(chosen.size(), 0);
    QVERIFY(m_picker->isVisible());
}

void ModelPickerTest::filtersAndTheWayBack()
{
    open();
    m_picker->setEndpoints({});
    auto *vision = m_picker->findChild<QPushButton *>(u"visionFilter"_s);
    auto *local = m_picker->findChild<QPushButton *>(u"localFilter"_s);
    auto *price = m_picker->findChild<QComboBox *>(u"priceFilter"_s);
    vision->click();
    const int seeing = m_picker->shownCount();
    QVERIFY(seeing < samples::models().size());
    QVERIFY(!row(u"Built-in analyser"_s).isValid());
    local->click();
    QCOMPARE(m_picker->shownCount(), 1);
    vision->click();
    local->click();
    price->setCurrentIndex(1); // free
    for (int each = 0; each < view().model()->rowCount(); ++each)
        QVERIFY(view().model()->index(each, 0).data(ModelListModel::PriceRole).toLongLong() == 0);
    price->setCurrentIndex(0);
    field().setText(u"nothing has this name"_s);
    QCOMPARE(m_picker->shownCount(), 0);
    auto *clear = m_picker->findChild<QPushButton *>(u"placeholderAction"_s);
    QVERIFY(clear->isVisible());
    clear->click();
    QCOMPARE(m_picker->shownCount(), samples::models().size());
    QVERIFY(m_picker->findChild<QLabel *>(u"modelCount"_s)->text().contains(u"11 models"_s));
}

void ModelPickerTest::favourites()
{
    open();
    QSignalSpy toggled(m_picker.get(), &ModelPicker::favouriteToggled);
    const QModelIndex luna = row(u"gpt-6-luna"_s);
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, view().starRect(luna).center());
    QCOMPARE(toggled.size(), 1);
    QCOMPARE(toggled.at(0).at(0).toString(), u"openai/gpt-6-luna"_s);
    QCOMPARE(toggled.at(0).at(1).toBool(), true);
    view().setCurrentRow(row(u"gpt-6.1-terra"_s).row());
    QTest::keyClick(&field(), Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(toggled.size(), 2);
    QCOMPARE(toggled.at(1).at(1).toBool(), false);
    QVERIFY(view().starRect(row(u"Built-in analyser"_s)).isEmpty());
    QVERIFY(m_picker->isVisible());
}

void ModelPickerTest::failedEndpointLeadsToItsSettings()
{
    open();
    QSignalSpy settings(m_picker.get(), &ModelPicker::settingsRequested);
    const QModelIndex failed = row(u"OpenRouter"_s);
    QVERIFY(failed.data(ModelListModel::NoteRole).toString().contains(u"does not accept the key"_s));
    view().setCurrentRow(failed.row());
    QTest::keyClick(&field(), Qt::Key_Return);
    QCOMPARE(settings.size(), 1);
    QCOMPARE(settings.at(0).at(0).toString(), u"openrouter"_s);
    QVERIFY(!m_picker->isVisible());
    open();
    view().scrollTo(row(u"OpenRouter"_s));
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, view().linkRect(row(u"OpenRouter"_s)).center());
    QCOMPARE(settings.size(), 2);
}

void ModelPickerTest::loadingIsNeverEmpty()
{
    m_picker->setChoices({});
    open();
    field().setText(u"qwen"_s);
    const QModelIndex loading = row(u"Ollama"_s);
    QVERIFY(loading.isValid());
    QCOMPARE(loading.data(ModelListModel::NoteRole).toString(), u"Still loading…"_s);
    QVERIFY(view().isVisible());
}

void ModelPickerTest::escapeCloses()
{
    open();
    QTest::keyClicks(&field(), u"luna"_s);
    QTest::keyClick(&field(), Qt::Key_Escape);
    QVERIFY(!m_picker->isVisible());
    open(); // begins anew
    QCOMPARE(field().text(), QString());
}

void ModelPickerTest::estimatesComeInWithoutLosingThePlace()
{
    open();
    view().setCurrentRow(row(u"gpt-6.2-sol"_s).row());
    QVector<presentation::ModelChoice> choices = samples::models();
    for (auto &choice : choices)
        choice.estimate = samples::money("0.01");
    m_picker->setChoices(choices);
    QCOMPARE(current(), u"gpt-6.2-sol"_s);
}

void ModelPickerTest::fitsSmallAndMirrored()
{
    m_anchor.setLayoutDirection(Qt::RightToLeft);
    open();
    m_picker->resize(620, 320);
    const QModelIndex luna = row(u"gpt-6-luna"_s);
    const QRect star = view().starRect(luna);
    QVERIFY(star.center().x() > view().viewport()->width() / 2);
    QVERIFY(!m_picker->grab().isNull());
    m_anchor.setLayoutDirection(Qt::LeftToRight);
}

void ModelPickerTest::button()
{
    ModelButton button;
    QCOMPARE(button.objectName(), u"modelPicker"_s);
    button.setChoice(samples::models().at(5));
    QVERIFY(button.text().startsWith(u"gpt-6-luna"_s));
    QVERIFY(button.text().contains(u"vision"_s));
    QCOMPARE(button.accessibleName(), u"Model: gpt-6-luna, vision, about 12 cents for this run"_s);
    const int width = button.sizeHint().width();
    presentation::ModelChoice longName = samples::models().at(5);
    longName.name = QString(300, u'm');
    button.setChoice(longName);
    QVERIFY(button.sizeHint().width() < width + 260);
}

QTEST_MAIN(ModelPickerTest)
#include "tst_ModelPicker.moc"
