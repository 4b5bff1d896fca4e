"""What is in data sets, laid out: which set on the left, its classes as bars, samples below."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from digitpad.core.prediction import DIGITS
from digitpad.core.survey import OTHERS
from digitpad.ui.datasets.class_chart import ASIDE, ClassChart
from digitpad.ui.datasets.collection import Collection
from digitpad.ui.datasets.set_panel import ALL, SetPanel
from digitpad.ui.speech import announce
from digitpad.ui.widgets.banner import Banner
from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.labels import heading_line, quiet_line
from digitpad.ui.widgets.picture_wall import PictureWall
from digitpad.ui.wording import count, drawings

_MARGIN = 20
_CHART_HEIGHT = 210
_SCALE = 3
_FAULTS_SHOWN = 3
_REFUSED = "This data cannot be used for training until that is fixed."


class Content(QWidget):
    """Shows ``collection``, and above it the ``faults`` of what could not be read."""

    def __init__(
        self, collection: Collection, faults: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._collection = collection
        self._owner: int | None = None
        sizes = [sum(one.counts) for one in collection.sets]
        self.sets = SetPanel(collection.titles, sizes, self)
        self.sets.setVisible(len(sizes) > 1)
        self.banner = Banner(self)
        self.title, self.about = heading_line(1.3), quiet_line()
        self.chart = ClassChart(others=collection.has_others(), parent=self)
        self.chart.setFixedHeight(_CHART_HEIGHT)
        self.shown, self.all_classes = quiet_line(), Button("Show &all classes")
        self.wall = PictureWall(_SCALE, parent=self)
        self.wall.setAccessibleName("Samples")
        self._lay_out()
        self._show_faults(faults)
        self.sets.set_chosen.connect(self._on_set_chosen)
        self.chart.class_chosen.connect(self._on_class_chosen)
        self.all_classes.clicked.connect(lambda: self.chart.choose(None))
        self._on_set_chosen(None if len(sizes) > 1 else 0)

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(ASIDE, 0, ASIDE, 0)
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addWidget(self.about)
        line = QHBoxLayout()
        line.setContentsMargins(ASIDE, 0, ASIDE, 0)
        line.addWidget(self.shown, 1)
        line.addWidget(self.all_classes)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addLayout(head)
        right.addWidget(self.chart)
        right.addLayout(line)
        right.addWidget(self.wall, 1)
        columns = QHBoxLayout()
        columns.setSpacing(_MARGIN)
        columns.addWidget(self.sets)
        columns.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        whole.setSpacing(16)
        whole.addWidget(self.banner)
        whole.addLayout(columns, 1)

    def _show_faults(self, faults: Sequence[str]) -> None:
        self.banner.setVisible(bool(faults))
        if faults:
            lines = list(faults[:_FAULTS_SHOWN])
            if (more := len(faults) - _FAULTS_SHOWN) > 0:
                lines.append(f"And {count(more)} more cannot be read.")
            self.banner.show_text("\n".join([*lines, _REFUSED]), warns=True)
            self.banner.setToolTip("\n".join(faults))

    def _on_set_chosen(self, owner: int | None) -> None:
        self._owner = owner
        counts = self._collection.counts(owner)
        self.title.setText(ALL if owner is None else self._collection.titles[owner])
        self.about.setText(self._told(owner, counts))
        self.chart.show_counts(self.title.text(), counts)
        number = self.chart.chosen()
        self.chart.choose(None if number is None or not counts[number] else number)

    def _on_class_chosen(self, number: int | None) -> None:
        rows = self._collection.rows(self._owner, number)
        self.wall.show_pictures(self._collection.images, rows, self._collection.words)
        counts = self._collection.counts(self._owner)
        self.shown.setText(_shown(len(rows), counts, number))
        self.all_classes.setEnabled(number is not None)
        announce(self.chart, self.shown.text())

    def _told(self, owner: int | None, counts: Sequence[int]) -> str:
        """Return how many there are, which digits are missing, and where they are from."""
        parts = [drawings(sum(counts))]
        missing = [str(digit) for digit in range(DIGITS) if not counts[digit]]
        if missing:
            parts.append(f"no {', '.join(missing)}" if len(missing) < DIGITS else "no digits")
        sets = self._collection.sets
        parts.append(f"{len(sets)} data sets" if owner is None else sets[owner].file)
        return " \N{MIDDLE DOT} ".join(parts)


def _shown(samples: int, counts: Sequence[int], number: int | None) -> str:
    """Say which drawings are shown below the bars."""
    total = sum(counts) if number is None else counts[number]
    labelled = "not labelled with a digit" if number == OTHERS else f"labelled {number}"
    of = "" if number is None else f" {labelled}"
    if samples == total:
        return f"{'The only drawing' if total == 1 else f'All {drawings(total)}'}{of}"
    hint = ". Choose a bar to see only its class." if number is None else ""
    return f"{count(samples)} of {drawings(total)}{of}, evenly sampled{hint}"
