"""The wiring: builds what stands behind the window, joins it by signals, and ends it in order."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from digitpad import resources
from digitpad.children.recognition import LiveRecogniser
from digitpad.core.drawing import Drawing
from digitpad.core.errors import DigitpadError
from digitpad.core.messages import Failed, Ready
from digitpad.core.models.store import Models
from digitpad.core.samples.store import FILE_NAME, SampleStore
from digitpad.resources import Folders
from digitpad.settings import Settings
from digitpad.ui.icons import Icons
from digitpad.ui.states import MessageKind, Offer, RecogniserState
from digitpad.ui.window.main_window import MainWindow
from digitpad.versions import versions
from digitpad.workflows import documents
from digitpad.workflows.background import Background
from digitpad.workflows.browsing import Browsing
from digitpad.workflows.data_browsing import DataBrowsing
from digitpad.workflows.evaluating import Evaluating
from digitpad.workflows.labelling import Labelling
from digitpad.workflows.live_answer import LiveAnswer
from digitpad.workflows.looking_inside import LookingInside
from digitpad.workflows.model_library import ModelLibrary
from digitpad.workflows.quit_guard import QuitGuard
from digitpad.workflows.retraining import Retraining
from digitpad.workflows.saving import Saver

_log = logging.getLogger(__name__)


class App(QObject):
    """The running app: the live ``recogniser``, and what lies between it and ``window``."""

    def __init__(
        self, window: MainWindow, icons: Icons, settings: Settings, folders: Folders
    ) -> None:
        super().__init__()
        self.window, self._settings = window, settings
        self._opening = Background(self)
        models = Models(folders.models, resources.bundled_model())
        self.recogniser = LiveRecogniser(models.current().file, self)
        self.answer = LiveAnswer(self.window, self.recogniser)
        self._looking_inside = LookingInside(self.window, self.recogniser)
        self._saver = Saver(self.window, documents.KeptDrawing(folders.data))
        store = SampleStore(folders.data / FILE_NAME)
        self._labelling = Labelling(self.window, self.recogniser, store)
        self._browsing = Browsing(self.window, icons, store, lambda: self.library.current)
        self._labelling.samples_changed.connect(self._browsing.on_samples_changed)
        self._evaluating = Evaluating(self.window, icons, folders, lambda: self.library.current)
        self.library = ModelLibrary(self.window, icons, self.recogniser, models)
        self.retraining = Retraining(self.window, icons, self.library, models, store)
        QuitGuard(self.window, (self.retraining.asks_to_quit, self._saver.asks_to_quit))
        self._data_browsing = DataBrowsing(self.window, store)
        self.retraining.look_requested.connect(self._data_browsing.look)
        self.library.compare_requested.connect(self._evaluating.compare)
        self.library.current_renamed.connect(self._on_current_renamed)
        self.retraining.compare_requested.connect(self._evaluating.compare)
        self._model = ""
        self._runs_current = False  # and not the bundled model in its place, or none
        self._given_up = ""  # or the message that says so
        self._join_recogniser()
        self._join_window()

    def start(self, early: Callable[[], None] | None = None) -> None:
        """Start the recogniser, bring the last drawing back and do what was asked ``early``.

        What is opened comes after the last drawing, so that undo leads back to that.
        """
        self.recogniser.start()
        self._labelling.start()
        self.library.start()
        self.window.set_recent_files(self._settings.recent_files)
        canvas = self.window.canvas
        if not canvas.is_blank():  # drawn on while this was loading
            canvas.drawing_changed.emit(canvas.drawing())
        restored = Event()
        self._opening.run(restored.wait, lambda _: None, self._on_failed)
        self._saver.restore(restored.set)
        if early is not None:
            early()

    def open(self, path: str) -> None:
        """Read a file in the background and put it on the canvas."""

        def done(drawing: Drawing) -> None:
            self.window.set_drawing(drawing, f"opening {Path(path).name}")
            self._settings.add_recent_file(str(Path(path).resolve()))
            self.window.set_recent_files(self._settings.recent_files)

        self._load(partial(documents.read_drawing, Path(path)), done)

    def show_problem(self, message: str, details: str) -> None:
        """Show what went wrong; nothing is blocked by it."""
        self.window.show_message(message, details, MessageKind.ERROR)

    def keep(self) -> None:
        """Save what was drawn last now: the app may be ended from outside at any moment."""
        self._saver.keep()

    def close(self) -> None:
        """Save what there is to save and end what was started here."""
        self._saver.close()
        self._labelling.close()
        self._browsing.close()
        self._evaluating.close()
        self._data_browsing.close()
        self.retraining.close()
        self.library.close()
        self._opening.abandon()
        self.recogniser.stop()

    def _join_recogniser(self) -> None:
        recogniser = self.recogniser
        recogniser.loading.connect(self._on_loading)
        recogniser.ready.connect(self._on_ready)
        recogniser.request_failed.connect(self._on_request_failed)
        recogniser.silent.connect(self._on_silent)
        recogniser.answering_again.connect(lambda: self._show_model(self._model))
        recogniser.restarting.connect(self.window.show_message)
        recogniser.given_up.connect(self._on_given_up)

    def _join_window(self) -> None:
        window = self.window
        window.open_requested.connect(self._on_open_requested)
        window.picture_received.connect(self._on_picture_received)
        commands = window.commands
        commands.recent_clear.triggered.connect(self._on_recent_files_clear)
        commands.restart_recogniser.triggered.connect(self.recogniser.start)
        commands.about.triggered.connect(
            lambda: window.show_about(versions(self._model), resources.licences())
        )

    # From the recogniser

    def _on_loading(self) -> None:
        self._runs_current = False
        self.window.show_recogniser_state("Starting the recogniser", RecogniserState.LOADING)

    def _on_ready(self, ready: Ready) -> None:
        if self._given_up:
            self.window.end_lasting_message(self._given_up)
            self.window.show_message("The recogniser is working again.")
        self._given_up = ""
        self._runs_current = not ready.notice
        self._show_model(self.library.current.name if self._runs_current else ready.model)
        if ready.notice:
            self.window.show_message(ready.notice, kind=MessageKind.LASTING)

    def _on_current_renamed(self, name: str) -> None:
        if self._runs_current:
            self._show_model(name)

    def _show_model(self, name: str) -> None:
        self._model = name
        text = f"Recogniser ready \N{MIDDLE DOT} model \u201c{name}\u201d"
        self.window.show_recogniser_state(text, RecogniserState.READY)

    def _on_request_failed(self, failed: Failed) -> None:
        self.show_problem(failed.message, failed.details)

    def _on_silent(self) -> None:
        text = "Recogniser not responding. Restart it (Model menu)."
        self.window.show_recogniser_state(text, RecogniserState.ERROR)

    def _on_given_up(self, reason: str, details: str) -> None:
        self._given_up = f"{reason} You can keep drawing without it."
        self._runs_current = False
        self.window.show_recogniser_state("Recogniser not running", RecogniserState.ERROR)
        restart = Offer("Restart", self.recogniser.start)
        self.window.show_message(self._given_up, details, MessageKind.LASTING, restart)

    # From the window

    def _on_open_requested(self, paths: list[str]) -> None:
        self.open(paths[0])
        if len(paths) > 1:
            self.window.show_message(f"Only the first of {len(paths)} files was opened.")

    def _on_picture_received(self, picture: bytes | QImage) -> None:
        self._load(
            partial(documents.read_received, picture, "The picture"),
            lambda drawing: self.window.set_drawing(drawing, "pasting"),
        )

    def _on_recent_files_clear(self) -> None:
        self._settings.forget_recent_files()
        self.window.set_recent_files([])

    def _load(self, work: Callable[[], Drawing], done: Callable[[Drawing], None]) -> None:
        self._opening.run(work, done, self._on_failed)

    def _on_failed(self, error: DigitpadError) -> None:
        _log.warning("%s", error, exc_info=error)
        self.show_problem(str(error), error.details)
