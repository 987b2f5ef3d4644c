// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/RowLook.h"

#include <QHash>
#include <QVariant>

namespace lectern::ui {

Tone toneOf(presentation::StateTone tone)
{
    switch (tone) {
    case presentation::StateTone::Running:
        return Tone::Running;
    case presentation::StateTone::Done:
        return Tone::Done;
    case presentation::StateTone::Waiting:
        return Tone::Waiting;
    case presentation::StateTone::Failed:
        return Tone::Failed;
    case presentation::StateTone::Neutral:
        break;
    }
    return Tone::Quiet;
}

Tone toneOfRole(const QVariant &value)
{
    return toneOf(static_cast<presentation::StateTone>(value.toInt()));
}

QString sentenceOf(const QModelIndex &state)
{
    const QString sentence = state.data(presentation::SentenceRole).toString();
    if (!sentence.isEmpty() || state.data(presentation::ActionTextRole).toString().isEmpty())
        return sentence;
    return state.data().toString(); // something can be done about it: the words of the state with the link
}

std::optional<Glyph> glyphNamed(const QString &name)
{
    static const QHash<QString, Glyph> names = [] {
        QHash<QString, Glyph> all;
        for (const Glyph glyph : IconSet::all())
            all.insert(IconSet::name(glyph), glyph);
        return all;
    }();
    const auto found = names.constFind(name);
    if (found == names.cend())
        return std::nullopt;
    return *found;
}

} // namespace lectern::ui
