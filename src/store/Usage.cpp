// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Usage.h"

namespace lectern::store {

QString purposeName(Purpose purpose)
{
    switch (purpose) {
    case Purpose::Analysis:
        return QStringLiteral("analysis");
    case Purpose::Repair:
        return QStringLiteral("repair");
    case Purpose::Test:
        return QStringLiteral("test");
    case Purpose::Embedding:
        return QStringLiteral("embedding");
    case Purpose::Chat:
        return QStringLiteral("chat");
    }
    return {};
}

QString usageStateName(UsageState state)
{
    switch (state) {
    case UsageState::AboutToSend:
        return QStringLiteral("about-to-send");
    case UsageState::Settled:
        return QStringLiteral("settled");
    case UsageState::Unknown:
        return QStringLiteral("unknown");
    case UsageState::NotBilled:
        return QStringLiteral("not-billed");
    }
    return {};
}

QString costSourceName(CostSource source)
{
    switch (source) {
    case CostSource::Reservation:
        return QStringLiteral("reservation");
    case CostSource::Provider:
        return QStringLiteral("provider");
    case CostSource::Ours:
        return QStringLiteral("ours");
    case CostSource::UnknownPrice:
        return QStringLiteral("unknown-price");
    }
    return {};
}

} // namespace lectern::store
