// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/Tokenizer.h"

#include "models/BytePairs.h"
#include "models/TokenRanks.h"

#include <QRegularExpression>
#include <QResource>
#include <QStringEncoder>

#include <string_view>
#include <utility>
#include <vector>

namespace lectern::models {

namespace {

using namespace Qt::StringLiterals;

const QString kRanksResource = QStringLiteral(":/lectern/models/o200k_base.ranks");

/// How o200k_base cuts a text into pieces: words with at most one other character in front (so "Hello" and
/// " world", and "HTMLParser" in two), up to three digits, runs of signs, line ends, other white space.
/// White space is Unicode's property of that name, as in the original; PCRE's \s and JavaScript's each differ
/// from it in a character or two, so it is written out.
QString piecePattern()
{
    const QString space =
        uR"(\t-\r \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000})"_s;
    const QString upper = uR"([\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}])"_s;
    const QString lower = uR"([\p{Ll}\p{Lm}\p{Lo}\p{M}])"_s;
    const QString before = uR"([^\r\n\p{L}\p{N}]?)"_s;
    const QString contraction = uR"((?:'(?:[sS]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD]))?)"_s;
    const QStringList kinds{
        before + upper + u'*' + lower + u'+' + contraction,
        before + upper + u'+' + lower + u'*' + contraction,
        uR"(\p{N}{1,3})"_s,
        u" ?[^"_s + space + uR"(\p{L}\p{N}]+[\r\n/]*)"_s,
        u'[' + space + uR"(]*[\r\n]+)"_s,
        u'[' + space + u"]+(?![^"_s + space + u"])"_s,
        u'[' + space + u"]+"_s,
    };
    return kinds.join(u'|');
}

/// A lone half of a surrogate pair has no UTF-8 and makes PCRE refuse the whole text: it is counted as
/// U+FFFD, which is what is sent for it.
QString wellFormed(QStringView text)
{
    QString sound = text.toString();
    for (qsizetype i = 0; i < sound.size(); ++i) {
        if (sound[i].isHighSurrogate() && i + 1 < sound.size() && sound[i + 1].isLowSurrogate())
            ++i;
        else if (sound[i].isSurrogate())
            sound[i] = QChar(QChar::ReplacementCharacter);
    }
    return sound;
}

} // namespace

struct Tokenizer::Vocabulary {
    TokenRanks ranks;
    QRegularExpression pieces;

    /// Calls take(std::string_view) with the UTF-8 of each piece of a text, in order.
    template <class Take> void forEachPiece(QStringView text, const Take &take) const;
};

template <class Take> void Tokenizer::Vocabulary::forEachPiece(QStringView text, const Take &take) const
{
    const QString copy = text.isValidUtf16() ? QString() : wellFormed(text);
    const QStringView sound = copy.isNull() ? text : QStringView(copy);
    QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless);
    std::vector<char> utf8;
    const auto takeUtf16 = [&](QStringView piece) {
        utf8.resize(static_cast<size_t>(encoder.requiredSpace(piece.size())));
        const char *end = encoder.appendToBuffer(utf8.data(), piece);
        take(std::string_view(utf8.data(), static_cast<size_t>(end - utf8.data())));
    };
    qsizetype taken = 0;
    QRegularExpressionMatchIterator matches = pieces.globalMatch(sound);
    while (taken < sound.size()) {
        if (!matches.hasNext()) {
            // The pattern matches every text: PCRE gave up at one of its limits. Go on behind one character.
            const qsizetype length = sound[taken].isHighSurrogate() ? 2 : 1;
            takeUtf16(sound.mid(taken, length));
            taken += length;
            matches = pieces.globalMatch(sound, taken);
            continue;
        }
        const QRegularExpressionMatch match = matches.next();
        takeUtf16(match.capturedView());
        taken = match.capturedEnd();
    }
}

Tokenizer::Tokenizer() = default;

Tokenizer::~Tokenizer() = default;

const Tokenizer::Vocabulary &Tokenizer::vocabulary() const
{
    std::call_once(m_once, [this] {
        const QResource resource(kRanksResource);
        base::Result<TokenRanks> ranks =
            TokenRanks::read({reinterpret_cast<const char *>(resource.data()), resource.size()});
        // Part of the program's own file: a defect of the build, which no later answer could make good.
        if (!ranks)
            qFatal("%s", qUtf8Printable(ranks.error().detail));
        QRegularExpression pieces(piecePattern());
        pieces.optimize();
        m_vocabulary = std::make_unique<const Vocabulary>(Vocabulary{std::move(*ranks), std::move(pieces)});
    });
    return *m_vocabulary;
}

qint64 Tokenizer::count(QStringView text) const
{
    const Vocabulary &words = vocabulary();
    BytePairs pairs(words.ranks);
    std::vector<qint32> tokens;
    qint64 total = 0;
    words.forEachPiece(text, [&](std::string_view piece) {
        tokens.clear();
        pairs.encode(piece, tokens);
        total += static_cast<qint64>(tokens.size());
    });
    return total;
}

QVector<qint32> Tokenizer::encode(QStringView text) const
{
    const Vocabulary &words = vocabulary();
    BytePairs pairs(words.ranks);
    std::vector<qint32> tokens;
    words.forEachPiece(text, [&](std::string_view piece) { pairs.encode(piece, tokens); });
    return {tokens.begin(), tokens.end()};
}

} // namespace lectern::models
