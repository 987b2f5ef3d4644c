// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

#include <optional>

class GfxState;
class LinkAction;
class LinkDest;
class PDFDoc;
struct Ref;

namespace lectern::poppler {

/// Where the links of one document lead. Knows pages, "next page" and its like, and addresses; what would
/// start a program, open a file or run a script leads nowhere.
class LinkTargets {
public:
    explicit LinkTargets(PDFDoc &document) : m_document(document) {}

    struct Target {
        int page = 0;    ///< from 1; 0: outside
        double top = 0;  ///< points below its top edge, as displayed
        QString address; ///< of what is outside
    };
    /// `fromPage` is the page the link is on, 0 for the outline.
    [[nodiscard]] std::optional<Target> of(const LinkAction *action, int fromPage);

private:
    [[nodiscard]] std::optional<Target> ofDestination(const LinkDest &destination);
    [[nodiscard]] std::optional<Target> ofName(const std::string &name, int fromPage) const;
    [[nodiscard]] int pageOf(const Ref &reference);
    [[nodiscard]] double topOf(int page, const LinkDest &destination) const;

    PDFDoc &m_document;
    QHash<quint64, int> m_pages; ///< by object number and generation; filled when first needed
};

} // namespace lectern::poppler
