// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/EndpointView.h"
#include "presentation/Roles.h"

#include <QCoreApplication>
#include <QString>

namespace lectern::presentation {

/// A short message with its sign: never told by colour alone.
struct Message {
    QString text;     ///< what is the case
    QString next;     ///< what to do; empty when there is nothing to do
    QString iconName; ///< file of the icon family
    StateTone tone = StateTone::Neutral;

    /// Both parts, as one paragraph.
    [[nodiscard]] QString paragraph() const;
};

/// Words for endpoints: their state, what a test found, where a key is kept, what an address lacks. Pure.
class MessageText {
    Q_DECLARE_TR_FUNCTIONS(MessageText)

public:
    /// "312 models", "Still loading…", "Key refused".
    [[nodiscard]] static Message state(const EndpointView &view);
    /// "Works: 312 models, $8.10 left, answered in 0.4 s", or what is wrong and what to do about it.
    [[nodiscard]] static Message test(const EndpointTest &test, const domain::Endpoint &endpoint);
    /// What is wrong with it and what to do, with advice that fits its kind.
    [[nodiscard]] static Message problem(const base::Error &error, const domain::Endpoint &endpoint);

    /// "OpenAI", "LM Studio", "Other server".
    [[nodiscard]] static QString kindName(domain::EndpointKind kind);
    /// One line on what the kind is.
    [[nodiscard]] static QString kindHint(domain::EndpointKind kind);
    /// The address such a server has unless somebody changed it; empty for Other.
    [[nodiscard]] static QString usualAddress(domain::EndpointKind kind);
    /// Whether such a server asks for a key: OpenAI and OpenRouter always do.
    [[nodiscard]] static bool needsKey(domain::EndpointKind kind);

    /// What is wrong with a typed address, empty when it can be used.
    [[nodiscard]] static QString addressObstacle(const QString &address, bool plainHttpAllowed);
    /// Whether pages sent there would leave this computer unencrypted.
    [[nodiscard]] static bool isPlainHttp(const QString &address);

    /// "Kept in the system's key store", with the last four characters: "Key ending in 1a2b, kept in …".
    [[nodiscard]] static QString keyPlace(KeyPlace place, const QString &tail);
    /// The name of a place to choose.
    [[nodiscard]] static QString placeName(KeyPlace place);
    /// The plain warning before a key goes into a file.
    [[nodiscard]] static QString fileWarning();
    /// "Ollama runs on this computer, with 3 models."
    [[nodiscard]] static QString found(const FoundServer &server);
};

} // namespace lectern::presentation
