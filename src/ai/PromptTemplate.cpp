// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/PromptTemplate.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRegularExpression>

namespace lectern::ai {

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace {

constexpr qsizetype kLongestTemplate = 64LL * 1024;

QString filled(const QString &part, const QMap<QString, QString> &values)
{
    static const QRegularExpression placeholder(u"\\{\\{([a-z_]+)\\}\\}"_s);
    QString out;
    qsizetype last = 0;
    for (auto matches = placeholder.globalMatch(part); matches.hasNext();) {
        const auto match = matches.next();
        out += QStringView(part).sliced(last, match.capturedStart() - last);
        out += values.value(match.captured(1));
        last = match.capturedEnd();
    }
    out += QStringView(part).sliced(last);
    return out;
}

QMap<QString, QString> headerOf(const QString &text)
{
    QMap<QString, QString> fields;
    for (const QString &line : text.split(u'\n')) {
        if (const qsizetype colon = line.indexOf(u':'); colon > 0)
            fields.insert(line.left(colon).trimmed(), line.mid(colon + 1).trimmed());
    }
    return fields;
}

QMap<QString, QString> partsOf(const QString &text)
{
    static const QRegularExpression heading(u"^# (system|user|repair)[ \\t]*$"_s,
                                            QRegularExpression::MultilineOption);
    QMap<QString, QString> parts;
    QString name;
    qsizetype start = 0;
    const auto close = [&](qsizetype end) {
        if (!name.isEmpty())
            parts.insert(name, text.mid(start, end - start).trimmed());
    };
    for (auto matches = heading.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        close(match.capturedStart());
        name = match.captured(1);
        start = match.capturedEnd();
    }
    close(text.size());
    return parts;
}

} // namespace

base::Result<PromptTemplate> PromptTemplate::builtIn(const QString &name)
{
    return builtInText(name).and_then(fromText);
}

base::Result<QString> PromptTemplate::builtInText(const QString &name)
{
    QFile file(u":/lectern/prompts/%1.md"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return base::fail(ErrorCode::NotFound, u"prompt "_s + name);
    return QString::fromUtf8(file.readAll());
}

base::Result<PromptTemplate> PromptTemplate::fromText(const QString &text)
{
    const auto wrong = [](const QString &why) { return base::fail(ErrorCode::InvalidArgument, why); };
    if (text.size() > kLongestTemplate)
        return wrong(u"longer than 64 KiB"_s);
    static const QRegularExpression frame(uR"(\A\s*---\n(.*?)\n---\n(.*)\z)"_s,
                                          QRegularExpression::DotMatchesEverythingOption);
    const QString plain = QString(text).replace(u"\r\n"_s, u"\n"_s);
    const auto match = frame.match(plain);
    if (!match.hasMatch())
        return wrong(u"does not begin with its name and version between two lines of ---"_s);
    const QMap<QString, QString> header = headerOf(match.captured(1));
    const QMap<QString, QString> parts = partsOf(match.captured(2));
    PromptTemplate prompt;
    prompt.m_name = header.value(u"name"_s);
    prompt.m_version = header.value(u"version"_s).toInt();
    prompt.m_system = parts.value(u"system"_s);
    prompt.m_user = parts.value(u"user"_s);
    prompt.m_repair = parts.value(u"repair"_s);
    static const QRegularExpression nameForm(u"\\A[a-z0-9-]{1,40}\\z"_s);
    if (!nameForm.match(prompt.m_name).hasMatch() || prompt.m_version < 1)
        return wrong(u"needs a name of a-z, 0-9 and -, and a version from 1"_s);
    if (prompt.m_system.isEmpty() || prompt.m_user.isEmpty() || prompt.m_repair.isEmpty())
        return wrong(u"needs the parts # system, # user and # repair"_s);
    if (!prompt.m_user.contains("{{page_text}}"_L1))
        return wrong(u"the part # user must contain {{page_text}}"_s);
    prompt.m_hash = QCryptographicHash::hash(plain.toUtf8(), QCryptographicHash::Sha256);
    return prompt;
}

QString PromptTemplate::system(const QMap<QString, QString> &values) const
{
    return filled(m_system, values);
}

QString PromptTemplate::user(const QMap<QString, QString> &values) const
{
    return filled(m_user, values);
}

QString PromptTemplate::repair(const QMap<QString, QString> &values) const
{
    return filled(m_repair, values);
}

} // namespace lectern::ai
