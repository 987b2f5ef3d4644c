// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <functional>

namespace lectern::presentation {

/// What is to be done with an answer. Always called on the GUI thread, once, later (never from inside the
/// call that asked), and not at all when the context object given with it is gone by then or the workspace
/// closes first.
template <class T> using Then = std::function<void(base::Result<T>)>;

} // namespace lectern::presentation
