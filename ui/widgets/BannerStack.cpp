// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/BannerStack.h"

#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"

#include <QAccessible>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace lectern::ui {

BannerStack::BannerStack(QWidget *parent)
    : QWidget(parent), m_layout(new QVBoxLayout(this)), m_more(new QPushButton(this))
{
    setObjectName(QStringLiteral("bannerStack"));
    setAccessibleName(tr("Messages"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    m_layout->setContentsMargins(metrics::kPaneMargin, metrics::kGap, metrics::kPaneMargin, metrics::kGap);
    m_layout->setSpacing(6);
    m_more->setObjectName(QStringLiteral("moreBanners"));
    setButtonKind(*m_more, ButtonKind::Link);
    m_layout->addWidget(m_more, 0, Qt::AlignLeading);
    connect(m_more, &QPushButton::clicked, this, &BannerStack::moreRequested);
    rebuild();
}

void BannerStack::post(const BannerMessage &message)
{
    const auto same = std::find_if(m_messages.begin(), m_messages.end(),
                                   [&](const BannerMessage &one) { return one.id == message.id; });
    if (same != m_messages.end() && *same == message)
        return;
    const bool news = same == m_messages.end();
    if (!news && same->kind == message.kind) {
        *same = message;
    } else {
        if (!news)
            m_messages.erase(same);
        const auto place = std::find_if(m_messages.begin(), m_messages.end(),
                                        [&](const BannerMessage &one) { return one.kind <= message.kind; });
        m_messages.insert(place, message);
    }
    rebuild();
    if (news) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void BannerStack::dismiss(const QString &id)
{
    const auto count = m_messages.removeIf([&](const BannerMessage &one) { return one.id == id; });
    if (count > 0)
        rebuild();
}

void BannerStack::clear()
{
    m_messages.clear();
    rebuild();
}

bool BannerStack::contains(const QString &id) const
{
    return std::any_of(m_messages.begin(), m_messages.end(),
                       [&](const BannerMessage &one) { return one.id == id; });
}

QVector<BannerMessage> BannerStack::shownMessages() const
{
    return m_messages.first(std::min<qsizetype>(m_messages.size(), kMaximumShown));
}

void BannerStack::rebuild()
{
    const QVector<BannerMessage> wanted = shownMessages();
    // A banner that stays keeps its widget, and with it the focus and a press that is under way.
    QVector<Banner *> kept;
    for (const BannerMessage &message : wanted) {
        const auto old = std::find_if(m_shown.begin(), m_shown.end(),
                                      [&](const Banner *one) { return one && one->message() == message; });
        if (old != m_shown.end()) {
            kept.append(*old);
            *old = nullptr;
            continue;
        }
        auto *banner = new Banner(message, this);
        connect(banner, &Banner::actionTriggered, this, &BannerStack::actionTriggered);
        connect(banner, &Banner::closed, this, [this](const QString &id) {
            dismiss(id);
            Q_EMIT closed(id);
        });
        kept.append(banner);
    }
    for (Banner *old : std::as_const(m_shown)) {
        if (old) { // it may be the sender of the signal that led here
            old->hide();
            old->deleteLater();
        }
    }
    m_shown = kept;
    for (int index = 0; index < m_shown.size(); ++index) {
        m_layout->insertWidget(index, m_shown.at(index));
        m_shown.at(index)->show();
    }
    const int hidden = messageCount() - static_cast<int>(m_shown.size());
    m_more->setText(tr("+%n more", nullptr, hidden));
    m_more->setVisible(hidden > 0);
    setVisible(!m_shown.isEmpty());
}

} // namespace lectern::ui
