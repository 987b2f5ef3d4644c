// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <type_traits>
#include <utility>

namespace lectern::store {

/// How an error travels inside this module: thrown by Statement, caught by attempt() at the module's edge. It
/// spares every function between the two a check per statement, and with it the one that would be forgotten.
struct Failure {
    base::Error error;
};

/// Runs `work` and turns a Failure thrown in it into the error of a Result.
template <class Work> [[nodiscard]] auto attempt(Work &&work) -> base::Result<std::invoke_result_t<Work>>
{
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            std::forward<Work>(work)();
            return {};
        } else {
            return std::forward<Work>(work)();
        }
    } catch (const Failure &failure) {
        return base::fail(failure.error);
    }
}

/// The reverse, for calling a public function of this module from within it.
template <class T> T orThrow(base::Result<T> result)
{
    if (!result)
        throw Failure{result.error()};
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

} // namespace lectern::store
