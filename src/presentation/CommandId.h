// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// The names of all commands: never renamed, since settings and banners refer to them.
namespace lectern::presentation::command {

inline const QString kAddFiles = QStringLiteral("file.addFiles");
inline const QString kAddFolder = QStringLiteral("file.addFolder");
inline const QString kRead = QStringLiteral("file.read");
inline const QString kOpenDocument = QStringLiteral("file.openDocument");
inline const QString kShowInFolder = QStringLiteral("file.showInFolder");
inline const QString kCopyPath = QStringLiteral("file.copyPath");
inline const QString kCheckFiles = QStringLiteral("file.checkFiles");
inline const QString kSettings = QStringLiteral("app.settings");
inline const QString kQuit = QStringLiteral("app.quit");

inline const QString kUndo = QStringLiteral("edit.undo");
inline const QString kSelectAll = QStringLiteral("edit.selectAll");
inline const QString kFind = QStringLiteral("edit.find");
inline const QString kFindNext = QStringLiteral("edit.findNext");
inline const QString kFindPrevious = QStringLiteral("edit.findPrevious");
inline const QString kSearchHere = QStringLiteral("edit.searchHere");
inline const QString kCopyText = QStringLiteral("edit.copyText");
inline const QString kRemove = QStringLiteral("edit.remove");
inline const QString kRestore = QStringLiteral("edit.restore");
inline const QString kDeleteForGood = QStringLiteral("edit.deleteForGood");

inline const QString kViewLibrary = QStringLiteral("view.library");
inline const QString kViewReader = QStringLiteral("view.reader");
inline const QString kViewSearch = QStringLiteral("view.search");
inline const QString kViewJobs = QStringLiteral("view.jobs");
inline const QString kViewCosts = QStringLiteral("view.costs");
inline const QString kShowAll = QStringLiteral("view.showAll");
inline const QString kShowProblems = QStringLiteral("view.showProblems");
inline const QString kShowLocked = QStringLiteral("view.showLocked");
inline const QString kShowTrash = QStringLiteral("view.showTrash");
inline const QString kDetailPane = QStringLiteral("view.detailPane");
inline const QString kSideBar = QStringLiteral("view.sideBar");
inline const QString kZoomIn = QStringLiteral("view.zoomIn");
inline const QString kZoomOut = QStringLiteral("view.zoomOut");
inline const QString kActualSize = QStringLiteral("view.actualSize");
inline const QString kFitWidth = QStringLiteral("view.fitWidth");
inline const QString kFitPage = QStringLiteral("view.fitPage");
inline const QString kRotateRight = QStringLiteral("view.rotateRight");
inline const QString kRotateLeft = QStringLiteral("view.rotateLeft");
inline const QString kInvertPages = QStringLiteral("view.invertPages");
inline const QString kThemeSystem = QStringLiteral("view.themeSystem");
inline const QString kThemeLight = QStringLiteral("view.themeLight");
inline const QString kThemeDark = QStringLiteral("view.themeDark");

inline const QString kAnalyze = QStringLiteral("run.analyze");
inline const QString kModel = QStringLiteral("run.model");
inline const QString kBudgets = QStringLiteral("run.budgets");
inline const QString kPauseAll = QStringLiteral("run.pauseAll");
inline const QString kResumeAll = QStringLiteral("run.resumeAll");
inline const QString kPauseDocument = QStringLiteral("run.pauseDocument");
inline const QString kResumeDocument = QStringLiteral("run.resumeDocument");
inline const QString kRunNext = QStringLiteral("run.runNext");
inline const QString kPriorityHigh = QStringLiteral("run.priorityHigh");
inline const QString kPriorityNormal = QStringLiteral("run.priorityNormal");
inline const QString kPriorityLow = QStringLiteral("run.priorityLow");
inline const QString kRetryFailed = QStringLiteral("run.retryFailed");
inline const QString kRetryAllFailed = QStringLiteral("run.retryAllFailed");
inline const QString kRetryPage = QStringLiteral("run.retryPage");
inline const QString kEnterPassword = QStringLiteral("run.enterPassword");
inline const QString kShowFailedPages = QStringLiteral("run.showFailedPages");
inline const QString kCancel = QStringLiteral("run.cancel");

inline const QString kPalette = QStringLiteral("go.palette");
inline const QString kGoBack = QStringLiteral("go.back");
inline const QString kGoForward = QStringLiteral("go.forward");
inline const QString kPreviousPage = QStringLiteral("go.previousPage");
inline const QString kNextPage = QStringLiteral("go.nextPage");
inline const QString kGoToPage = QStringLiteral("go.page");
inline const QString kNextRegion = QStringLiteral("go.nextRegion");

inline const QString kGuide = QStringLiteral("help.guide");
inline const QString kKeys = QStringLiteral("help.keys");
inline const QString kAbout = QStringLiteral("help.about");

} // namespace lectern::presentation::command
