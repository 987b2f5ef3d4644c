// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace lectern::test {

/// PDF files made on the spot.
class SamplePdfs {
public:
    /// Pages with a heading, paragraphs and a figure; different from `seed` to `seed`, so that no two are
    /// equal.
    static void book(const QString &path, int pages, int seed = 1, const QString &title = {});
    /// Pages that show a drawing and hold no text.
    static void scan(const QString &path, int pages);
    /// Counts three pages but holds only the first.
    static void missingPages(const QString &path);
    /// A page whose text never ends: forms that call each other, two to the power of thirty.
    static void endless(const QString &path);
    /// Six pages labelled i, ii, 1, 2 …, with an outline of two levels, links from its first page (to page 5,
    /// to the web, and one that would run a script), a remark and a filled-in form field.
    static void linked(const QString &path);
    /// Locks a file with a password. False when the program qpdf is not there.
    static bool lock(const QString &from, const QString &to, const QString &password);
    /// A copy that anybody can open but whose author forbids copying text. False when qpdf is not there.
    static bool forbidCopying(const QString &from, const QString &to);
    /// Not a PDF at all, but named like one.
    static void damaged(const QString &path);

private:
    static void write(const QString &path, const QByteArray &content);
    /// Puts objects 1… into a file with a right table of contents; object 1 is the catalogue.
    static QByteArray assemble(const QList<QByteArray> &objects);
};

} // namespace lectern::test
