// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Interruption.h"

#include <array>
#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace lectern::cli {

namespace {

// What a signal handler may touch has to be global: atomics and a pipe.
struct State {
    std::atomic<int> signal{0};
    std::array<int, 2> pipe{-1, -1};
    base::CancelToken token;
    struct sigaction formerInterrupt = {};
    struct sigaction formerTerminate = {};
    struct sigaction formerPipe = {};
};

State *g_state = nullptr;

constexpr int kSignalExitBase = 128;

extern "C" void noteSignal(int signal)
{
    State *state = g_state;
    if (state == nullptr)
        return;
    int none = 0;
    if (!state->signal.compare_exchange_strong(none, signal))
        ::_exit(kSignalExitBase + signal);
    state->token.cancel(); // one atomic store
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(state->pipe[1], &byte, 1);
}

} // namespace

Interruption::Interruption()
{
    g_state = new State;
    [[maybe_unused]] const int made = ::pipe2(g_state->pipe.data(), O_CLOEXEC | O_NONBLOCK);
    struct sigaction action = {};
    action.sa_handler = noteSignal;
    ::sigaction(SIGINT, &action, &g_state->formerInterrupt);
    ::sigaction(SIGTERM, &action, &g_state->formerTerminate);
    // A closed output shows as a failed write instead of an end without warning.
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &ignore, &g_state->formerPipe);
}

Interruption::~Interruption()
{
    ::sigaction(SIGINT, &g_state->formerInterrupt, nullptr);
    ::sigaction(SIGTERM, &g_state->formerTerminate, nullptr);
    ::sigaction(SIGPIPE, &g_state->formerPipe, nullptr);
    ::close(g_state->pipe[0]);
    ::close(g_state->pipe[1]);
    delete g_state;
    g_state = nullptr;
}

int Interruption::signal() const
{
    return g_state->signal.load();
}

int Interruption::exitCode() const
{
    return kSignalExitBase + signal();
}

base::CancelToken Interruption::token() const
{
    return g_state->token;
}

bool Interruption::waitFor(int milliseconds) const
{
    if (isRequested())
        return true;
    struct pollfd entry = {g_state->pipe[0], POLLIN, 0};
    ::poll(&entry, 1, milliseconds);
    return isRequested();
}

void Interruption::request(int signal)
{
    int none = 0;
    if (g_state->signal.compare_exchange_strong(none, signal))
        g_state->token.cancel();
}

} // namespace lectern::cli
