// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QString>
#include <QVector>

#include <memory>

namespace lectern::e2e {

/// Poppler's own search in a file, as other readers use it (Poppler-Qt6): what Lectern's marks are compared
/// with. It runs in the test's own process, so only files that do no harm may be opened.
class PopplerSearch {
public:
    explicit PopplerSearch(const QString &path, const QString &password = {});
    ~PopplerSearch();

    [[nodiscard]] bool isOpen() const;
    /// Where it stands on the page (from 1), whatever its case: points from the top left corner
    /// of the page as displayed.
    [[nodiscard]] QVector<QRectF> find(int page, const QString &words, bool wholeWords) const;

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace lectern::e2e
