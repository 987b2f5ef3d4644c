// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/CrashPoint.h"

namespace lectern::base {

namespace {

CrashPointHandler g_handler = nullptr;

} // namespace

void setCrashPointHandler(CrashPointHandler handler)
{
    g_handler = handler;
}

void crashPoint(const char *name)
{
    if (g_handler != nullptr)
        g_handler(name);
}

} // namespace lectern::base
