"""Retraining from the menu: the Retrain window joined to the run that it starts and shows."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from digitpad.children.asking import CatalogueQuestion
from digitpad.core.models.record import Model, ModelState
from digitpad.core.models.store import Models
from digitpad.core.samples.store import SampleStore
from digitpad.core.training.events import Notice
from digitpad.core.training.options import Catalogue, FitOptions
from digitpad.ui.icons import Icons
from digitpad.ui.widgets.questions import ask
from digitpad.ui.window.main_window import MainWindow
from digitpad.workflows.background import Background
from digitpad.workflows.data_sources import offer_sources
from digitpad.workflows.kept_run import KeptRun
from digitpad.workflows.model_library import ModelLibrary
from digitpad.workflows.own_figures import OwnFigures

if TYPE_CHECKING:
    from digitpad.ui.retrain.window import RetrainWindow

_log = logging.getLogger(__name__)


class Retraining(QObject):
    """At most one run at a time, and nothing that was there before is touched by it.

    Signals: ``compare_requested(Model, Model)``: the current model and the new one;
    ``look_requested(list)``: the data sets (str) that the person wants to look into.
    """

    compare_requested = Signal(object, object)
    look_requested = Signal(list)

    def __init__(
        self,
        window: MainWindow,
        icons: Icons,
        library: ModelLibrary,
        models: Models,
        store: SampleStore,
    ) -> None:
        super().__init__(window)
        self._main, self._icons = window, icons
        self._library, self._models, self._store = library, models, store
        self._background, self._reading = Background(self), Background(self)
        self._own_figures = OwnFigures(store, self._reading, self)
        self._lazy_window: RetrainWindow | None = None
        self._question: CatalogueQuestion | None = None
        self._has_catalogue = False
        self._run: KeptRun | None = None
        self._new: Model | None = None
        window.commands.retrain.triggered.connect(self.open)
        library.resume_requested.connect(self.resume)

    @property
    def window(self) -> "RetrainWindow":
        """The Retrain window, made when it is wanted first."""
        if self._lazy_window is None:
            from digitpad.ui.retrain.window import RetrainWindow

            self._lazy_window = RetrainWindow(self._icons, self._main)
            self._join(self._lazy_window)
        return self._lazy_window

    @property
    def is_running(self) -> bool:
        return self._run is not None

    def open(self) -> None:
        """Show the window: the choices, or the run or the result that it shows already."""
        setup = self.window.setup
        if self.window.pages.currentWidget() is setup:
            current = self._library.current
            offer_sources(self._store, self._reading, setup.data.show_sources)
            setup.show_current_model(current.name, str(current.file), current.recipe)
            self._ask_for_catalogue()
            self.window.show_interrupted(self._interrupted())
        self._raise()

    def start(self, options: FitOptions) -> None:
        """Begin a run with ``options``."""
        if not self.is_running:
            self._make_run().begin(options)

    def resume(self, model: Model) -> None:
        """Go on with a run that was stopped or interrupted, after its last whole epoch."""
        if self.is_running:
            text = f"\u201c{model.name}\u201d can be resumed when this run has finished."
            self.window.running.show_notice(text)
        else:
            self._make_run().resume(model)
        self._raise()

    def close(self) -> None:
        """End a run where it is; it can be resumed. Call it when the app ends."""
        if self._question is not None:
            self._question.stop()
        if self._run is not None:
            self._run.interrupt()
            self._run = None
        self._own_figures.stop()
        self._reading.abandon()
        self._background.close()

    def asks_to_quit(self, quit_app: Callable[[], bool]) -> bool:
        """Ask before the app ends while a run is on; tell whether it is."""
        if self._run is None:
            return False
        done = self._run.epochs_done
        more = "Its first epoch has not finished, so nothing would be kept."
        if done:
            more = f"You can resume it after epoch {done} from the Models window."
        answers = {"&Cancel": lambda: None, "&Quit": quit_app}
        ask(self._main, "Training is still running. Quitting will stop it.", more, answers)
        return True

    def _join(self, window: "RetrainWindow") -> None:
        window.start_requested.connect(self.start)
        window.resume_requested.connect(self.resume)
        window.setup.data.look_requested.connect(self.look_requested)
        window.stop_requested.connect(self._on_stop_requested)
        window.cancel_requested.connect(self._on_cancel_requested)
        window.use_requested.connect(self._on_use)
        window.discard_requested.connect(self._on_discard)
        window.compare_requested.connect(self._on_compare)

    def _raise(self) -> None:
        self.window.show()
        self.window.activateWindow()

    def _interrupted(self) -> Model | None:
        """Return the last run, if it can be gone on with and nobody stopped it."""
        newest = next(iter(self._models.all()[1:]), None)
        if newest is None or newest.state is not ModelState.INTERRUPTED:
            return None
        return newest if newest.resumable else None

    def _ask_for_catalogue(self) -> None:
        if self._has_catalogue or self._question is not None:
            return
        self._question = CatalogueQuestion(self)
        self._question.answered.connect(self._on_catalogue)
        self._question.failed.connect(self._on_no_catalogue)
        self._question.start()

    def _on_catalogue(self, catalogue: Catalogue) -> None:
        self._question, self._has_catalogue = None, True
        self.window.setup.show_catalogue(catalogue)

    def _on_no_catalogue(self, reason: str, details: str) -> None:
        self._question = None
        _log.warning("no recipes: %s\n%s", reason, details)
        self.window.setup.show_unavailable(f"Training is unavailable. {reason}")

    # A run

    def _make_run(self) -> KeptRun:
        self._own_figures.stop()
        run = KeptRun(self._models, self._store, self._background, self)
        running = self.window.running
        run.launched.connect(self._on_launched)
        run.started.connect(running.show_started)
        run.preparing.connect(running.show_preparing)
        run.progressed.connect(running.show_progress)
        run.epoch_ended.connect(running.add_epoch)
        run.noticed.connect(self._on_noticed)
        run.finished.connect(self._on_finished)
        run.failed.connect(self._on_failed)
        run.cancelled.connect(self._on_cancelled)
        self._run = run
        return run

    def _on_launched(self, model: Model) -> None:
        planned = model.options.epochs if model.options else 0
        self.window.show_run(model.name, model.epochs, planned)
        self._library.refresh()

    def _on_noticed(self, notice: Notice) -> None:
        self.window.running.show_notice(notice.text)

    def _on_stop_requested(self) -> None:
        if self._run is not None:
            self._run.stop_and_keep()
            self.window.running.show_finishing()

    def _on_cancel_requested(self) -> None:
        if self._run is not None:
            self._run.cancel()

    # After it

    def _on_finished(self, model: Model) -> None:
        self._run, self._new = None, model
        self._library.refresh()
        current = self._library.current
        self.window.show_result(model, current)
        self._own_figures.evaluate(model, current, self.window.result.show_own)

    def _on_failed(self, reason: str, details: str) -> None:
        self._run = None
        self._library.refresh()
        self.window.show_failure(reason, details)

    def _on_cancelled(self) -> None:
        self._run = None
        self._library.refresh()
        self.window.show_setup()

    def _on_use(self) -> None:
        self._own_figures.stop()
        if self._new is not None and self._library.use(self._new.key):
            self._main.show_message(f"\u201c{self._new.name}\u201d is now in use.")
        self._leave()

    def _on_discard(self) -> None:
        self._own_figures.stop()
        if self._new is not None:
            self._library.delete(self._new.key)
        self._leave()

    def _on_compare(self) -> None:
        if self._new is not None:
            self.compare_requested.emit(self._library.current, self._new)

    def _leave(self) -> None:
        self._new = None
        self.window.show_setup()
        self.window.close()
