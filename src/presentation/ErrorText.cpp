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
    for (const auto part :
         {Words::ofFile, Words::ofDocument, Words::ofPage, Words::ofWork, Words::ofWorkspace}) {
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
