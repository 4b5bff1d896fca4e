"""The data browser: asks for data sets, has them read, and shows what is in them."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from shiboken6 import isValid

from digitpad.children.surveying import SurveyRun
from digitpad.core.data_source import DataSource
from digitpad.core.samples.store import SampleStore
from digitpad.core.survey import SetRead
from digitpad.ui.window.main_window import MainWindow
from digitpad.workflows.background import Background
from digitpad.workflows.data_sources import offer_sources

if TYPE_CHECKING:
    from digitpad.ui.datasets.data_dialog import DataDialog
    from digitpad.ui.datasets.window import DataWindow

_QUESTION = "Which data do you want to inspect?"
_ABOUT = (
    "The data is loaded and checked as for training. You will see the size of each class, what "
    "the network sees, and any errors."
)
_TITLE, _REFUSED = "Loading the data", "This data cannot be used"


class DataBrowsing(QObject):
    """Answers the wish to look at data; ``look`` shows any that can be trained on."""

    def __init__(self, window: MainWindow, store: SampleStore) -> None:
        super().__init__(window)
        self._window, self._store = window, store
        self._counting = Background(self)
        window.commands.data.triggered.connect(self.ask)

    def ask(self) -> None:
        """Ask which data sets are to be looked at, without blocking."""
        from digitpad.ui.datasets.data_dialog import DataDialog

        dialog = DataDialog(_QUESTION, _ABOUT, "&Inspect", (), self._window)
        dialog.setWindowTitle("Data sets")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.sources_chosen.connect(self._on_sources_chosen)
        offer_sources(self._store, self._counting, partial(_offer, dialog))
        dialog.open()

    def look(self, data: Sequence[str]) -> None:
        """Have ``data``, paths or names that the trainer knows, read, and show what is there."""
        from digitpad.ui.datasets.window import DataWindow

        view = DataWindow(self._window)
        run = SurveyRun(data, self)
        sets: list[SetRead] = []
        faults: list[tuple[str, str]] = []
        run.fetching.connect(lambda text: view.show_progress(_TITLE, text, None))
        run.progressed.connect(partial(_show_progress, view))
        run.set_read.connect(sets.append)
        run.set_refused.connect(lambda *fault: faults.append(fault))
        run.failed.connect(view.show_failure)
        run.finished.connect(lambda _: _show_result(view, sets, faults))
        for over in (run.failed, run.finished, run.stopped):
            over.connect(run.deleteLater)
        view.closed.connect(partial(_end, run))
        view.show_progress(_TITLE, "", None)
        run.start()
        view.show()
        view.activateWindow()

    def close(self) -> None:
        """End what is under way."""
        self._counting.abandon()
        for run in self.findChildren(SurveyRun):
            _end(run)

    def _on_sources_chosen(self, sources: Sequence[DataSource]) -> None:
        self.look([source.value for source in sources])


def _offer(dialog: "DataDialog", sources: Sequence[DataSource]) -> None:
    if isValid(dialog):
        dialog.show_sources(sources)


def _show_progress(view: "DataWindow", name: str, done: int, total: int) -> None:
    several = total > 1
    text = f"{name} ({done + 1} of {total})" if several else name
    view.show_progress(_TITLE, text, done / total if several else None)


def _show_result(
    view: "DataWindow", sets: Sequence[SetRead], faults: Sequence[tuple[str, str]]
) -> None:
    reasons = [reason for reason, _ in faults]
    if sets:
        view.show_sets(sets, reasons)
    else:
        details = "\n".join(details for _, details in faults if details)
        view.show_failure("\n".join(reasons), details, _REFUSED)


def _end(run: SurveyRun) -> None:
    """Stop ``run``; harmless once it is over."""
    if isValid(run):
        run.stop()
        run.wait()
