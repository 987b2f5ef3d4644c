// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Banner.h"

#include "ui/style/ButtonKind.h"
#include "ui/style/Paint.h"
#include "ui/widgets/IconLabel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace lectern::ui {

namespace {

struct KindLook {
    Glyph glyph;
    Tone tone;
};

KindLook lookOf(BannerMessage::Kind kind)
{
    switch (kind) {
    case BannerMessage::Kind::Info:
        return {Glyph::Info, Tone::Accent};
    case BannerMessage::Kind::Warning:
        return {Glyph::Warning, Tone::Waiting};
    case BannerMessage::Kind::Error:
        return {Glyph::Error, Tone::Failed};
    }
    return {Glyph::Info, Tone::Accent};
}

} // namespace

Banner::Banner(const BannerMessage &message, QWidget *parent) : QFrame(parent), m_message(message)
{
    setObjectName(QStringLiteral("banner"));
    setFrameShape(QFrame::NoFrame);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->setSpacing(metrics::kGap);
    layout->addSpacing(metrics::kInner);

    const KindLook look = lookOf(message.kind);
    layout->addWidget(new IconLabel(look.glyph, look.tone, 18, this), 0, Qt::AlignVCenter);
    layout->addSpacing(2);
    auto *text = new QLabel(message.text, this);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setMinimumHeight(metrics::controlHeight(fontMetrics()));
    layout->addWidget(text, 1);

    const auto shown = std::min<qsizetype>(message.actions.size(), kMaximumActions);
    for (qsizetype index = 0; index < shown; ++index) {
        const BannerMessage::Action &action = message.actions.at(index);
        auto *button = new QPushButton(action.text, this);
        button->setObjectName(action.id);
        setButtonKind(*button, ButtonKind::Normal);
        connect(button, &QPushButton::clicked, this,
                [this, id = action.id] { Q_EMIT actionTriggered(m_message.id, id); });
        layout->addWidget(button, 0, Qt::AlignVCenter);
    }
    if (message.closable) {
        auto *close = new QToolButton(this);
        close->setObjectName(QStringLiteral("closeBanner"));
        close->setIcon(IconSet::icon(Glyph::Close, Tone::Quiet));
        close->setAutoRaise(true);
        close->setToolTip(tr("Close"));
        close->setAccessibleName(tr("Close this message"));
        connect(close, &QToolButton::clicked, this, [this] { Q_EMIT closed(m_message.id); });
        layout->addWidget(close, 0, Qt::AlignVCenter);
    }
    const QString kind = message.kind == BannerMessage::Kind::Error     ? tr("Error")
                         : message.kind == BannerMessage::Kind::Warning ? tr("Warning")
                                                                        : tr("Information");
    setAccessibleName(tr("%1: %2").arg(kind, message.text));
}

QSize Banner::sizeHint() const
{
    return QSize(320, QFrame::sizeHint().height());
}

void Banner::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const QColor fill = m_message.kind == BannerMessage::Kind::Error     ? theme.errorFill
                        : m_message.kind == BannerMessage::Kind::Warning ? theme.warningFill
                                                                         : theme.infoFill;
    QPainter painter(this);
    paint::roundedRect(painter, rect(), metrics::kCardRadius - 2, fill,
                       blend(fill, theme.tone(lookOf(m_message.kind).tone), 0.18));
}

void Banner::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_message.closable) {
        event->accept();
        Q_EMIT closed(m_message.id);
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace lectern::ui
