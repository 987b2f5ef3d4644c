// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ListedModel.h"

#include <QByteArray>
#include <QVector>

namespace lectern::workspace {

/// An endpoint's list of models in the form in which it is stored.
[[nodiscard]] QByteArray toJson(const QVector<models::ListedModel> &models);
/// What can't be read is left out: the list is asked for again anyway.
[[nodiscard]] QVector<models::ListedModel> listedModelsFromJson(const QByteArray &json);

} // namespace lectern::workspace
