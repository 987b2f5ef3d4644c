// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ModelNames.h"

#include <QRegularExpression>

#include <utility>

namespace lectern::models {

namespace {

using namespace Qt::StringLiterals;
using domain::EndpointKind;
using domain::ModelRef;

const QString kOpenAi = QStringLiteral("openai");

void append(QVector<ModelName> &names, const ModelName &name)
{
    for (const ModelName &known : std::as_const(names)) {
        if (known.text == name.text)
            return;
    }
    names.append(name);
}

/// With and without the date.
void appendBoth(QVector<ModelName> &names, const ModelName &name)
{
    append(names, name);
    append(names, {withoutSnapshotDate(name.text), name.provider, name.pricesApply});
}

} // namespace

QString withoutSnapshotDate(const QString &model)
{
    static const QRegularExpression date(u"-20\\d\\d-?[01]\\d-?[0-3]\\d$"_s);
    const QRegularExpressionMatch match = date.match(model);
    return match.hasMatch() && match.capturedStart() > 0 ? model.left(match.capturedStart()) : model;
}

QVector<ModelName> namesInUserFile(const ModelRef &ref, EndpointKind kind)
{
    QVector<ModelName> names;
    appendBoth(names, {ref.text(), {}, true});
    appendBoth(names, {ref.model, {}, true});
    const qsizetype slash = ref.model.indexOf(u'/');
    if (kind == EndpointKind::OpenRouter && slash > 0)
        appendBoth(names, {ref.model.mid(slash + 1), {}, true});
    return names;
}

QVector<ModelName> namesInBuiltIn(const ModelRef &ref, EndpointKind kind)
{
    QVector<ModelName> names;
    if (domain::isLocalKind(kind))
        return names;
    // A variant of OpenRouter (":free", ":nitro") is the same model at another price.
    const qsizetype colon = ref.model.indexOf(u':');
    const bool isVariant = kind == EndpointKind::OpenRouter && colon > 0;
    const QString model = isVariant ? ref.model.left(colon) : ref.model;
    const qsizetype slash = model.indexOf(u'/');
    if (slash > 0 && kind != EndpointKind::OpenAi) {
        const bool pricesApply = kind == EndpointKind::OpenRouter && !isVariant;
        appendBoth(names, {model.mid(slash + 1), model.left(slash), pricesApply});
    } else if (slash < 0 && kind != EndpointKind::OpenRouter) {
        appendBoth(names,
                   {model, kind == EndpointKind::OpenAi ? kOpenAi : QString(), kind == EndpointKind::OpenAi});
    }
    return names;
}

} // namespace lectern::models
