"""How good is a model? Asks on which drawings, has them recognised, and shows what came out."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from digitpad import resources
from digitpad.core.data_source import DataSource
from digitpad.core.errors import DigitpadError
from digitpad.core.evaluation.events import MNIST_TEST
from digitpad.core.formats.files import write_atomically
from digitpad.core.models.record import Model
from digitpad.core.samples import store
from digitpad.resources import Folders
from digitpad.ui.icons import Icons
from digitpad.ui.states import MessageKind
from digitpad.ui.window.main_window import MainWindow
from digitpad.workflows.background import Background
from digitpad.workflows.own_figures import OWN, OWN_LEARNT
from digitpad.workflows.trial import Trial

if TYPE_CHECKING:
    from digitpad.ui.evaluation.window import EvaluationWindow

_ABOUT = (
    "Each data set is evaluated separately. Use drawings that were not used for training; "
    "otherwise a model looks better than it is."
)
_MNIST = Path("mnist", "t10k-images-idx3-ubyte.gz")
_PENS = Path("ink", "pendigits-test.jsonl.gz")


class Evaluating(QObject):
    """Answers the wish to evaluate ``current()``, the model in use, or to ``compare`` any two."""

    def __init__(
        self, window: MainWindow, icons: Icons, folders: Folders, current: Callable[[], Model]
    ) -> None:
        super().__init__(window)
        self._window, self._icons, self._folders, self._current = window, icons, folders, current
        self._background = Background(self)
        window.commands.evaluate.triggered.connect(self.ask)

    def ask(self) -> None:
        """Ask on which drawings the current model is to be evaluated, without blocking."""
        model = self._current()
        self._ask((model,), partial(self.evaluate, model))

    def evaluate(self, model: Model, sources: Sequence[DataSource]) -> None:
        """Evaluate one model on each of ``sources`` and show it in a window of its own."""
        self._begin(f"Evaluation of \u201c{model.name}\u201d", (model,), sources)

    def compare(self, first: Model, second: Model) -> None:
        """Ask on which drawings two models are to be evaluated, the current one first."""
        both = first, second
        self._ask(both, partial(self._begin, _names(both), both))

    def sources(self, models: Sequence[Model]) -> list[DataSource]:
        """Return the test sets, those at hand checked, and the person's own drawings, if any.

        Drawings that one of ``models`` has learnt from are said to be such, and not checked.
        """
        data, own = resources.data_folder(), self._folders.data / store.FILE_NAME
        found = [_mnist_test(data)]
        if data is not None and (pens := data / _PENS).exists():
            about = "3,498 pen drawings by 14 writers"
            found.append(DataSource(str(pens), "Pen digits test", about))
        if own.exists():
            learnt = any(model.learnt_from(own) for model in models)
            name = OWN_LEARNT if learnt else OWN
            about = "what you drew and labelled"
            found.append(DataSource(str(own), name, about, checked=not learnt))
        return found

    def close(self) -> None:
        """End what is under way."""
        for trial in self.findChildren(Trial):
            trial.stop()
        self._background.close()

    def _ask(self, models: tuple[Model, ...], chosen: Callable[[list[DataSource]], None]) -> None:
        from digitpad.ui.datasets.data_dialog import DataDialog

        question = f"Which data should {_names(models)} be evaluated on?"
        parent = QApplication.activeWindow() or self._window
        dialog = DataDialog(question, _ABOUT, "&Evaluate", self.sources(models), parent)
        dialog.setWindowTitle("Evaluate model" if len(models) == 1 else "Compare models")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.sources_chosen.connect(chosen)
        dialog.open()

    def _begin(self, title: str, models: tuple[Model, ...], sources: Sequence[DataSource]) -> None:
        from digitpad.ui.evaluation.window import EvaluationWindow

        view = EvaluationWindow(title, self._icons, self._window, models=len(models))
        trial = Trial(models, sources, self._background, self._folders.data, self)
        trial.progressed.connect(view.show_progress)
        trial.failed.connect(view.show_failure)
        trial.evaluated.connect(view.show_exhibits)
        view.closed.connect(trial.stop)
        view.export_requested.connect(partial(self._on_export, view))
        trial.begin()
        view.show()

    def _on_export(self, view: "EvaluationWindow", path: str, data: bytes) -> None:
        def failed(error: DigitpadError) -> None:
            shown = view if isValid(view) else self._window  # it may have been closed meanwhile
            shown.show_message(str(error), error.details, MessageKind.ERROR)

        def done(_: None) -> None:
            if isValid(view):
                view.show_message(f"Saved {Path(path).name}.")

        self._background.run(partial(write_atomically, Path(path), data), done, failed)


def _names(models: Iterable[Model]) -> str:
    return " and ".join(f"\u201c{model.name}\u201d" for model in models)


def _mnist_test(data: Path | None) -> DataSource:
    name, about = "MNIST test", "10,000 scanned digits"
    if data is not None and (data / _MNIST).exists():
        return DataSource(str(data / _MNIST), name, about)
    if (resources.downloads() / _MNIST).exists():
        return DataSource(MNIST_TEST, name, about)
    later = f"{about}, downloaded when first needed"
    return DataSource(MNIST_TEST, name, later, checked=False)
