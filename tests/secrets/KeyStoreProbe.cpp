// SPDX-License-Identifier: GPL-3.0-or-later
// Does one thing with the key store and prints what came of it: has | write NAME KEY | read NAME | remove
// NAME.
#include "base/Error.h"
#include "secrets/KeyStore.h"

#include <QCoreApplication>
#include <QTextStream>

#include <future>

using namespace lectern;

namespace {

QString act(const QStringList &words)
{
    secrets::KeyStore::Options options;
    options.service = QStringLiteral("lectern-test");
    options.patienceMs = 20'000;
    const auto store = secrets::KeyStore::open(options);
    const QString verb = words.value(1);
    const QString name = words.value(2);
    const auto told = [](const base::Status &status) {
        return status ? QStringLiteral("ok")
                      : base::errorName(status.error().code) + u' ' + status.error().detail;
    };
    if (verb == QStringLiteral("has"))
        return store->hasSystemStore() ? QStringLiteral("yes") : QStringLiteral("no");
    if (verb == QStringLiteral("write"))
        return told(store->write(name, secrets::Secret(words.value(3).toUtf8()), secrets::Keeping::System));
    if (verb == QStringLiteral("remove"))
        return told(store->remove(name));
    const auto secret = store->read(name);
    return secret ? u'[' + QString::fromUtf8(secret->reveal()) + u']' : base::errorName(secret.error().code);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    // The main thread is the one that may never wait for the store.
    QTextStream(stdout) << std::async(std::launch::async, act, QCoreApplication::arguments()).get()
                        << Qt::endl;
    return 0;
}
