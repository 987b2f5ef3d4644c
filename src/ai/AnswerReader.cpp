// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/AnswerReader.h"

#include "ai/AnswerSchema.h"
#include "ai/JsonInText.h"
#include "ai/TextLocator.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <limits>

namespace lectern::ai {

using namespace Qt::StringLiterals;
using domain::Entity;
using domain::EntityKind;

namespace {

/// A page with at least so much text has something to summarise.
constexpr qsizetype kEnoughText = 200;
/// No field is looked at beyond this, whatever it holds.
constexpr qsizetype kLongestField = 20'000;

bool isHarmful(QChar c)
{
    const char16_t unit = c.unicode();
    return (unit >= 0x202a && unit <= 0x202e) || (unit >= 0x2066 && unit <= 0x2069) || unit == 0x200e ||
           unit == 0x200f || unit == 0xfeff || (unit >= 0xfff0 && unit <= 0xfffb);
}

/// One line of text without what could disturb a display.
QString cleaned(const QString &text, qsizetype longest)
{
    QString out;
    const qsizetype size = std::min(text.size(), kLongestField);
    out.reserve(size);
    for (qsizetype i = 0; i < size; ++i) {
        const QChar c = text.at(i);
        if (c.isHighSurrogate() && i + 1 < size && text.at(i + 1).isLowSurrogate()) {
            out.append(c);
            out.append(text.at(++i));
        } else if (c.isSurrogate()) {
            out.append(QChar::ReplacementCharacter);
        } else if (c.isSpace() || c.category() == QChar::Other_Control) {
            out.append(u' ');
        } else if (!isHarmful(c)) {
            out.append(c);
        }
    }
    out = out.simplified();
    if (out.size() <= longest)
        return out;
    qsizetype end = out.lastIndexOf(u' ', longest - 1);
    if (end < longest / 2)
        end = longest - 1 - (out.at(longest - 2).isHighSurrogate() ? 1 : 0);
    return out.left(end) + u'…';
}

QString language(const QString &text)
{
    static const QRegularExpression form(u"\\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\\z"_s);
    const QString name = text.trimmed().replace(u'_', u'-');
    return form.match(name).hasMatch() ? name : u"und"_s;
}

/// The comparable form, where the model keeps to it; empty otherwise.
QString comparable(EntityKind kind, const QString &text, const QString &value)
{
    static const QRegularExpression date(uR"(\A(\d{4}(-\d{2}(-\d{2})?)?|--\d{2}-\d{2})\z)"_s);
    static const QRegularExpression money(uR"(\A[A-Z]{3} -?\d{1,18}(\.\d{1,6})?\z)"_s);
    static const QRegularExpression number(uR"(\A-?\d{1,18}(\.\d{1,6})?\z)"_s);
    switch (kind) {
    case EntityKind::Date:
        return date.match(value).hasMatch() ? value : QString();
    case EntityKind::Money:
        return money.match(value).hasMatch() ? value : QString();
    case EntityKind::Percentage:
        return number.match(value).hasMatch() ? value : QString();
    case EntityKind::Email:
    case EntityKind::WebAddress:
    case EntityKind::Doi:
        return text.toLower();
    case EntityKind::Person:
    case EntityKind::Organisation:
        return {};
    }
    return {};
}

class Reader {
public:
    Reader(const QString &pageText, bool sawPicture) : m_pageText(pageText), m_sawPicture(sawPicture) {}

    bool read(const QJsonObject &answer)
    {
        const QString title = stringField(answer, u"title"_s);
        const QString summary = stringField(answer, u"summary"_s);
        const QString languageName = stringField(answer, u"language"_s);
        const QJsonArray phrases = listField(answer, u"key_phrases"_s);
        const QJsonArray entities = listField(answer, u"entities"_s);
        if (!m_problems.isEmpty())
            return false;
        m_analysis.title = cleaned(title, kLongestAnswerTitle);
        m_analysis.summary = cleaned(summary, kLongestAnswerSummary);
        m_analysis.language = language(languageName);
        readPhrases(phrases);
        readEntities(entities);
        if (m_analysis.summary.isEmpty() && m_pageText.simplified().size() >= kEnoughText)
            m_problems.append(u"\"summary\" is empty"_s);
        return m_problems.isEmpty();
    }

    [[nodiscard]] const domain::PageAnalysis &analysis() const { return m_analysis; }
    [[nodiscard]] QString problems() const { return m_problems.join(u"; "_s); }

private:
    QString stringField(const QJsonObject &object, const QString &name)
    {
        const QJsonValue value = object.value(name);
        if (value.isString())
            return value.toString();
        m_problems.append(value.isUndefined() ? u"\"%1\" is missing"_s.arg(name)
                                              : u"\"%1\" must be a string"_s.arg(name));
        return {};
    }

    QJsonArray listField(const QJsonObject &object, const QString &name)
    {
        const QJsonValue value = object.value(name);
        if (value.isArray())
            return value.toArray();
        m_problems.append(value.isUndefined() ? u"\"%1\" is missing"_s.arg(name)
                                              : u"\"%1\" must be an array"_s.arg(name));
        return {};
    }

    void readPhrases(const QJsonArray &phrases)
    {
        QSet<QString> seen;
        for (const QJsonValue item : phrases) {
            if (!item.isString()) {
                m_problems.append(u"\"key_phrases\" must hold strings only"_s);
                return;
            }
            const QString phrase = cleaned(item.toString(), kLongestAnswerPhrase);
            if (phrase.isEmpty() || seen.contains(phrase.toCaseFolded()) ||
                m_analysis.keyPhrases.size() >= kMostAnswerPhrases)
                continue;
            seen.insert(phrase.toCaseFolded());
            m_analysis.keyPhrases.append(phrase);
        }
    }

    void readEntities(const QJsonArray &entities)
    {
        const TextLocator page(m_pageText);
        for (const QJsonValue item : entities) {
            const QJsonObject object = item.toObject();
            const QJsonValue value = object.value("value"_L1);
            const bool hasValue = value.isString() || value.isNull() || value.isUndefined();
            if (!object.value("kind"_L1).isString() || !object.value("text"_L1).isString() || !hasValue) {
                m_problems.append(
                    u"each of \"entities\" must be an object with strings \"kind\" and \"text\", and \"value\" a string or null"_s);
                return;
            }
            const auto kind = entityKindFromAnswer(object.value("kind"_L1).toString());
            const QString text = cleaned(object.value("text"_L1).toString(), kLongestAnswerEntity);
            if (kind && !text.isEmpty() && m_analysis.entities.size() < kMostAnswerEntities)
                place(page, *kind, text, cleaned(value.toString(), kLongestAnswerEntity));
        }
        // In the order of the page; what only its picture shows comes last.
        const auto position = [](const Entity &entity) {
            return entity.offset < 0 ? std::numeric_limits<qint32>::max() : entity.offset;
        };
        std::stable_sort(m_analysis.entities.begin(), m_analysis.entities.end(),
                         [&](const Entity &a, const Entity &b) { return position(a) < position(b); });
    }

    void place(const TextLocator &page, EntityKind kind, const QString &text, const QString &value)
    {
        Entity entity{kind, text, {}, -1, 0};
        if (const auto range = page.find(text)) {
            entity.offset = range->offset;
            entity.length = range->length;
            entity.text = cleaned(m_pageText.mid(range->offset, range->length), kLongestAnswerEntity);
        } else if (!m_sawPicture) {
            return;
        }
        entity.value = comparable(kind, entity.text, value);
        const QString identity = domain::entityKindName(kind) + u'\n' + entity.text.toCaseFolded();
        if (m_seen.contains(identity))
            return;
        m_seen.insert(identity);
        m_analysis.entities.append(entity);
    }

    const QString &m_pageText;
    bool m_sawPicture;
    domain::PageAnalysis m_analysis;
    QSet<QString> m_seen;
    QStringList m_problems;
};

} // namespace

tl::expected<domain::PageAnalysis, AnswerProblem> readPageAnswer(const QString &answer,
                                                                 const QString &pageText, bool sawPicture)
{
    const auto object = jsonObjectIn(answer);
    if (!object)
        return tl::unexpected(AnswerProblem{u"the answer is not a JSON object"_s, false});
    Reader reader(pageText, sawPicture);
    if (!reader.read(*object))
        return tl::unexpected(AnswerProblem{reader.problems(), true});
    return reader.analysis();
}

} // namespace lectern::ai
