// SPDX-License-Identifier: GPL-3.0-or-later
#include "SamplePdfs.h"
#include "WindowFixture.h"

#include "presentation/CommandId.h"
#include "presentation/LibraryFeed.h"
#include "support/TemporaryWorkspace.h"
#include "ui/forms/PasswordBar.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace lectern;
using namespace lectern::test;
namespace command = lectern::presentation::command;

namespace {

/// A part of the library's bar; the reader has one of its own.
template <class T> T &inBar(WindowFixture &fixture, const char *name)
{
    T *found = fixture.find<ui::PasswordBar>("passwordBar").findChild<T *>(QString::fromLatin1(name));
    if (!found)
        qFatal("no widget named %s", name);
    return *found;
}

} // namespace

/// A locked document asks for its password in the window, and goes on with the right one.
class PasswordsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void wrongThenRight();
    void triedOnOthers();
    void escapeGivesUp();

private:
    [[nodiscard]] bool makeLocked(const QString &name, int seed, const QString &password);
    std::unique_ptr<support::TemporaryWorkspace> m_place;
};

void PasswordsTest::init()
{
    m_place = std::make_unique<support::TemporaryWorkspace>();
}

bool PasswordsTest::makeLocked(const QString &name, int seed, const QString &password)
{
    const QString open = m_place->pathOf(QStringLiteral("open-") + name);
    SamplePdfs::book(open, 2, seed);
    return SamplePdfs::lock(open, m_place->pathOf(name), password);
}

#define NEED_LOCKED(name, seed, password)                                                                    \
    if (!makeLocked(QStringLiteral(name), seed, QStringLiteral(password)))                                   \
    QSKIP("the program qpdf, which locks the sample files, is not installed")

void PasswordsTest::wrongThenRight()
{
    NEED_LOCKED("loan.pdf", 1, "open sesame ");
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({m_place->pathOf(QStringLiteral("loan.pdf"))});
    QVERIFY(fixture.wait([&] {
        return fixture.document(QStringLiteral("loan.pdf")).state == domain::DocumentState::NeedsPassword;
    }));
    const QModelIndex state = fixture.model().index(0, presentation::DocumentListModel::Phase);
    const QRect link = fixture.list().linkRect(state);
    QVERIFY(!link.isEmpty());
    QTest::mouseClick(fixture.list().viewport(), Qt::LeftButton, {}, link.center());
    auto &bar = fixture.find<ui::PasswordBar>("passwordBar");
    QVERIFY(fixture.wait([&] { return bar.isVisible(); }));
    auto &field = inBar<QLineEdit>(fixture, "passwordField");
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(&field));
    QTest::keyClicks(&field, QStringLiteral("open sesame"));
    QTest::keyClick(&field, Qt::Key_Return);
    QVERIFY(fixture.wait([&] { return !bar.isTrying(); }));
    QVERIFY(bar.isVisible());
    QVERIFY(inBar<QLabel>(fixture, "passwordMessage").text().contains(QStringLiteral("Wrong password")));
    QCOMPARE(field.selectedText(), QStringLiteral("open sesame"));
    QTest::keyClicks(&field, QStringLiteral("open sesame ")); // typing replaces it; the blank counts
    QTest::keyClick(&field, Qt::Key_Return);
    QVERIFY(fixture.wait([&] { return !bar.isVisible(); }));
    QVERIFY(field.text().isEmpty());
    QVERIFY(fixture.waitDone(1));
    QVERIFY(fixture.wait([&] { return fixture.document(QStringLiteral("loan.pdf")).pagesDone == 2; }));
}

void PasswordsTest::triedOnOthers()
{
    NEED_LOCKED("a.pdf", 1, "same");
    NEED_LOCKED("b.pdf", 2, "same");
    NEED_LOCKED("c.pdf", 3, "other");
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({m_place->pathOf(QStringLiteral("a.pdf")), m_place->pathOf(QStringLiteral("b.pdf")),
                  m_place->pathOf(QStringLiteral("c.pdf"))});
    QVERIFY(fixture.wait([&] { return fixture.snapshot().totals.documentsNeedPassword == 3; }));
    fixture.trigger(command::kShowLocked);
    QVERIFY(fixture.wait([&] { return fixture.model().count() == 3; }));
    QVERIFY(fixture.select(QStringLiteral("a.pdf")));
    fixture.trigger(command::kEnterPassword);
    auto &others = inBar<QCheckBox>(fixture, "tryOthersBox");
    QVERIFY(fixture.wait([&] { return others.isVisible(); }));
    others.setChecked(true);
    QTest::keyClicks(&inBar<QLineEdit>(fixture, "passwordField"), QStringLiteral("same"));
    QTest::mouseClick(&inBar<QPushButton>(fixture, "unlockButton"), Qt::LeftButton);
    QVERIFY(fixture.wait([&] { return fixture.snapshot().totals.documentsDone == 2; }));
    QCOMPARE(fixture.snapshot().totals.documentsNeedPassword, 1);
}

void PasswordsTest::escapeGivesUp()
{
    NEED_LOCKED("loan.pdf", 1, "secret");
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({m_place->pathOf(QStringLiteral("loan.pdf"))});
    QVERIFY(fixture.wait([&] {
        return fixture.document(QStringLiteral("loan.pdf")).state == domain::DocumentState::NeedsPassword;
    }));
    QVERIFY(fixture.select(QStringLiteral("loan.pdf")));
    fixture.trigger(command::kEnterPassword);
    auto &field = inBar<QLineEdit>(fixture, "passwordField");
    QVERIFY(fixture.wait([&] { return field.isVisible(); }));
    QTest::keyClicks(&field, QStringLiteral("sec"));
    QTest::keyClick(&field, Qt::Key_Escape);
    QVERIFY(!field.isVisible());
    QVERIFY2(field.text().isEmpty(), "half a password is not kept");
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(&fixture.list()));
}

QTEST_MAIN(PasswordsTest)
#include "tst_Passwords.moc"
