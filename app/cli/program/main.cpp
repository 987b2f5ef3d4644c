// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Application.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    return lectern::cli::Application::run(QCoreApplication::arguments().mid(1));
}
