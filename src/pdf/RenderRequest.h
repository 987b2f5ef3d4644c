// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/RenderRequest.h"

namespace lectern::pdf {

using domain::RenderRequest;

} // namespace lectern::pdf
