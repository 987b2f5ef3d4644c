// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reader/JumpList.h"

namespace lectern::ui {

void JumpList::jumpFrom(const ReaderSpot &here)
{
    m_forward.clear();
    if (!here.document.isValid() || (!m_back.isEmpty() && m_back.constLast() == here))
        return;
    m_back.append(here);
    if (m_back.size() > kMost)
        m_back.removeFirst();
}

std::optional<ReaderSpot> JumpList::back(const ReaderSpot &here)
{
    if (m_back.isEmpty())
        return std::nullopt;
    if (here.document.isValid())
        m_forward.append(here);
    return m_back.takeLast();
}

std::optional<ReaderSpot> JumpList::forward(const ReaderSpot &here)
{
    if (m_forward.isEmpty())
        return std::nullopt;
    if (here.document.isValid())
        m_back.append(here);
    return m_forward.takeLast();
}

} // namespace lectern::ui
