// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/CommandLine.h"
#include "app/cli/Console.h"
#include "app/cli/Failure.h"
#include "app/cli/Interruption.h"
#include "base/Clock.h"
#include "workspace/Workspace.h"

#include <memory>

namespace lectern::store {
class Connection;
}

namespace lectern::cli {

/// What a command works with: its command line, the console, and the workspace once it asked for it. Main
/// thread.
class Session {
public:
    Session(CommandLine line, Console &console, Interruption &interruption, const base::Clock &clock);
    ~Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    [[nodiscard]] const CommandLine &line() const { return m_line; }
    [[nodiscard]] Console &console() const { return m_console; }
    [[nodiscard]] Interruption &interruption() const { return m_interruption; }
    [[nodiscard]] const base::Clock &clock() const { return m_clock; }

    enum class Access {
        Look, ///< reads and changes, but runs no jobs
        Work, ///< takes jobs from the queue too
    };
    enum class IfMissing { Create, Fail };
    /// Opens the workspace of `--workspace`, and a reading connection. Call it first, and once.
    [[nodiscard]] Outcome<void> open(Access access, IfMissing ifMissing);
    /// Stops the work at the next page and closes everything.
    void close();

    [[nodiscard]] workspace::Workspace &workspace() const { return *m_workspace; }
    [[nodiscard]] store::Connection &reader() const { return *m_reader; }
    [[nodiscard]] QString folder() const;

private:
    [[nodiscard]] Outcome<workspace::Workspace::Options> options(Access access) const;

    CommandLine m_line;
    Console &m_console;
    Interruption &m_interruption;
    const base::Clock &m_clock;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<store::Connection> m_reader;
};

} // namespace lectern::cli
