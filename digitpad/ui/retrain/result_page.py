"""After a run: the new model beside the current one, and the choice between them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from digitpad.core.evaluation.verdict import FigureRow, Outcome, Verdict, figure_rows, verdict
from digitpad.core.models.record import Model, ModelState
from digitpad.ui.widgets.banner import Banner
from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.curves import Curves
from digitpad.ui.widgets.figures_table import FiguresTable
from digitpad.ui.widgets.labels import heading, quiet
from digitpad.ui.wording import count, fine_percent


class ResultPage(QWidget):
    """The figures of both, the curves, and four buttons.

    Signals: ``use_requested()``, ``discard_requested()``, ``compare_requested()``,
    ``later_requested()``.
    """

    use_requested = Signal()
    discard_requested = Signal()
    compare_requested = Signal()
    later_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[FigureRow] = []
        self.title = heading()
        self.about = quiet()
        self.banner = Banner()
        self.figures = FiguresTable("New", "Current")
        self.curves = Curves()
        self.curves.setMaximumHeight(230)
        self.discard = Button("&Discard")
        self.compare = Button("&Compare\u2026")
        self.later = Button("Decide &later")
        self.use = Button("&Use this model")
        for button, signal in (
            (self.discard, self.discard_requested),
            (self.compare, self.compare_requested),
            (self.later, self.later_requested),
            (self.use, self.use_requested),
        ):
            button.clicked.connect(signal)
        self._lay_out()

    def show_result(self, new: Model, current: Model) -> None:
        """Show what came of a run, and what speaks for and against it."""
        planned = new.options.epochs if new.options else len(new.epochs)
        stopped = new.state is ModelState.STOPPED
        ending = "was stopped early" if stopped else "has been trained"
        self.title.setText(f"\u201c{new.name}\u201d {ending}")
        self.about.setText(
            f"{_extent(len(new.epochs), planned, new.recipe)} The current model, "
            f"\u201c{current.name}\u201d, stays in use until you decide."
        )
        outcome = verdict(new.figures, current.figures)
        self.banner.show_text(verdict_text(outcome), warns=outcome.outcome is Outcome.WORSE)
        self.use.setDefault(outcome.outcome in (Outcome.BETTER, Outcome.SAME))
        self.compare.setDefault(outcome.outcome is Outcome.UNKNOWN)
        self._rows = figure_rows(new.figures, current.figures)
        self.figures.show_figures(self._rows)
        self.curves.setVisible(bool(new.epochs))
        self.curves.show_epochs(new.epochs, planned)

    def show_own(self, row: FigureRow) -> None:
        """Show, above the others, how both recognise what the person drew."""
        self.figures.show_figures([row, *self._rows])

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title)
        head.addWidget(self.about)
        buttons = QHBoxLayout()
        buttons.addWidget(self.discard)
        buttons.addStretch(1)
        buttons.addWidget(self.compare)
        buttons.addWidget(self.later)
        buttons.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self.banner)
        column.addWidget(self.figures, 1)
        column.addWidget(self.curves)
        column.addLayout(buttons)


def _extent(done: int, planned: int, recipe: str) -> str:
    """Say how much of a run took place."""
    if done == 0:
        return f"Trained on part of the first epoch of recipe {recipe}."
    if done < planned:
        return f"{done} of {planned} epochs of recipe {recipe}."
    return f"{'1 epoch' if done == 1 else f'{done} epochs'} of recipe {recipe}."


def verdict_text(verdict: Verdict) -> str:
    """Say the outcome and the figures it rests on."""
    figures = (
        f"{fine_percent(verdict.new)} of {count(verdict.drawings)} test digits correct; "
        f"current model {fine_percent(verdict.current)}."
    )
    match verdict.outcome:
        case Outcome.BETTER:
            return f"Better than the current model: {figures}"
        case Outcome.WORSE:
            return f"Worse than the current model: {figures}"
        case Outcome.SAME:
            return f"No significant difference from the current model: {figures}"
    return (
        "The two models were evaluated on different test drawings, so these figures do not tell "
        "which is better. Compare\u2026 evaluates both on the same drawings."
    )
