"""Start-up: shows the window first, then loads the rest on another thread.

One can draw at once; the rest takes several times as long to load as the window itself.
"""

import gc
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QApplication

from digitpad import logs, resources
from digitpad.core.errors import DigitpadError
from digitpad.resources import Folders
from digitpad.settings import Settings
from digitpad.ui.icons import Icons
from digitpad.ui.setup import make_application
from digitpad.ui.states import MessageKind
from digitpad.ui.theme import Theme
from digitpad.ui.window.main_window import MainWindow
from digitpad.workflows.background import Background

if TYPE_CHECKING:
    from digitpad.app import App

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


def run(file: str | None) -> int:
    """Open the window, with ``file`` in it if one is given; returns when it is closed."""
    folders = Folders.of_user()
    logs.start_logging(folders.logs)
    logs.catch_qt_messages()
    application = make_application(sys.argv[:1])
    launch = Launch(application, folders)
    application.file_opened.connect(launch.open)
    application.commitDataRequest.connect(launch.keep)

    def end() -> None:
        launch.keep()
        application.exit()

    caught = _on_signals(end, application)
    logs.catch_exceptions(partial(launch.window.show_message, kind=MessageKind.ERROR))
    launch.start(file)
    status = application.exec()
    for number in caught & {signal.SIGINT, signal.SIGTERM}:  # from here on, one ends it at once
        signal.signal(number, signal.SIG_DFL)
    launch.close()
    return status


def _on_signals(end: Callable[[], None], parent: QObject) -> set[int]:
    """Call ``end`` from the event loop when a signal asks the app to end; returns which ones do.

    Python's own handlers do not run while Qt sleeps; what Python writes to the socket wakes it.
    """
    receiver, sender = socket.socketpair()
    sender.setblocking(False)
    signal.set_wakeup_fd(sender.detach())
    notifier = QSocketNotifier(receiver.detach(), QSocketNotifier.Type.Read, parent)
    notifier.activated.connect(end)
    known = {getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)}
    caught = {number for number in known if signal.getsignal(number) is not signal.SIG_IGN}
    for number in caught:
        signal.signal(number, lambda *_: None)
    return caught


class Launch(QObject):
    """Shows ``window``; once it is painted, loads and joins the ``app``, and then the bars.

    Signals: ``painted()``: the window can be drawn on. ``joined(App)``: the app stands behind it
    and is about to start.
    """

    painted = Signal()
    joined = Signal(object)

    def __init__(self, application: QApplication, folders: Folders) -> None:
        super().__init__()
        self._folders = folders
        self._settings = Settings(folders.config / "settings.ini")
        self._icons = Icons(resources.icons())
        self._background = Background(self)
        self._early: Callable[[], None] | None = None
        self.app: App | None = None
        self.window = MainWindow(self._icons, Theme(application))
        self.window.commands.offer_requests(offered=False)
        self.window.close_requested.connect(self._on_close_requested)
        for received in (self.window.open_requested, self.window.picture_received):
            received.connect(partial(self._on_received, received))

    def start(self, file: str | None = None) -> None:
        """Show the window as it was left; ``file`` is opened once the app is there."""
        if file is not None:
            self.open(file)
        self.window.restore_state(self._settings.window_state)
        self.window.canvas.installEventFilter(self)
        self.window.show()

    def open(self, file: str) -> None:
        """Put ``file`` on the canvas, at once or as soon as the app is there."""
        if self.app is None:
            self._early = partial(self.open, file)
        else:
            self.app.open(file)

    def keep(self) -> None:
        """Save what would be lost if the app were ended from outside; nothing is asked."""
        self._settings.window_state = self.window.save_state()
        self._settings.sync()
        if self.app is not None:
            self.app.keep()

    def close(self) -> None:
        """Save what there is to save and end everything; call it once the event loop is over."""
        self._background.close()
        gc.enable()
        if self.app is not None:
            self.app.close()
        self._settings.sync()
        self.window.close()
        self.window.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._on_painted)
        return False

    def _on_painted(self) -> None:
        self.painted.emit()
        gc.disable()  # what is loaded is not garbage, and looking for some delays the window
        self._load("digitpad.app", self._join)

    def _join(self) -> None:
        from digitpad.app import App

        self.app = App(self.window, self._icons, self._settings, self._folders)
        self.app.setParent(self)
        self.window.commands.offer_requests(offered=True)
        self.joined.emit(self.app)
        self.app.start(self._early)
        self._load("digitpad.ui.answer.chart", self._complete)

    def _complete(self) -> None:
        self.window.add_chart()
        gc.freeze()  # nor will it ever be
        gc.enable()

    def _load(self, module: str, done: Callable[[], None]) -> None:
        """Import ``module`` on another thread, then call ``done``, which finds it there."""
        work = partial(import_module, module)
        self._background.run(work, lambda _: done(), self._show_problem)

    def _show_problem(self, error: DigitpadError) -> None:
        self.window.show_message(str(error), error.details, MessageKind.ERROR)

    def _on_received(self, received: SignalInstance, what: object) -> None:
        """Keep what is dropped before the app can open it, to be asked for again."""
        if self.app is None:
            self._early = partial(received.emit, what)

    def _on_close_requested(self) -> None:
        self._settings.window_state = self.window.save_state()
