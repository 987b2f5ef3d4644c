// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <type_traits>

namespace lectern::store {

class Transaction;

/// The one thread of this process that writes. Closures from any thread are gathered into one transaction
/// (`BEGIN IMMEDIATE`, each closure in a SAVEPOINT, `synchronous=FULL`) and a caller's future completes after
/// COMMIT: when it holds a value, that value survives a power cut. A closure that returns an error is rolled
/// back alone. Nothing waits longer than 50 ms for its commit while the disk keeps up. Closures must be short
/// and never wait.
class Writer {
public:
    virtual ~Writer() = default;

    /// Queues `work`. Thread-safe; never blocks. The future's error is the closure's own, or the commit's.
    template <class T>
    std::future<base::Result<T>> submit(std::function<base::Result<T>(Transaction &)> work);

    /// Queues `work` and waits. Not for the GUI thread, and never from inside a closure.
    template <class Function> auto run(Function work) -> std::invoke_result_t<Function, Transaction &>;

protected:
    /// Type-erased form: `work` runs inside the transaction, then `finish` outside it, with the commit's
    /// verdict.
    struct Task {
        std::function<base::Status(Transaction &)> work;
        std::function<void(const base::Status &commit)> finish;
    };
    virtual void enqueue(Task task) = 0;
};

template <class T>
std::future<base::Result<T>> Writer::submit(std::function<base::Result<T>(Transaction &)> work)
{
    struct Shared {
        std::promise<base::Result<T>> promise;
        std::optional<base::Result<T>> result; ///< none when the transaction could not even begin
    };
    auto shared = std::make_shared<Shared>();
    std::future<base::Result<T>> future = shared->promise.get_future();
    enqueue({[shared, work = std::move(work)](Transaction &transaction) -> base::Status {
                 shared->result = base::fail(base::ErrorCode::Internal); // should `work` throw
                 shared->result = work(transaction);
                 if (!*shared->result)
                     return base::fail(shared->result->error());
                 return {};
             },
             [shared](const base::Status &commit) {
                 const bool failedByItself = shared->result && !*shared->result;
                 if (commit || failedByItself)
                     shared->promise.set_value(std::move(*shared->result));
                 else
                     shared->promise.set_value(base::fail(commit.error()));
             }});
    return future;
}

template <class Function> auto Writer::run(Function work) -> std::invoke_result_t<Function, Transaction &>
{
    using Value = typename std::invoke_result_t<Function, Transaction &>::value_type;
    return submit<Value>(std::move(work)).get();
}

} // namespace lectern::store
