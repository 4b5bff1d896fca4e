"""The Retrain window: choose, watch, judge. The main window stays usable beside it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from digitpad.core.models.record import Model
from digitpad.core.training.events import EpochEnded
from digitpad.ui.icons import Icons
from digitpad.ui.retrain.result_page import ResultPage
from digitpad.ui.retrain.running_page import DISCARD, KEEP_BEST, RESUME_LATER, RunningPage
from digitpad.ui.retrain.setup_page import SetupPage
from digitpad.ui.states import MessageKind
from digitpad.ui.widgets.banner import Banner
from digitpad.ui.widgets.questions import ask
from digitpad.ui.widgets.tool_window import ToolWindow
from digitpad.ui.widgets.window_places import resize_within_screen

_MARGIN = 24
_SIZE = QSize(1040, 690)
_CONTINUE = "&Continue training"


class RetrainWindow(ToolWindow):
    """Shows one of three pages: ``setup``, ``running`` and ``result``.

    Signals: ``start_requested(FitOptions)``, ``resume_requested(Model)``; ``stop_requested()`` and
    ``cancel_requested()`` of the run; ``use_requested()``, ``discard_requested()`` and
    ``compare_requested()`` of its model.
    """

    start_requested = Signal(object)
    resume_requested = Signal(object)
    stop_requested = Signal()
    cancel_requested = Signal()
    use_requested = Signal()
    discard_requested = Signal()
    compare_requested = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__("Retrain", parent)
        self.banner = Banner()
        self.banner.button.clicked.connect(self._on_resume)
        self._interrupted: Model | None = None
        self.setup, self.running, self.result = SetupPage(icons), RunningPage(), ResultPage()
        self.pages = QStackedWidget()
        for page in (self.setup, self.running, self.result):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN - 4)
        column.setSpacing(16)
        column.addWidget(self.banner)
        column.addWidget(self.pages, 1)
        self.banner.hide()
        self._join()
        resize_within_screen(self, _SIZE)

    def show_setup(self) -> None:
        self._turn_to(self.setup)

    def show_interrupted(self, run: Model | None) -> None:
        """Offer to go on with ``run``, if there is one."""
        self._interrupted = run
        self.banner.hide()
        if run is not None:
            text = f"\u201c{run.name}\u201d was interrupted after epoch {len(run.epochs)}."
            self.banner.show_text(text, button="&Resume")

    def show_run(self, name: str, epochs: Sequence[EpochEnded], planned: int) -> None:
        """Turn to the curves of a run that begins, or goes on after ``epochs``."""
        self.banner.hide()
        self.setup.messages.dismiss()
        self.running.show_run(name, epochs, planned)
        self._turn_to(self.running)

    def show_result(self, new: Model, current: Model) -> None:
        """Turn to what came of the run, and bring the window back if it was closed."""
        self.banner.hide()
        self.result.show_result(new, current)
        self._turn_to(self.result)
        self.show()

    def show_failure(self, text: str, details: str) -> None:
        """Turn back to the choices and say beside them what went wrong."""
        self.show_setup()
        self.setup.messages.show_message(text, details, MessageKind.ERROR)
        self.show()

    @property
    def is_running(self) -> bool:
        return self.pages.currentWidget() is self.running

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.is_running:
            event.ignore()
            self._ask_to_end()
        else:
            super().closeEvent(event)

    def _turn_to(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        page.setFocus()

    def _join(self) -> None:
        self.setup.start_requested.connect(self.start_requested)
        self.setup.close_requested.connect(self.close)
        self.running.stop_requested.connect(self.stop_requested)
        self.running.cancel_requested.connect(self.cancel_requested)
        self.result.use_requested.connect(self.use_requested)
        self.result.discard_requested.connect(self.discard_requested)
        self.result.compare_requested.connect(self.compare_requested)
        self.result.later_requested.connect(self._on_later)

    def _on_resume(self) -> None:
        self.banner.hide()
        self.resume_requested.emit(self._interrupted)

    def _on_later(self) -> None:
        self.show_setup()
        self.close()

    def _ask_to_end(self) -> None:
        answers: dict[str, Callable[[], object]] = {_CONTINUE: lambda: None}
        if self.running.stop.isEnabled():
            answers[KEEP_BEST] = self.stop_requested.emit
        cancel = RESUME_LATER if self.running.was_resumed else DISCARD
        answers[cancel] = self.cancel_requested.emit
        ask(self, "Stop training?", "You can keep drawing while it runs.", answers)
