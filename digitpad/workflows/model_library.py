"""The model in use and all the others: switched, renamed, deleted and brought back."""

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from digitpad.children.recognition import LiveRecogniser
from digitpad.core.errors import DigitpadError
from digitpad.core.models.record import Model
from digitpad.core.models.store import BUNDLED, Models
from digitpad.ui.icons import Icons
from digitpad.ui.states import MessageKind, Offer
from digitpad.ui.window.main_window import MainWindow
from digitpad.workflows.background import Background
from digitpad.workflows.model_files import ModelFiles

if TYPE_CHECKING:
    from digitpad.ui.models.window import ModelsWindow

_log = logging.getLogger(__name__)

_NOT_AVAILABLE = "The model you chose is not available. The bundled model is used instead."


class ModelLibrary(QObject):
    """Joins the Models window, the models on disk and the live recogniser.

    Signals: ``resume_requested(Model)``; ``compare_requested(Model, Model)``, in the order in which
    they are shown; ``current_renamed(str)``.
    """

    resume_requested = Signal(object)
    compare_requested = Signal(object, object)
    current_renamed = Signal(str)

    def __init__(
        self, window: MainWindow, icons: Icons, recogniser: LiveRecogniser, models: Models
    ) -> None:
        super().__init__(window)
        self._main, self._icons, self._recogniser, self._models = window, icons, recogniser, models
        self._background = Background(self)
        self._files = ModelFiles(models, self._background, self._front, self)
        self._files.imported.connect(self._on_imported)
        self._lazy_window: ModelsWindow | None = None
        window.commands.models.triggered.connect(self.open)
        self._background.run(models.empty_old_trash, lambda _: None, self._on_failed)

    @property
    def current(self) -> Model:
        """The model in use."""
        return self._models.current()

    @property
    def window(self) -> "ModelsWindow":
        """The Models window, made when it is wanted first."""
        if self._lazy_window is None:
            from digitpad.ui.models.window import ModelsWindow

            self._lazy_window = ModelsWindow(self._icons, self._main)
            self._join(self._lazy_window)
        return self._lazy_window

    def start(self) -> None:
        """Say so where the model that was chosen last is not the one in use."""
        if self.current.key != self._models.chosen():
            self._main.show_message(_NOT_AVAILABLE, kind=MessageKind.LASTING)
            if self._models.get(self._models.chosen()) is None:  # it will not come back
                self._tried(partial(self._models.choose, BUNDLED))

    def open(self) -> None:
        """Show the Models window."""
        window = self.window
        self.refresh()
        window.show()
        window.activateWindow()

    def refresh(self) -> None:
        """List what is there now, where the window is open or about to be."""
        if self._lazy_window is not None:
            self._lazy_window.show_models(self._models.all(), self.current.key)

    def use(self, key: str) -> bool:
        """Recognise with the model ``key`` from now on, and after the next start.

        Returns whether that is so; says why where it is not.
        """
        model = self._models.get(key)
        if model is None or not model.usable:
            self._front().show_message("The model no longer exists.", kind=MessageKind.ERROR)
            return False
        if not self._tried(partial(self._models.choose, key)):
            return False
        self._main.end_lasting_message(_NOT_AVAILABLE)
        self._recogniser.use_model(model.file)
        self.refresh()
        return True

    def close(self) -> None:
        """Finish what is being written, and forget what was deleted."""
        self._files.close()
        self._background.close()
        self._models.empty_trash()

    def _join(self, window: "ModelsWindow") -> None:
        window.use_requested.connect(self.use)
        window.rename_requested.connect(self._on_rename)
        window.delete_requested.connect(self.delete)
        window.resume_requested.connect(self._on_resume)
        window.compare_requested.connect(self._on_compare)
        self._files.join(window)

    def _on_rename(self, key: str, name: str) -> None:
        renamed = self._tried(partial(self._models.rename, key, name))
        self.refresh()
        if renamed and key == self.current.key:
            self.current_renamed.emit(name)

    def delete(self, key: str) -> None:
        """Delete a model; the message that says so offers to take it back."""
        model = self._models.get(key)
        if model is None or model.key == BUNDLED:
            return
        was_current = key == self.current.key
        if was_current and not self.use(BUNDLED):
            return
        if self._tried(partial(self._models.delete, key)):
            self.refresh()
            undo = self._taking_back(key, was_current=was_current)
            self._front().show_message(f"Deleted \u201c{model.name}\u201d.", offer=undo)

    def _taking_back(self, key: str, *, was_current: bool) -> Offer:
        """Offer to take a deletion back, again and again until it works."""

        def take_back() -> None:
            if self._tried(partial(self._models.restore, key), undo):
                if was_current:
                    self.use(key)
                self.refresh()
                if self._lazy_window is not None:
                    self._lazy_window.choose(key)

        undo = Offer("&Undo", take_back)
        return undo

    def _on_resume(self, key: str) -> None:
        model = self._models.get(key)
        if model is not None:
            self.resume_requested.emit(model)

    def _on_compare(self, first: str, second: str) -> None:
        models = self._models.get(first), self._models.get(second)
        if models[0] is not None and models[1] is not None:
            self.compare_requested.emit(*models)

    def _on_imported(self, model: Model) -> None:
        self.refresh()
        if self._lazy_window is not None:
            self._lazy_window.choose(model.key)
        self._front().show_message(f"Imported \u201c{model.name}\u201d.")

    def _front(self) -> "ModelsWindow | MainWindow":
        """The window that messages go to: the Models window where that is open."""
        own = self._lazy_window
        return own if own is not None and own.isVisible() else self._main

    def _tried(self, work: Callable[[], None], offer: Offer | None = None) -> bool:
        """Do ``work``; say why where it fails, and make the offer."""
        try:
            work()
        except DigitpadError as error:
            self._on_failed(error, offer)
            return False
        return True

    def _on_failed(self, error: DigitpadError, offer: Offer | None = None) -> None:
        _log.warning("%s", error, exc_info=error)
        self._front().show_message(str(error), error.details, MessageKind.ERROR, offer)
