// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QVector>
#include <QWidget>

class QButtonGroup;

namespace lectern::ui {

/// A row of joined choices of which exactly one is on: All 8 | Running 2 | …. The arrow keys move the choice.
class SegmentedControl final : public QWidget {
    Q_OBJECT

public:
    explicit SegmentedControl(const QStringList &labels, QWidget *parent = nullptr);
    [[nodiscard]] int currentIndex() const;
    /// Does nothing for an index outside; emits currentChanged when it changes.
    void setCurrentIndex(int index);
    /// The quiet number behind a label; -1 shows none.
    void setCount(int index, int count);
    [[nodiscard]] int segmentCount() const { return static_cast<int>(m_segments.size()); }
    /// Label and number of a segment as shown.
    [[nodiscard]] QString segmentText(int index) const;
    [[nodiscard]] QWidget *segment(int index) const;

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    class Segment;

    QButtonGroup *m_group;
    QVector<Segment *> m_segments;
};

} // namespace lectern::ui
