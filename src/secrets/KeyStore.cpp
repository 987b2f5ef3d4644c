// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/KeyStore.h"

#include "secrets/KeyFile.h"

#include <QThread>

#include <qt6keychain/keychain.h>

#include <chrono>
#include <future>
#include <mutex>

namespace lectern::secrets {

using base::ErrorCode;

namespace {

constexpr auto kKnownFor = std::chrono::seconds(10); // every page of a run asks for the same key
const auto kProbeName = QStringLiteral("is-there");

/// What a question to the system's store came to.
struct SystemAnswer {
    QKeychain::Error error = QKeychain::OtherError;
    QByteArray secret;
};

// QKeychain's own words may quote what was stored, so only the kind of error leaves this file.
base::Error systemError(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {ErrorCode::KeyStoreUnavailable, QStringLiteral("access was denied")};
    case QKeychain::NoBackendAvailable:
        return {ErrorCode::KeyStoreUnavailable, QStringLiteral("this system has none")};
    case QKeychain::CouldNotDeleteEntry:
        return {ErrorCode::KeyStoreUnavailable, QStringLiteral("the key could not be removed")};
    default:
        return {ErrorCode::KeyStoreUnavailable, QStringLiteral("it did not answer as it should")};
    }
}

/// The thread on which QKeychain works: it needs an event loop that nobody blocks. One for the whole program,
/// because QKeychain hands its jobs to the thread that came first, be it long gone.
struct KeychainThread {
    KeychainThread()
    {
        thread.setObjectName(QStringLiteral("key-store"));
        context.moveToThread(&thread);
        thread.start();
    }
    ~KeychainThread()
    {
        thread.quit();
        thread.wait();
    }
    KeychainThread(const KeychainThread &) = delete;
    KeychainThread &operator=(const KeychainThread &) = delete;

    QThread thread;
    QObject context;
};

KeychainThread &keychain()
{
    static KeychainThread one;
    return one;
}

class KeyStoreImpl final : public KeyStore {
public:
    explicit KeyStoreImpl(const Options &options) : m_options(options), m_file(options.file) {}

    base::Result<Secret> read(const QString &name) override
    {
        const std::lock_guard lock(m_mutex);
        if (const auto kept = m_memory.constFind(name); kept != m_memory.constEnd())
            return *kept;
        const auto now = std::chrono::steady_clock::now();
        if (const auto known = m_known.constFind(name); known != m_known.constEnd() && now < known->until)
            return known->secret;
        auto found = look(name);
        if (found)
            m_known.insert(name, {*found, now + kKnownFor});
        return found;
    }

    std::optional<Keeping> placeOf(const QString &name) override
    {
        const std::lock_guard lock(m_mutex);
        if (m_memory.contains(name))
            return Keeping::Memory;
        if (const auto keys = fileKeys(); keys && keys->contains(name))
            return Keeping::File;
        return readSystem(name).error == QKeychain::NoError ? std::optional(Keeping::System) : std::nullopt;
    }

    base::Status write(const QString &name, const Secret &secret, Keeping keeping) override
    {
        const std::lock_guard lock(m_mutex);
        m_known.remove(name);
        if (keeping == Keeping::System) {
            const QKeychain::Error stored = writeSystem(name, secret);
            if (stored != QKeychain::NoError)
                return base::fail(systemError(stored));
        }
        if (const base::Status filed = writeFile(name, keeping == Keeping::File ? secret : Secret()); !filed)
            return filed;
        if (keeping == Keeping::Memory)
            m_memory.insert(name, secret);
        else
            m_memory.remove(name);
        // An old one that can't be removed now is never read again: this one goes before it.
        if (keeping != Keeping::System)
            ask<QKeychain::DeletePasswordJob>(name);
        return {};
    }

    base::Status remove(const QString &name) override
    {
        const std::lock_guard lock(m_mutex);
        m_known.remove(name);
        m_memory.remove(name);
        if (const base::Status filed = writeFile(name, Secret()); !filed)
            return filed;
        return removeFromSystem(name);
    }

    bool hasSystemStore() override
    {
        const std::lock_guard lock(m_mutex);
        return answers();
    }

private:
    struct Known {
        Secret secret;
        std::chrono::steady_clock::time_point until;
    };

    base::Result<Secret> look(const QString &name)
    {
        const auto keys = fileKeys();
        if (!keys)
            return base::fail(keys.error());
        if (const auto kept = keys->constFind(name); kept != keys->constEnd())
            return *kept;
        SystemAnswer answer = readSystem(name);
        if (answer.error == QKeychain::NoError)
            return Secret(std::move(answer.secret));
        // QKeychain has no error of its own for a system whose store does not run at all.
        const bool isLocked =
            answer.error == QKeychain::AccessDenied || answer.error == QKeychain::AccessDeniedByUser;
        return isLocked ? base::Result<Secret>(base::fail(systemError(answer.error))) : Secret();
    }

    base::Result<QMap<QString, Secret>> fileKeys() const
    {
        return m_options.file.isEmpty() ? base::Result<QMap<QString, Secret>>() : m_file.read();
    }

    base::Status writeFile(const QString &name, const Secret &secret) const
    {
        if (m_options.file.isEmpty())
            return secret.isEmpty() ? base::Status()
                                    : base::Status(base::fail(ErrorCode::KeyStoreUnavailable));
        auto keys = m_file.read();
        if (!keys)
            return base::fail(keys.error());
        if (secret.isEmpty() && !keys->contains(name))
            return {};
        if (secret.isEmpty())
            keys->remove(name);
        else
            keys->insert(name, secret);
        return m_file.write(*keys);
    }

    bool answers()
    {
        const QKeychain::Error error = readSystem(kProbeName).error;
        return error == QKeychain::NoError || error == QKeychain::EntryNotFound;
    }

    base::Status removeFromSystem(const QString &name)
    {
        const QKeychain::Error removed = ask<QKeychain::DeletePasswordJob>(name).error;
        const bool gone = removed == QKeychain::NoError || removed == QKeychain::EntryNotFound || !answers();
        return gone ? base::Status() : base::Status(base::fail(systemError(removed)));
    }

    SystemAnswer readSystem(const QString &name) { return ask<QKeychain::ReadPasswordJob>(name); }

    QKeychain::Error writeSystem(const QString &name, const Secret &secret)
    {
        return ask<QKeychain::WritePasswordJob>(
                   name, [&](QKeychain::WritePasswordJob &job) { job.setBinaryData(secret.reveal()); })
            .error;
    }

    template <class Job> SystemAnswer ask(const QString &name)
    {
        return ask<Job>(name, [](Job &) {});
    }

    // Runs one job of QKeychain on the thread that has an event loop, and waits for it.
    template <class Job, class Prepare> SystemAnswer ask(const QString &name, Prepare prepare)
    {
        const auto promise = std::make_shared<std::promise<SystemAnswer>>();
        auto answer = promise->get_future();
        auto *job = new Job(m_options.service);
        job->setKey(name);
        job->setInsecureFallback(false);
        prepare(*job);
        job->moveToThread(&keychain().thread);
        QMetaObject::invokeMethod(
            &keychain().context,
            [job, promise] {
                QObject::connect(job, &QKeychain::Job::finished, job, [promise](QKeychain::Job *finished) {
                    SystemAnswer result{finished->error(), {}};
                    if constexpr (std::is_same_v<Job, QKeychain::ReadPasswordJob>)
                        result.secret = static_cast<Job *>(finished)->binaryData();
                    promise->set_value(std::move(result));
                });
                job->start(); // deletes itself when it has finished
            },
            Qt::QueuedConnection);
        if (answer.wait_for(std::chrono::milliseconds(m_options.patienceMs)) != std::future_status::ready)
            return {QKeychain::AccessDenied, {}}; // nobody answered the question whether to unlock it
        return answer.get();
    }

    Options m_options;
    KeyFile m_file;
    std::mutex m_mutex;
    QMap<QString, Secret> m_memory;
    QMap<QString, Known> m_known; ///< what the other places said last
};

} // namespace

std::unique_ptr<KeyStore> KeyStore::open(const Options &options)
{
    return std::make_unique<KeyStoreImpl>(options);
}

} // namespace lectern::secrets
