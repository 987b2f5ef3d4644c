// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/Scan.h"

#include "app/guide/Look.h"
#include "app/guide/PdfFinish.h"

#include <QBuffer>
#include <QPainter>
#include <QPdfWriter>

#include <random>

namespace lectern::guide {

namespace {

QImage onTheGlass(const QImage &page)
{
    QImage glass(page.size(), QImage::Format_RGB32);
    glass.fill(QColor(0xEF, 0xED, 0xE8));
    {
        QPainter painter(&glass);
        painter.setRenderHints(QPainter::SmoothPixmapTransform | QPainter::Antialiasing);
        painter.translate(glass.width() / 2.0, glass.height() / 2.0);
        painter.rotate(-0.8);
        painter.scale(0.985, 0.985);
        QImage plain = page;
        plain.setDevicePixelRatio(1);
        painter.drawImage(QRectF(-page.width() / 2.0, -page.height() / 2.0, page.width(), page.height()),
                          plain, plain.rect());
    }
    glass.convertTo(QImage::Format_Grayscale8);
    std::minstd_rand dice(1922); // always the same dust
    for (int y = 0; y < glass.height(); ++y) {
        uchar *line = glass.scanLine(y);
        for (int x = 0; x < glass.width(); ++x) {
            const int noise = static_cast<int>(dice() % 17) - 8;
            const int shade = (x < 60 ? (60 - x) / 2 : 0);
            line[x] = static_cast<uchar>(qBound(18, line[x] * 92 / 100 + noise - shade, 246));
        }
    }
    return glass;
}

} // namespace

QByteArray scanPdf(const QImage &page, const Text &text)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(kScanResolution);
    writer.setPageSize(QPageSize(QSizeF(kPageWidth, kPageHeight), QPageSize::Point));
    writer.setPageMargins(QMarginsF());
    writer.setCreator(QStringLiteral("Lectern"));
    QPainter painter(&writer);
    painter.drawImage(QRect(0, 0, writer.width(), writer.height()), onTheGlass(page));
    painter.end();
    buffer.close();
    return finishPdf(bytes, {}, {}, text.facts.value(QStringLiteral("language")),
                     QDate::fromString(text.facts.value(QStringLiteral("date")), Qt::ISODate));
}

} // namespace lectern::guide
