// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Scene.h"

#include <QJsonArray>

#include <functional>

namespace lectern::e2e {

/// A scene with a book and models that cost 1 and 5 dollars for a million tokens in and out, in which no key
/// or address of this machine counts. Its endpoint is called "mock".
class ModelScene {
public:
    explicit ModelScene(int pages, const QStringList &models = {QStringLiteral("gpt-4")});

    [[nodiscard]] Scene &scene() { return m_scene; }
    [[nodiscard]] QString book() const { return m_book; }
    /// Fixtures of AiMock that answer each page of the book with a bill of its own.
    using BillOf = std::function<QJsonObject(int page)>;
    [[nodiscard]] static QJsonArray answersByPage(int pages, const BillOf &bill, int msPerPiece = 0);
    /// The page that an entry of AiMock's journal is about.
    [[nodiscard]] static int pageOf(const QJsonObject &entry);

    /// Other prices than those of above.
    void setPrices(const QJsonArray &prices);

    Finished addEndpoint(const QString &address, const QStringList &options = {});
    [[nodiscard]] QStringList indexing(const QStringList &options = {},
                                       const QString &model = QStringLiteral("gpt-4")) const;
    Finished index(const QStringList &options = {}) { return m_scene.run(indexing(options)); }

    /// What the ledger adds up to, and its rows, as lectern-cli tells them.
    [[nodiscard]] QJsonObject total();
    [[nodiscard]] QVector<QJsonObject> rows();
    /// A page of the book with all that is stored of it.
    [[nodiscard]] QJsonObject page(int number);
    /// One value, by the sqlite3 program.
    [[nodiscard]] QByteArray value(const QByteArray &sql) const;
    /// How often the page was tried.
    [[nodiscard]] int attempts(int page) const;

private:
    Scene m_scene;
    QString m_book;
};

} // namespace lectern::e2e
