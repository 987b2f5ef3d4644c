// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <tl/expected.hpp>

#include <utility>

namespace lectern::base {

/// A value, or the Error that says why there is none. Errors travel as values; exceptions stay inside a
/// module.
template <class T> using Result = tl::expected<T, Error>;

/// The result of something done for its effect.
using Status = Result<void>;

/// Makes the error side of a Result: `return fail(ErrorCode::FileMissing, path);`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, QString detail = {})
{
    return tl::unexpected<Error>(Error{code, std::move(detail)});
}

[[nodiscard]] inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace lectern::base
