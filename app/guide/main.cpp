// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/Scan.h"
#include "app/guide/Typesetter.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHashSeed>
#include <QSaveFile>
#include <QTextStream>

using namespace Qt::StringLiterals;
using namespace lectern::guide;

namespace {

int complain(const QString &sentence)
{
    QTextStream(stderr) << sentence << Qt::endl;
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    // The order of fonts and pictures in a PDF follows a hash: the same text shall give the same bytes.
    // And the writer notes the zone of its clock, the only part of the time that is not set afterwards.
    qputenv("TZ", "UTC");
    QHashSeed::setDeterministicGlobalSeed();
    QGuiApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({u"icons"_s, u"Folder of the program's icons"_s, u"dir"_s});
    parser.addPositionalArgument(u"text"_s, u"A text of resources/guide"_s);
    parser.addPositionalArgument(u"pdf"_s, u"The file to write"_s);
    parser.process(app);
    if (parser.positionalArguments().size() != 2)
        parser.showHelp(2);

    QFile source(parser.positionalArguments().first());
    if (!source.open(QIODevice::ReadOnly))
        return complain(u"Cannot read "_s + source.fileName());
    const Text text = Text::parse(QString::fromUtf8(source.readAll()));
    const QString icons = parser.value(u"icons"_s);
    Typesetter typesetter(text, parser.value(u"icons"_s));
    const bool scan = text.facts.value(u"kind"_s) == u"scan"_s;
    const QByteArray pdf = scan ? scanPdf(typesetter.picture(kScanResolution), text) : typesetter.pdf();

    const QString path = parser.positionalArguments().last();
    QDir().mkpath(QFileInfo(path).path());
    QSaveFile target(path);
    if (pdf.isEmpty() || !target.open(QIODevice::WriteOnly) || target.write(pdf) != pdf.size() ||
        !target.commit())
        return complain(u"Cannot write "_s + path);
    return 0;
}
