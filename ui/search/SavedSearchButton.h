// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/SavedSearch.h"
#include "presentation/SearchDesk.h"

#include <QPushButton>

#include <functional>

class QMenu;

namespace lectern::ui {

/// The menu of saved searches: save this one, run one, rename and delete them. GUI thread. objectName
/// "savedSearchButton".
class SavedSearchButton final : public QPushButton {
    Q_OBJECT

public:
    /// `current`: the search as it stands, without a name; without words there is nothing to save.
    SavedSearchButton(presentation::SearchDesk &desk, std::function<domain::SavedSearch()> current,
                      QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const lectern::domain::SavedSearch &search);

private:
    void fill();
    void save();
    void manage();

    presentation::SearchDesk &m_desk;
    std::function<domain::SavedSearch()> m_current;
    QMenu *m_menu;
};

} // namespace lectern::ui
