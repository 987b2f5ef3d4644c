// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/Desktop.h"

#include <QUrl>
#include <QVector>

namespace lectern::test {

/// A desktop that answers what the test says and remembers what was asked of it.
class FakeDesktop final : public ui::Desktop {
public:
    QStringList filesToChoose;
    QString folderToChoose;
    QString fileToWrite;
    bool sure = true;
    bool hasViewer = true;

    QStringList opened;
    QStringList shownInFolder;
    QString clipboard;
    QStringList questions;
    QStringList notifications;
    QList<QUrl> addresses;

    QStringList chooseFiles(QWidget &, const QString &) override { return filesToChoose; }
    QString chooseFolder(QWidget &, const QString &) override { return folderToChoose; }
    QString chooseNewFile(QWidget &, const QString &, const QString &) override { return fileToWrite; }
    bool openFile(const QString &path) override
    {
        opened.append(path);
        return hasViewer;
    }
    void showInFolder(const QString &path) override { shownInFolder.append(path); }
    void copy(const QString &text) override { clipboard = text; }
    bool confirm(QWidget &, const QString &question, const QString &, const QString &) override
    {
        questions.append(question);
        return sure;
    }
    bool confirmAddress(QWidget &, const QString &address) override
    {
        questions.append(address);
        return sure;
    }
    bool openAddress(const QUrl &address) override
    {
        addresses.append(address);
        return hasViewer;
    }
    void notify(const QString &title, const QString &) override { notifications.append(title); }
};

} // namespace lectern::test
