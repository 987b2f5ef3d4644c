// SPDX-License-Identifier: GPL-3.0-or-later
#include "poppler/PopplerMessages.h"

#include <Error.h>

#include <cstring>

namespace lectern::poppler {

namespace {

constexpr size_t kMaxLength = 200;

// Poppler calls back without a context, so this one buffer is global; the process has one thread.
char g_lastError[kMaxLength + 1] = "";

void note(ErrorCategory category, Goffset /*position*/, const char *message)
{
    if (category == errSyntaxWarning)
        return;
    std::strncpy(g_lastError, message, kMaxLength);
}

} // namespace

void PopplerMessages::capture()
{
    setErrorCallback(&note);
}

void PopplerMessages::clear()
{
    g_lastError[0] = '\0';
}

QString PopplerMessages::lastError(const QString &otherwise)
{
    return g_lastError[0] == '\0' ? otherwise : QString::fromUtf8(g_lastError);
}

} // namespace lectern::poppler
