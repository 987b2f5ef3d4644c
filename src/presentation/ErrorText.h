// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <QCoreApplication>
#include <QString>

namespace lectern::presentation {

/// An error as people are told it.
struct ErrorWords {
    QString title;    ///< a few words: "Password needed"
    QString happened; ///< what happened, one or two sentences
    QString next;     ///< what to do next, one or two sentences
};

/// The one place where errors become words. Pure.
class ErrorText {
    Q_DECLARE_TR_FUNCTIONS(ErrorText)

public:
    /// Title, what happened, what to do next: all three for every code.
    [[nodiscard]] static ErrorWords of(base::ErrorCode code);
    /// What happened and what to do next, as one paragraph.
    [[nodiscard]] static QString sentence(const base::Error &error);
    /// Everything for the clipboard: the words, the stable name of the code and the detail.
    [[nodiscard]] static QString report(const base::Error &error);
};

} // namespace lectern::presentation
