// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/IconSet.h"

#include <QFile>
#include <QGuiApplication>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>
#include <optional>

// Outside any namespace: the macro declares a function.
static void linkResources()
{
    Q_INIT_RESOURCE(lectern);
}

namespace lectern::ui {

namespace {

using namespace Qt::StringLiterals;

struct NamedGlyph {
    Glyph glyph;
    const char *name;
};

constexpr NamedGlyph kGlyphs[] = {
    {Glyph::Add, "add"},
    {Glyph::AddFolder, "add-folder"},
    {Glyph::Analyzing, "analyzing"},
    {Glyph::Archive, "archive"},
    {Glyph::ArrowLeft, "arrow-left"},
    {Glyph::ArrowRight, "arrow-right"},
    {Glyph::Chat, "chat"},
    {Glyph::ChevronDown, "chevron-down"},
    {Glyph::ChevronLeft, "chevron-left"},
    {Glyph::ChevronRight, "chevron-right"},
    {Glyph::ChevronUp, "chevron-up"},
    {Glyph::Close, "close"},
    {Glyph::Command, "command"},
    {Glyph::Contents, "contents"},
    {Glyph::Copy, "copy"},
    {Glyph::Costs, "costs"},
    {Glyph::Cut, "cut"},
    {Glyph::Document, "document"},
    {Glyph::Done, "done"},
    {Glyph::Dots, "dots"},
    {Glyph::Edit, "edit"},
    {Glyph::Embedding, "embedding"},
    {Glyph::Error, "error"},
    {Glyph::Eye, "eye"},
    {Glyph::EyeOff, "eye-off"},
    {Glyph::Fetching, "fetching"},
    {Glyph::Filter, "filter"},
    {Glyph::Fit, "fit"},
    {Glyph::Folder, "folder"},
    {Glyph::Grid, "grid"},
    {Glyph::Help, "help"},
    {Glyph::Info, "info"},
    {Glyph::Jobs, "jobs"},
    {Glyph::Key, "key"},
    {Glyph::Library, "library"},
    {Glyph::Lock, "lock"},
    {Glyph::Model, "model"},
    {Glyph::Monitor, "monitor"},
    {Glyph::Moon, "moon"},
    {Glyph::Open, "open"},
    {Glyph::Page, "page"},
    {Glyph::Paste, "paste"},
    {Glyph::Pause, "pause"},
    {Glyph::PriorityDown, "priority-down"},
    {Glyph::PriorityUp, "priority-up"},
    {Glyph::Queued, "queued"},
    {Glyph::Reader, "reader"},
    {Glyph::Redo, "redo"},
    {Glyph::Remove, "remove"},
    {Glyph::Rendering, "rendering"},
    {Glyph::Restore, "restore"},
    {Glyph::Resume, "resume"},
    {Glyph::Retry, "retry"},
    {Glyph::Rotate, "rotate"},
    {Glyph::RunNext, "run-next"},
    {Glyph::Search, "search"},
    {Glyph::Settings, "settings"},
    {Glyph::ShowInFolder, "show-in-folder"},
    {Glyph::SidePane, "side-pane"},
    {Glyph::Skip, "skip"},
    {Glyph::Stop, "stop"},
    {Glyph::Storing, "storing"},
    {Glyph::Sun, "sun"},
    {Glyph::Tag, "tag"},
    {Glyph::Trash, "trash"},
    {Glyph::Undo, "undo"},
    {Glyph::Unsupported, "unsupported"},
    {Glyph::Waiting, "waiting"},
    {Glyph::Warning, "warning"},
    {Glyph::ZoomIn, "zoom-in"},
    {Glyph::ZoomOut, "zoom-out"},
};

QByteArray fileBytes(const QString &name)
{
    linkResources();
    QFile file(u":/lectern/icons/%1.svg"_s.arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Draws one glyph in the colour that fits the application's theme, the icon's mode and its state.
class GlyphEngine final : public QIconEngine {
public:
    GlyphEngine(Glyph glyph, Tone tone) : m_glyph(glyph), m_tone(tone) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatio();
        const int size = std::min(rect.width(), rect.height());
        QRect place(0, 0, size, size);
        place.moveCenter(rect.center());
        painter->drawPixmap(place.topLeft(), IconSet::pixmap(m_glyph, size, color(mode, state), ratio));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    /// `size` is in device pixels.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        const int shorter = std::min(size.width(), size.height());
        QPixmap pixmap = IconSet::pixmap(m_glyph, shorter, color(mode, state), 1.0);
        pixmap.setDevicePixelRatio(scale);
        return pixmap;
    }

    QString key() const override { return u"LecternGlyph"_s; }
    QString iconName() override { return IconSet::name(m_glyph); }
    bool isNull() override { return false; }
    QIconEngine *clone() const override { return new GlyphEngine(*this); }

private:
    QColor color(QIcon::Mode mode, QIcon::State state) const
    {
        const Theme &theme = Theme::of(QGuiApplication::palette());
        if (mode == QIcon::Disabled)
            return theme.disabled;
        if (state == QIcon::On && (m_tone == Tone::Normal || m_tone == Tone::Quiet))
            return theme.accent;
        return theme.tone(m_tone);
    }

    Glyph m_glyph;
    Tone m_tone;
};

/// The program's icon from its SVG, at any size.
class ApplicationIconEngine final : public QIconEngine {
public:
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode, QIcon::State) override
    {
        QSvgRenderer renderer(fileBytes(u"lectern"_s));
        renderer.render(painter, rect);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }

    QList<QSize> availableSizes(QIcon::Mode, QIcon::State) override
    {
        return {QSize(16, 16), QSize(32, 32), QSize(48, 48), QSize(64, 64), QSize(128, 128), QSize(256, 256)};
    }

    QString key() const override { return u"LecternApplication"_s; }
    bool isNull() override { return false; }
    QIconEngine *clone() const override { return new ApplicationIconEngine(*this); }
};

} // namespace

QIcon IconSet::icon(Glyph glyph, Tone tone)
{
    return QIcon(new GlyphEngine(glyph, tone));
}

QPixmap IconSet::pixmap(Glyph glyph, int size, const QColor &color, qreal devicePixelRatio)
{
    const int pixels = static_cast<int>(std::lround(size * devicePixelRatio));
    const QString key = u"lectern-%1-%2-%3-%4"_s.arg(static_cast<int>(glyph))
                            .arg(pixels)
                            .arg(color.rgba(), 0, 16)
                            .arg(devicePixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QByteArray svg = fileBytes(name(glyph));
    svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    QSvgRenderer renderer(svg);
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setOpacity(color.alphaF());
    renderer.render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QString IconSet::name(Glyph glyph)
{
    for (const NamedGlyph &named : kGlyphs) {
        if (named.glyph == glyph)
            return QLatin1String(named.name);
    }
    return {};
}

QList<Glyph> IconSet::all()
{
    QList<Glyph> glyphs;
    for (const NamedGlyph &named : kGlyphs)
        glyphs.append(named.glyph);
    return glyphs;
}

QIcon IconSet::application()
{
    return QIcon(new ApplicationIconEngine);
}

} // namespace lectern::ui
