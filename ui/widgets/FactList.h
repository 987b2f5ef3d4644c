// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>
#include <QWidget>

class QGridLayout;

namespace lectern::ui {

/// Pairs of a quiet name and a value that can be selected and copied: the facts of a document or a job.
class FactList final : public QWidget {
    Q_OBJECT

public:
    struct Fact {
        QString name;
        QString value;

        friend bool operator==(const Fact &, const Fact &) = default;
    };

    explicit FactList(QWidget *parent = nullptr);
    /// Replaces all pairs; keeps the widgets when only values changed, so that a selection survives.
    void setFacts(const QVector<Fact> &facts);

private:
    QGridLayout *m_grid;
    QVector<Fact> m_facts;
};

} // namespace lectern::ui
