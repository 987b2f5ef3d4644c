// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/ExitCode.h"
#include "base/Result.h"
#include "domain/Ids.h"

#include <QString>
#include <QVector>

namespace lectern::cli {

/// Why a command ended early: the error, the exit code it means, and, when a document was named ambiguously,
/// which ones may have been meant.
struct Failure {
    struct Candidate {
        domain::DocumentId id;
        QString path;
        QString sha256;
    };

    base::Error error;
    ExitCode exitCode = ExitCode::Error;
    QVector<Candidate> candidates;

    Failure() = default;
    // Not explicit: every error of the layers below ends a command unless it says otherwise.
    Failure(base::Error cause) : error(std::move(cause)) {}

    [[nodiscard]] static Failure usage(const QString &detail);
};

template <class T> using Outcome = tl::expected<T, Failure>;

[[nodiscard]] inline tl::unexpected<Failure> failed(Failure failure)
{
    return tl::unexpected<Failure>(std::move(failure));
}

inline Failure Failure::usage(const QString &detail)
{
    Failure failure(base::Error{base::ErrorCode::InvalidArgument, detail});
    failure.exitCode = ExitCode::Usage;
    return failure;
}

} // namespace lectern::cli
