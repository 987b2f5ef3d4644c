// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lectern::base {

namespace {

struct Row {
    ErrorCode code;
    const char16_t *name;
    bool temporary;
};

constexpr std::array kRows = {
    Row{ErrorCode::None, u"none", false},
    Row{ErrorCode::FileMissing, u"file_missing", false},
    Row{ErrorCode::FileUnreadable, u"file_unreadable", false},
    Row{ErrorCode::FileChanged, u"file_changed", true},
    Row{ErrorCode::DiskFull, u"disk_full", true},
    Row{ErrorCode::ReadOnly, u"read_only", false},
    Row{ErrorCode::UnsupportedKind, u"unsupported_kind", false},
    Row{ErrorCode::Corrupt, u"corrupt", false},
    Row{ErrorCode::PasswordNeeded, u"password_needed", false},
    Row{ErrorCode::PasswordWrong, u"password_wrong", false},
    Row{ErrorCode::CertificateNeeded, u"certificate_needed", false},
    Row{ErrorCode::PageMissing, u"page_missing", false},
    Row{ErrorCode::PageCrashed, u"page_crashed", true},
    Row{ErrorCode::PageTimedOut, u"page_timed_out", true},
    Row{ErrorCode::PageOutOfMemory, u"page_out_of_memory", true},
    Row{ErrorCode::PageUnreadable, u"page_unreadable", false},
    Row{ErrorCode::Cancelled, u"cancelled", false},
    Row{ErrorCode::SetAsideAfterCrash, u"set_aside_after_crash", false},
    Row{ErrorCode::StaleLease, u"stale_lease", false},
    Row{ErrorCode::HelperUnavailable, u"helper_unavailable", true},
    Row{ErrorCode::HelperProtocol, u"helper_protocol", true},
    Row{ErrorCode::KeyMissing, u"key_missing", false},
    Row{ErrorCode::KeyRefused, u"key_refused", false},
    Row{ErrorCode::KeyStoreUnavailable, u"key_store_unavailable", false},
    Row{ErrorCode::ModelNotFound, u"model_not_found", false},
    Row{ErrorCode::OutOfCredit, u"out_of_credit", false},
    Row{ErrorCode::RequestRejected, u"request_rejected", false},
    Row{ErrorCode::RateLimited, u"rate_limited", true},
    Row{ErrorCode::EndpointUnreachable, u"endpoint_unreachable", true},
    Row{ErrorCode::EndpointStalled, u"endpoint_stalled", true},
    Row{ErrorCode::EndpointFailed, u"endpoint_failed", true},
    Row{ErrorCode::EndpointNonsense, u"endpoint_nonsense", true},
    Row{ErrorCode::TlsFailed, u"tls_failed", false},
    Row{ErrorCode::PlainHttpRefused, u"plain_http_refused", false},
    Row{ErrorCode::AnswerRefused, u"answer_refused", false},
    Row{ErrorCode::AnswerCut, u"answer_cut", false},
    Row{ErrorCode::AnswerEmpty, u"answer_empty", true},
    Row{ErrorCode::AnswerInvalid, u"answer_invalid", false},
    Row{ErrorCode::PromptCut, u"prompt_cut", false},
    Row{ErrorCode::BudgetReached, u"budget_reached", true},
    Row{ErrorCode::PriceUnknown, u"price_unknown", false},
    Row{ErrorCode::EmbeddingMissing, u"embedding_missing", false},
    Row{ErrorCode::WorkspaceNewer, u"workspace_newer", false},
    Row{ErrorCode::WorkspaceDamaged, u"workspace_damaged", false},
    Row{ErrorCode::WorkspaceOnNetworkDrive, u"workspace_on_network_drive", false},
    Row{ErrorCode::WorkspaceLocked, u"workspace_locked", true},
    Row{ErrorCode::Database, u"database", true},
    Row{ErrorCode::NotFound, u"not_found", false},
    Row{ErrorCode::InvalidArgument, u"invalid_argument", false},
    Row{ErrorCode::Internal, u"internal", false},
};

} // namespace

QString errorName(ErrorCode code)
{
    const auto *row = std::find_if(kRows.begin(), kRows.end(), [&](const Row &r) { return r.code == code; });
    return row == kRows.end() ? QStringLiteral("internal") : QString::fromUtf16(row->name);
}

ErrorCode errorFromName(const QString &name)
{
    const auto *row =
        std::find_if(kRows.begin(), kRows.end(), [&](const Row &r) { return name == QStringView(r.name); });
    return row == kRows.end() ? ErrorCode::Internal : row->code;
}

bool isTemporary(ErrorCode code)
{
    const auto *row = std::find_if(kRows.begin(), kRows.end(), [&](const Row &r) { return r.code == code; });
    return row != kRows.end() && row->temporary;
}

} // namespace lectern::base
