"""All there is to know about one model: how it came to be, its curves, its figures."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from digitpad.core.evaluation.verdict import figure_rows
from digitpad.core.models.record import Model, ModelState
from digitpad.ui.set_names import source_name
from digitpad.ui.widgets.curves import Curves
from digitpad.ui.widgets.figures_table import FiguresTable
from digitpad.ui.widgets.labels import heading, quiet

_SHOWN_PATHS = 4
_LEAST_LINES = 3


class Details(QWidget):
    """Shows one Model; parts it lacks are hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = heading("", 1.3)
        self.about = quiet()
        self.about.setMinimumHeight(_LEAST_LINES * self.about.fontMetrics().lineSpacing())
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.curves = Curves()
        self.curves.setMaximumHeight(220)
        self.figures = FiguresTable("Value")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(self.curves, 2)
        column.addWidget(self.figures, 3)
        column.addStretch()

    def show_model(self, model: Model) -> None:
        rows = figure_rows(model.figures, {})
        planned = model.options.epochs if model.options else len(model.epochs)
        self.title.setText(model.name)
        self.about.setText("\n".join(_lines(model)))
        self.curves.setVisible(bool(model.epochs))
        self.curves.show_epochs(model.epochs, planned)
        self.figures.setVisible(bool(rows))
        self.figures.show_figures(rows)


def _lines(model: Model) -> list[str]:
    lines = [model.message] if model.message else []
    options = model.options
    if options is None:
        bundled = model.state is ModelState.BUNDLED
        return [*lines, "Comes with Digitpad." if bundled else f"Imported. Seed {model.seed}."]
    done = (
        f"{len(model.epochs)} of {options.epochs} epochs" if model.epochs else "No complete epoch"
    )
    done += f" of recipe {options.recipe}"
    if model.resumable:
        done += "; training can be resumed from there"
    trained = "Trained" if model.epochs else "Was to be trained"
    varied = "with" if options.augmented else "without"
    steps = f"Batch size {options.batch}, learning rate {options.learning_rate:g}"
    names = [source_name(path) for path in options.data]
    more = len(names) - _SHOWN_PATHS
    data = ", ".join(names[:_SHOWN_PATHS]) + (f" and {more} more" if more > 0 else "")
    return [
        *lines,
        f"{done}.",
        f"{trained} on {data}, {varied} augmentation.",
        f"{steps}, seed {options.seed}.",
    ]
