// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/UnspacedPhrases.h"

#include "text/CharacterClass.h"

#include <QSet>

#include <algorithm>

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestPhrase = 8;
constexpr int kFewestRepeats = 2;

/// Characters that are grammar more often than part of a word that names something.
bool isGrammar(char32_t c)
{
    static const QSet<char32_t> kCharacters = [] {
        QSet<char32_t> set;
        for (const QChar ch : u"的了是在有和与與或及等为為被把让讓使就都也还還又很不没沒无無个個这這那哪些你"
                              u"我他她它们們您其此各每另某"
                              u"可能会會要将將已以于於从從到由对對向而但并並且则則如若因所之者后後前中上下里"
                              u"裡内內外时時当當着著过過"
                              u"来來去做用给給比更最较較只才即便请請能够夠需须須应應该該何什么麼吗嗎呢吧啊得"
                              u"地一二三四五六七八九十两兩几幾多少"
                              u"第次种種条條例见見称稱"_s)
            set.insert(ch.unicode());
        return set;
    }();
    return kCharacters.contains(c);
}

/// Counts repeated runs of ideographs and how many different characters stand on either side of each.
class RunCounter {
public:
    void add(QStringView run, QChar before, QChar after, bool heading)
    {
        for (qsizetype start = 0; start < run.size(); ++start) {
            for (qsizetype length = 2; length <= kLongestPhrase && start + length <= run.size(); ++length) {
                const QString key = run.mid(start, length).toString();
                auto found = m_index.constFind(key);
                if (found == m_index.constEnd()) {
                    if (m_runs.size() >= 60000)
                        return;
                    found = m_index.insert(key, m_runs.size());
                    m_runs.append({key, {}, {}, 0, 0});
                }
                Run &entry = m_runs[*found];
                ++entry.count;
                entry.headings += heading ? 1 : 0;
                note(entry.before, start > 0 ? run.at(start - 1) : before);
                note(entry.after, start + length < run.size() ? run.at(start + length) : after);
            }
        }
    }

    void collect(PhraseTable &table) const
    {
        for (const Run &run : m_runs) {
            const bool enough = run.count >= kFewestRepeats || run.headings > 0;
            // A fragment of a longer word has the same neighbour every time.
            const bool free = (run.before.size() >= 2 || run.before == QString(QChar(0))) &&
                              (run.after.size() >= 2 || run.after == QString(QChar(0)));
            if (!enough || !free)
                continue;
            PhraseCandidate *candidate = table.entry(run.text, {run.text});
            if (!candidate)
                return;
            candidate->count = run.count;
            candidate->headings = run.headings;
            candidate->firstForm = run.text;
            candidate->forms.insert(run.text, run.count);
            candidate->nounCount = run.count;
        }
    }

private:
    struct Run {
        QString text;
        QString before; ///< different neighbours, at most a few; a null character for an end of the run
        QString after;
        int count = 0;
        int headings = 0;
    };

    static void note(QString &neighbours, QChar c)
    {
        if (neighbours.size() < 4 && !neighbours.contains(c))
            neighbours += c;
    }

    QVector<Run> m_runs;
    QHash<QString, qsizetype> m_index;
};

enum class Kind { Other, Ideographs, Katakana };

Kind kindOf(char32_t c, bool japanese)
{
    if (isIdeograph(c))
        return japanese || !isGrammar(c) ? Kind::Ideographs : Kind::Other;
    if (isKana(c) && !isHiragana(c))
        return Kind::Katakana;
    return Kind::Other;
}

void addJapaneseRun(QStringView run, bool heading, PhraseTable &table)
{
    const bool katakana = isKana(run.at(0).unicode());
    if (run.size() < (katakana ? 3 : 2) || run.size() > 14)
        return;
    const QString text = run.toString();
    PhraseCandidate *candidate = table.entry(text, {text});
    if (!candidate)
        return;
    ++candidate->count;
    ++candidate->nounCount;
    candidate->headings += heading ? 1 : 0;
    candidate->firstForm = text;
    candidate->forms[text] += 1;
}

} // namespace

void collectUnspacedPhrases(const PageLayout &layout, PhraseTable &table)
{
    const bool japanese = layout.language == "ja"_L1;
    RunCounter counter;
    for (const Passage &passage : layout.passages) {
        const QString &text = passage.text;
        const bool heading = passage.role == LineRole::Heading;
        for (qsizetype i = 0; i < text.size();) {
            const CodePoint point = codePointAt(text, i);
            const Kind kind = kindOf(point.value, japanese);
            if (kind == Kind::Other) {
                i += point.units;
                continue;
            }
            qsizetype end = i;
            while (end < text.size()) {
                const CodePoint next = codePointAt(text, end);
                const Kind nextKind = kindOf(next.value, japanese);
                if (nextKind == Kind::Other)
                    break;
                end += next.units;
            }
            const QStringView run = QStringView(text).mid(i, std::min<qsizetype>(end - i, 400));
            if (japanese)
                addJapaneseRun(run, heading, table);
            else if (run.size() >= 2)
                counter.add(run, QChar(0), QChar(0), heading);
            i = end;
        }
    }
    counter.collect(table);
}

} // namespace lectern::text
