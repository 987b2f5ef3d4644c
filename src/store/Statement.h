// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/ConnectionState.h"

#include "base/Result.h"
#include "domain/Ids.h"

#include <QByteArray>
#include <QSqlError>
#include <QString>
#include <QVariant>
#include <QVector>

#include <memory>
#include <optional>
#include <type_traits>

namespace lectern::store {

/// Binds SQL NULL.
struct Null {};

/// What went wrong, in the words of this program. `about` is the file.
[[nodiscard]] base::Error errorOf(const QSqlError &error, const QString &about);

/// The same for SQLite's own result code.
[[nodiscard]] base::Error errorOfCode(int code, const QString &message, const QString &about);

/// Ids as a JSON array for `json_each(?)`: one prepared statement serves any number of them.
template <class Tag> QString jsonArray(const QVector<domain::Id<Tag>> &ids)
{
    QString array = QStringLiteral("[");
    for (const auto id : ids) {
        if (array.size() > 1)
            array += u',';
        array += QString::number(id.value);
    }
    return array + u']';
}

/// Asked before every statement in tests that make each of them fail in turn; an error it returns is thrown
/// in the statement's stead.
using StatementFault = std::optional<base::Error> (*)(const QString &sql);
void setStatementFault(StatementFault fault);

/// One execution of a prepared statement. Throws Failure. It is finished when this goes out of scope, so that
/// no half-read SELECT keeps a checkpoint waiting and no half-read RETURNING keeps the write lock.
class Statement {
public:
    /// `sql` is a constant; it is prepared at its first use on this connection and kept.
    Statement(Connection &connection, const char *sql);
    /// For SQL made at run time: prepared here and thrown away.
    Statement(Connection &connection, const QString &sql);
    ~Statement();
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    template <class... Values> void run(const Values &...values)
    {
        int position = 0;
        (bind(position++, toVariant(values)), ...);
        execute();
    }

    /// For as many texts as SQL made at run time has places.
    void runList(const QVector<QString> &values)
    {
        for (int position = 0; position < values.size(); ++position)
            bind(position, toVariant(values.at(position)));
        execute();
    }

    /// To the next row; false at the end.
    [[nodiscard]] bool next();

    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] int number(int column) const { return static_cast<int>(integer(column)); }
    [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray bytes(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    template <class IdType> [[nodiscard]] IdType id(int column) const { return IdType{integer(column)}; }

    /// Rows changed by the last INSERT, UPDATE or DELETE.
    [[nodiscard]] int changes() const;
    [[nodiscard]] qint64 insertedId() const;

private:
    void bind(int position, const QVariant &value);
    void execute();
    [[noreturn]] void fail() const;

    static QVariant toVariant(Null) { return {}; }
    static QVariant toVariant(bool value) { return value ? 1 : 0; }
    static QVariant toVariant(int value) { return value; }
    static QVariant toVariant(qint64 value) { return value; }
    static QVariant toVariant(double value) { return value; }
    // Qt binds a null string as NULL; here an empty string is an empty string.
    static QVariant toVariant(const QString &value) { return value.isNull() ? QStringLiteral("") : value; }
    static QVariant toVariant(const QByteArray &value) { return value.isNull() ? QByteArray("") : value; }
    template <class Tag> static QVariant toVariant(domain::Id<Tag> id) { return id.value; }
    template <class Enum, class = std::enable_if_t<std::is_enum_v<Enum>>>
    static QVariant toVariant(Enum value)
    {
        return static_cast<int>(value);
    }
    template <class T> static QVariant toVariant(const std::optional<T> &value)
    {
        return value ? toVariant(*value) : QVariant();
    }

    std::shared_ptr<Connection::State> m_state;
    std::shared_ptr<Connection::State::Prepared> m_prepared;
    QString m_sql; ///< of SQL made at run time
    const char *m_constant = nullptr;
};

/// Runs a statement that gives no rows; returns how many rows it changed.
template <class... Values> int execute(Connection &connection, const char *sql, const Values &...values)
{
    Statement statement(connection, sql);
    statement.run(values...);
    return statement.changes();
}

/// The first row as `read(statement)` makes it, or nothing.
template <class Read, class... Values>
auto readRow(Connection &connection, const char *sql, Read read, const Values &...values)
    -> std::optional<std::invoke_result_t<Read, const Statement &>>
{
    Statement statement(connection, sql);
    statement.run(values...);
    if (!statement.next())
        return std::nullopt;
    std::optional<std::invoke_result_t<Read, const Statement &>> row = read(statement);
    while (statement.next()) {
        // to the end, or the statement stays open
    }
    return row;
}

/// Every row.
template <class Read, class... Values>
auto readRows(Connection &connection, const char *sql, Read read, const Values &...values)
    -> QVector<std::invoke_result_t<Read, const Statement &>>
{
    QVector<std::invoke_result_t<Read, const Statement &>> rows;
    Statement statement(connection, sql);
    statement.run(values...);
    while (statement.next())
        rows.append(read(statement));
    return rows;
}

/// The first column of the first row.
template <class... Values>
std::optional<qint64> readInteger(Connection &connection, const char *sql, const Values &...values)
{
    return readRow(
        connection, sql, [](const Statement &row) { return row.integer(0); }, values...);
}

/// Whether there is a row.
template <class... Values> bool exists(Connection &connection, const char *sql, const Values &...values)
{
    return readInteger(connection, sql, values...).has_value();
}

} // namespace lectern::store
