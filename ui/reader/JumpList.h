// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"
#include "ui/reader/PageFlow.h"

#include <QVector>

#include <optional>

namespace lectern::ui {

/// A place in a document of the library.
struct ReaderSpot {
    domain::DocumentId document;
    PagePlace place;

    friend bool operator==(const ReaderSpot &, const ReaderSpot &) = default;
};

/// Where the reader was before each jump, for going back and forward as in a browser. A plain value.
class JumpList {
public:
    static constexpr int kMost = 200;

    /// A jump away from `here`: what lay forward is forgotten.
    void jumpFrom(const ReaderSpot &here);
    [[nodiscard]] bool canGoBack() const { return !m_back.isEmpty(); }
    [[nodiscard]] bool canGoForward() const { return !m_forward.isEmpty(); }
    /// Where to go; `here` can be come back to.
    [[nodiscard]] std::optional<ReaderSpot> back(const ReaderSpot &here);
    [[nodiscard]] std::optional<ReaderSpot> forward(const ReaderSpot &here);

private:
    QVector<ReaderSpot> m_back;
    QVector<ReaderSpot> m_forward;
};

} // namespace lectern::ui
