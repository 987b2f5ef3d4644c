// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/ErrorText.h"

#include <optional>

namespace lectern::presentation {

using base::ErrorCode;

namespace {

/// Only a class with translation functions can be asked for words, and the table is too long for one
/// function.
class Words {
    Q_DECLARE_TR_FUNCTIONS(ErrorText)

public:
    static std::optional<ErrorWords> ofFile(ErrorCode code);
    static std::optional<ErrorWords> ofDocument(ErrorCode code);
    static std::optional<ErrorWords> ofPage(ErrorCode code);
    static std::optional<ErrorWords> ofWork(ErrorCode code);
    static std::optional<ErrorWords> ofAccount(ErrorCode code);
    static std::optional<ErrorWords> ofEndpoint(ErrorCode code);
    static std::optional<ErrorWords> ofAnswer(ErrorCode code);
    static std::optional<ErrorWords> ofWorkspace(ErrorCode code);
    static ErrorWords ofRest();
};

std::optional<ErrorWords> Words::ofFile(ErrorCode code)
{
    switch (code) {
    case ErrorCode::FileMissing:
        return ErrorWords{tr("File not found"), tr("The file is not where it was when it was added."),
                          tr("Put it back, or add it again from its new place.")};
    case ErrorCode::FileUnreadable:
        return ErrorWords{tr("File may not be read"),
                          tr("The file is there, but you are not allowed to read it."),
                          tr("Change its permissions or ask its owner, then retry.")};
    case ErrorCode::FileChanged:
        return ErrorWords{tr("File changed while it was read"),
                          tr("Something wrote to the file while its pages were being read."),
                          tr("Wait until it is finished. Lectern tries again by itself.")};
    case ErrorCode::DiskFull:
        return ErrorWords{tr("The disk is full"),
                          tr("There is no room left to save more pages. What was read until now is safe."),
                          tr("Free some space, then press Resume.")};
    case ErrorCode::ReadOnly:
        return ErrorWords{tr("The library can't be changed"),
                          tr("Lectern is not allowed to write to the folder of this library."),
                          tr("Change the folder's permissions, or open another library.")};
    default:
        return {};
    }
}

std::optional<ErrorWords> Words::ofDocument(ErrorCode code)
{
    switch (code) {
    case ErrorCode::UnsupportedKind:
        return ErrorWords{tr("Can't be read yet"), tr("This version of Lectern reads PDF files only."),
                          tr("Save it as PDF and add that, or wait for a later version.")};
    case ErrorCode::Corrupt:
        return ErrorWords{tr("File is damaged"),
                          tr("The file is damaged, and none of its pages can be read."),
                          tr("Get a fresh copy of the file and add it again.")};
    case ErrorCode::PasswordNeeded:
        return ErrorWords{tr("Password needed"), tr("The document is locked with a password."),
                          tr("Enter its password, and it goes on.")};
    case ErrorCode::PasswordWrong:
        return ErrorWords{tr("Wrong password"), tr("This password does not open the document."),
                          tr("Check upper and lower case and blanks, then try again.")};
    case ErrorCode::CertificateNeeded:
        return ErrorWords{
            tr("Locked with a certificate"),
            tr("The document opens only for the owner of a certificate. No password can open it."),
            tr("Ask the sender for a copy without this lock.")};
    default:
        return {};
    }
}

std::optional<ErrorWords> Words::ofPage(ErrorCode code)
{
    switch (code) {
    case ErrorCode::PageMissing:
        return ErrorWords{tr("Page is missing"), tr("The document counts this page, but does not hold it."),
                          tr("Get a complete copy of the document if you need this page.")};
    case ErrorCode::PageCrashed:
        return ErrorWords{tr("Page can't be read"),
                          tr("Reading this page failed badly. Nothing else was harmed."),
                          tr("Retry the page, or get another copy of the document.")};
    case ErrorCode::PageTimedOut:
        return ErrorWords{tr("Page takes too long"),
                          tr("Reading this page was stopped because it did not come to an end."),
                          tr("Retry it when the computer is less busy.")};
    case ErrorCode::PageOutOfMemory:
        return ErrorWords{
            tr("Page is too large"), tr("Reading this page was stopped because it needs too much memory."),
            tr("Save the document again in a simpler form, for instance by printing it to PDF.")};
    case ErrorCode::PageUnreadable:
        return ErrorWords{tr("Page can't be read"), tr("The page is there, but its content is damaged."),
                          tr("Get another copy of the document if you need this page.")};
    default:
        return {};
    }
}

std::optional<ErrorWords> Words::ofWork(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled:
        return ErrorWords{tr("Stopped"), tr("You stopped this. Pages that were done are kept."),
                          tr("Retry starts it again where it stopped.")};
    case ErrorCode::SetAsideAfterCrash:
        return ErrorWords{
            tr("Set aside after a crash"),
            tr("It was being read when Lectern ended unexpectedly, more than once, so it was set aside."),
            tr("Retry gives it another chance. Everything else goes on without it.")};
    case ErrorCode::StaleLease:
        return ErrorWords{tr("Done elsewhere"), tr("Another window or program took over this piece of work."),
                          tr("There is nothing to do: its result counts.")};
    case ErrorCode::HelperUnavailable:
        return ErrorWords{tr("Part of Lectern is missing"),
                          tr("The program that reads PDF files can't be started."),
                          tr("Install Lectern again.")};
    case ErrorCode::HelperProtocol:
        return ErrorWords{
            tr("Unexpected answer"),
            tr("The program that reads PDF files gave an answer that makes no sense."),
            tr("Retry. If it happens again, install Lectern again: its parts may not fit together.")};
    default:
        return {};
    }
}

std::optional<ErrorWords> Words::ofAccount(ErrorCode code)
{
    switch (code) {
    case ErrorCode::KeyMissing:
        return ErrorWords{tr("Key needed"),
                          tr("The model's endpoint asks for a key, and none is stored for it."),
                          tr("Enter the key in Settings › Models & keys; the work then goes on.")};
    case ErrorCode::KeyRefused:
        return ErrorWords{tr("Key refused"), tr("The endpoint does not accept the key."),
                          tr("Check the key in Settings › Models & keys, then retry.")};
    case ErrorCode::KeyStoreUnavailable:
        return ErrorWords{tr("Key store can't be used"),
                          tr("The system's key store is missing, or it is locked."),
                          tr("Unlock it and try again, or keep the key only until Lectern closes.")};
    case ErrorCode::ModelNotFound:
        return ErrorWords{tr("Model not found"),
                          tr("The endpoint does not know this model. It may have been shut down."),
                          tr("Choose another model, then retry.")};
    case ErrorCode::OutOfCredit:
        return ErrorWords{tr("No credit left"), tr("The account at the endpoint has no money or quota left."),
                          tr("Add credit there, then retry.")};
    case ErrorCode::RequestRejected:
        return ErrorWords{tr("Request rejected"), tr("The endpoint says that it can't do what was asked."),
                          tr("Choose another model, or look at the details.")};
    case ErrorCode::BudgetReached:
        return ErrorWords{tr("Budget reached"),
                          tr("The next page could cost more than is left of the budget, so the work waits."),
                          tr("Raise the budget, wait for the next day or month, or use a cheaper model.")};
    case ErrorCode::PriceUnknown:
        return ErrorWords{tr("Price unknown"),
                          tr("Nobody knows what this model costs, and you have not agreed to use it anyway."),
                          tr("Enter its price, agree to run without one, or choose another model.")};
    case ErrorCode::EmbeddingMissing:
        return ErrorWords{
            tr("No embedding model"),
            tr("The one that comes with Lectern is missing or damaged; search by meaning needs one."),
            tr("Install Lectern again, or choose an embedding model in Models.")};
    default:
        return {};
    }
}

std::optional<ErrorWords> Words::ofEndpoint(ErrorCode code)
{
    switch (code) {
    case ErrorCode::RateLimited:
        return ErrorWords{tr("Rate limit"), tr("The endpoint takes no more requests for the moment."),
                          tr("Lectern goes on by itself as soon as it may.")};
    case ErrorCode::EndpointUnreachable:
        return ErrorWords{tr("Endpoint can't be reached"), tr("No connection could be made to the endpoint."),
                          tr("Check the network and the address. Lectern tries again by itself.")};
    case ErrorCode::EndpointStalled:
        return ErrorWords{tr("Endpoint does not answer"), tr("The answer did not come, or stopped halfway."),
                          tr("Lectern tries again by itself. A local model may still be loading.")};
    case ErrorCode::EndpointFailed:
        return ErrorWords{tr("Endpoint failed"), tr("The endpoint reported an error of its own."),
                          tr("Lectern tries again by itself. If it lasts, choose another endpoint.")};
    case ErrorCode::EndpointNonsense:
        return ErrorWords{tr("Answer can't be understood"),
                          tr("What came back does not look like the answer of a model server."),
                          tr("Check the address. A proxy or a login page may stand in between.")};
    case ErrorCode::TlsFailed:
        return ErrorWords{
            tr("Connection can't be trusted"),
            tr("The endpoint could not prove that it is who it says it is. Nothing was sent."),
            tr("Check the address and this computer's clock, or ask whoever runs the endpoint.")};
    case ErrorCode::PlainHttpRefused:
        return ErrorWords{tr("Connection is not encrypted"),
                          tr("Pages would travel readable for everybody on the way. Nothing was sent."),
                          tr("Use an https address, or allow plain http for this endpoint in its settings.")};
    default:
        return {};
    }
}

std::optional<ErrorWords> Words::ofAnswer(ErrorCode code)
{
    switch (code) {
    case ErrorCode::AnswerRefused:
        return ErrorWords{tr("Model declined"),
                          tr("The model, or a filter before it, declined to answer for this page."),
                          tr("Try another model for this page, or skip it.")};
    case ErrorCode::AnswerCut:
        return ErrorWords{tr("Answer too long"),
                          tr("The answer was longer than the model may write, with more room too."),
                          tr("Choose a model with a larger output, then retry the page.")};
    case ErrorCode::AnswerEmpty:
        return ErrorWords{tr("Empty answer"), tr("The model answered without any content."),
                          tr("Lectern tries again by itself. If it lasts, choose another model.")};
    case ErrorCode::AnswerInvalid:
        return ErrorWords{
            tr("Answer not usable"),
            tr("The answer is not in the form that was asked for, even after it was asked to repair it."),
            tr("Retry the page, or choose a model that keeps to a form.")};
    case ErrorCode::PromptCut:
        return ErrorWords{tr("Page cut by the server"),
                          tr("The server read only a part of the page: its context is too small."),
                          tr("Give the model a larger context, or choose another model.")};
    default:
        return {};
    }
}

std::optional<ErrorWords> Words::ofWorkspace(ErrorCode code)
{
    switch (code) {
    case ErrorCode::WorkspaceNewer:
        return ErrorWords{
            tr("Library of a newer Lectern"),
            tr("This library was last used with a newer version of Lectern. It was not touched."),
            tr("Install the newer version to open it.")};
    case ErrorCode::WorkspaceDamaged:
        return ErrorWords{tr("Library is damaged"),
                          tr("The library's file did not pass its check. It was not touched."),
                          tr("Restore the library's folder from a backup, or start a new library.")};
    case ErrorCode::WorkspaceOnNetworkDrive:
        return ErrorWords{
            tr("Library is on a network drive"),
            tr("A library on a network drive can be damaged when the network fails."),
            tr("Choose a folder on this computer. The documents themselves may stay where they are.")};
    case ErrorCode::WorkspaceLocked:
        return ErrorWords{tr("Library is in use"), tr("Another program keeps the library busy."),
                          tr("Close the other program, or wait a moment, then try again.")};
    case ErrorCode::Database:
        return ErrorWords{tr("Library can't be used"), tr("Reading or writing the library failed."),
                          tr("Check the disk. If it happens again, restart Lectern.")};
    case ErrorCode::NotFound:
        return ErrorWords{tr("Not there any more"), tr("What you asked for is no longer in the library."),
                          tr("It may have been removed meanwhile. There is nothing to do.")};
    case ErrorCode::InvalidArgument:
        return ErrorWords{tr("Can't be done"), tr("This does not fit what was selected."),
                          tr("Check the selection and try again.")};
    default:
        return {};
    }
}

ErrorWords Words::ofRest()
{
    return {tr("Something went wrong"), tr("Lectern made a mistake. Your documents were not changed."),
            tr("Retry. If it happens again, please report it with the details.")};
}

} // namespace

ErrorWords ErrorText::of(ErrorCode code)
{
    if (code == ErrorCode::None)
        return {tr("All is well"), tr("Nothing went wrong."), tr("There is nothing to do.")};
    for (const auto part : {Words::ofFile, Words::ofDocument, Words::ofPage, Words::ofWork, Words::ofAccount,
                            Words::ofEndpoint, Words::ofAnswer, Words::ofWorkspace}) {
        if (const std::optional<ErrorWords> words = part(code))
            return *words;
    }
    return Words::ofRest();
}

QString ErrorText::sentence(const base::Error &error)
{
    const ErrorWords words = of(error.code);
    return tr("%1 %2", "what happened, what to do next").arg(words.happened, words.next);
}

QString ErrorText::report(const base::Error &error)
{
    const ErrorWords words = of(error.code);
    QString text =
        words.title + QLatin1Char('\n') + words.happened + QLatin1Char('\n') + words.next + QLatin1Char('\n');
    text += tr("Code: %1").arg(base::errorName(error.code));
    if (!error.detail.isEmpty())
        text += QLatin1Char('\n') + tr("Detail: %1").arg(error.detail);
    return text;
}

} // namespace lectern::presentation
