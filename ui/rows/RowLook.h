// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/Roles.h"
#include "ui/style/IconSet.h"

#include <QModelIndex>
#include <QString>

#include <optional>

namespace lectern::ui {

/// The colour of a state as the models name it.
[[nodiscard]] Tone toneOf(presentation::StateTone tone);
/// The same for the value of ToneRole.
[[nodiscard]] Tone toneOfRole(const QVariant &value);
/// The sentence a row says across its state and progress cells, with a link after it; empty for rows that
/// show both. `state` is the cell of the state.
[[nodiscard]] QString sentenceOf(const QModelIndex &state);
/// The picture of an icon name as the models and the command table give it; nothing for an unknown or empty
/// one.
[[nodiscard]] std::optional<Glyph> glyphNamed(const QString &name);

} // namespace lectern::ui
