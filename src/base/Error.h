// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lectern::base {

/// Everything that can go wrong and that a person may have to be told. Stored in the database and printed by
/// `--json` under errorName(), so a name never changes once released. Words for people:
/// presentation/ErrorText.h.
enum class ErrorCode {
    None,
    // Files and folders
    FileMissing,    ///< the path no longer leads to a file
    FileUnreadable, ///< exists, but may not be read
    FileChanged,    ///< content changed while it was being read
    DiskFull,       ///< no room left for the workspace
    ReadOnly,       ///< the workspace may not be written
    // Documents
    UnsupportedKind,   ///< not a kind of document this version reads
    Corrupt,           ///< damaged beyond repair: no page can be had
    PasswordNeeded,    ///< locked, and no password (or a wrong one) was given
    PasswordWrong,     ///< the password just tried does not open the document
    CertificateNeeded, ///< locked with a certificate (public-key security): no password can open it
    // Pages, each fails alone
    PageMissing,     ///< the document counts the page but does not hold it
    PageCrashed,     ///< the helper process crashed while reading it
    PageTimedOut,    ///< the helper was stopped at its time limit
    PageOutOfMemory, ///< the helper was stopped at its memory limit
    PageUnreadable,  ///< the page was opened, but no content could be read or drawn
    // Work
    Cancelled,          ///< stopped by the user
    SetAsideAfterCrash, ///< in flight when the program crashed twice
    StaleLease,         ///< another worker took the job over; this result is discarded
    HelperUnavailable,  ///< lectern-pdf cannot be started
    HelperProtocol,     ///< lectern-pdf answered nonsense
    // Models and money
    KeyMissing,          ///< the endpoint needs a key and there is none
    KeyRefused,          ///< the endpoint does not accept the key
    KeyStoreUnavailable, ///< the system's key store can't be used
    ModelNotFound,       ///< the endpoint does not know the model
    OutOfCredit,         ///< the account has no money or quota left
    RequestRejected,     ///< the endpoint can't do what was asked
    RateLimited,         ///< too many requests; waits, and uses up no attempt
    EndpointUnreachable, ///< no connection: name, network, proxy, or nobody listens
    EndpointStalled,     ///< the answer did not come, or stopped coming
    EndpointFailed,      ///< the endpoint reported an error of its own
    EndpointNonsense,    ///< what came back is not the protocol
    TlsFailed,           ///< the connection can't be trusted
    PlainHttpRefused,    ///< pages would travel unencrypted, and the user has not agreed
    AnswerRefused,       ///< the model or its filter declined
    AnswerCut,           ///< longer than the model may answer, with more room too
    AnswerEmpty,         ///< an answer without content
    AnswerInvalid,       ///< not what was asked for, after a repair too
    PromptCut,           ///< the server read only a part of the page
    BudgetReached,       ///< waits at a cap; the detail names it
    PriceUnknown,        ///< the model has no price, and the user has not agreed
    EmbeddingMissing,    ///< the file of the built-in embedding is missing or damaged
    // Workspace
    WorkspaceNewer,          ///< written by a newer version of Lectern
    WorkspaceDamaged,        ///< the database fails its integrity check
    WorkspaceOnNetworkDrive, ///< the database cannot live on a network file system
    WorkspaceLocked,         ///< another process keeps the database locked
    Database,                ///< any other database failure
    NotFound,                ///< no such document, page, run or job
    InvalidArgument,         ///< a caller's input is not acceptable
    Internal,                ///< a defect in Lectern itself
};

/// The stable name of a code, in snake_case ("page_timed_out").
[[nodiscard]] QString errorName(ErrorCode code);

/// The code of a stable name; Internal for a name this version does not know.
[[nodiscard]] ErrorCode errorFromName(const QString &name);

/// Temporary errors are worth another attempt; permanent ones end the job at once.
[[nodiscard]] bool isTemporary(ErrorCode code);

/// A code and what it is about: a path, a page, a message of a library. Never a key, a password or document
/// text.
struct Error {
    ErrorCode code = ErrorCode::None;
    QString detail;

    friend bool operator==(const Error &, const Error &) = default;
};

} // namespace lectern::base
