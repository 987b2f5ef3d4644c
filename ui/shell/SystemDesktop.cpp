// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/SystemDesktop.h"

#include "ui/style/ButtonKind.h"
#include "ui/style/IconSet.h"

#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QSystemTrayIcon>
#include <QTimer>
#include <QUrl>

namespace lectern::ui {

namespace {

constexpr int kNotificationMs = 10'000;

QString words(const char *text)
{
    return QCoreApplication::translate("SystemDesktop", text);
}

} // namespace

SystemDesktop::SystemDesktop() = default;
SystemDesktop::~SystemDesktop() = default;

QStringList SystemDesktop::chooseFiles(QWidget &parent, const QString &folder)
{
    return QFileDialog::getOpenFileNames(
        &parent, words(QT_TRANSLATE_NOOP("SystemDesktop", "Add files")), folder,
        words(QT_TRANSLATE_NOOP("SystemDesktop", "PDF documents (*.pdf);;All files (*)")));
}

QString SystemDesktop::chooseFolder(QWidget &parent, const QString &folder)
{
    return QFileDialog::getExistingDirectory(&parent, words(QT_TRANSLATE_NOOP("SystemDesktop", "Add folder")),
                                             folder);
}

QString SystemDesktop::chooseNewFile(QWidget &parent, const QString &title, const QString &name)
{
    return QFileDialog::getSaveFileName(&parent, title, name);
}

bool SystemDesktop::openFile(const QString &path)
{
    return QDesktopServices::openUrl(QUrl::fromLocalFile(path));
}

void SystemDesktop::showInFolder(const QString &path)
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).path()));
}

void SystemDesktop::copy(const QString &text)
{
    QApplication::clipboard()->setText(text);
}

bool SystemDesktop::confirm(QWidget &parent, const QString &question, const QString &text,
                            const QString &action)
{
    QMessageBox box(QMessageBox::Warning, question, question, QMessageBox::Cancel, &parent);
    box.setInformativeText(text);
    QPushButton *button = box.addButton(action, QMessageBox::DestructiveRole);
    setButtonKind(*button, ButtonKind::Destructive);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == button;
}

bool SystemDesktop::confirmAddress(QWidget &parent, const QString &address)
{
    QMessageBox box(QMessageBox::Question, words(QT_TRANSLATE_NOOP("SystemDesktop", "Open a link")),
                    words(QT_TRANSLATE_NOOP("SystemDesktop", "The document wants to open this address:")),
                    QMessageBox::Cancel, &parent);
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(address);
    QPushButton *open =
        box.addButton(words(QT_TRANSLATE_NOOP("SystemDesktop", "Open")), QMessageBox::AcceptRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == open;
}

bool SystemDesktop::openAddress(const QUrl &address)
{
    return QDesktopServices::openUrl(address);
}

void SystemDesktop::notify(const QString &title, const QString &text)
{
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages())
        return;
    if (!m_tray) {
        m_tray = std::make_unique<QSystemTrayIcon>(IconSet::application());
        QObject::connect(m_tray.get(), &QSystemTrayIcon::messageClicked, m_tray.get(), [] {
            for (QWidget *window : QApplication::topLevelWidgets()) {
                if (window->isVisible() && window->isWindow())
                    window->activateWindow();
            }
        });
    }
    m_tray->show();
    m_tray->showMessage(title, text, QSystemTrayIcon::Information, kNotificationMs);
    QTimer::singleShot(kNotificationMs, m_tray.get(), &QSystemTrayIcon::hide);
}

} // namespace lectern::ui
