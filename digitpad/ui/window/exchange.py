"""What goes into the main window and out of it by dialogs and the clipboard."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtGui import QGuiApplication

from digitpad.ui.widgets.save_dialog import ask_save
from digitpad.ui.window import file_dialogs

if TYPE_CHECKING:
    from digitpad.ui.window.main_window import MainWindow


class Exchange(QObject):
    """Asks for files and passes on the ``window``'s wishes; copies and pastes.

    ``folder`` is where the next file dialog opens; "" where the platform chooses.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.folder = ""
        commands = window.commands
        commands.open.triggered.connect(self._on_open)
        for command, title, suffix, asked in (
            (commands.save_ink, "Save ink", "inkml", window.save_ink_requested),
            (commands.export_png, "Export as PNG", "png", window.export_png_requested),
            (commands.export_svg, "Export as SVG", "svg", window.export_svg_requested),
        ):
            command.triggered.connect(partial(self._on_save, title, suffix, asked))
        commands.copy.triggered.connect(self._on_copy)
        commands.paste.triggered.connect(self._on_paste)

    def _on_open(self) -> None:
        paths = file_dialogs.ask_open(self._window, self.folder)
        if paths:
            self.folder = str(Path(paths[0]).parent)
            self._window.open_requested.emit(paths)

    def _on_save(self, title: str, suffix: str, asked: SignalInstance) -> None:
        def save(path: str) -> None:
            self.folder = str(Path(path).parent)
            asked.emit(path)

        proposal = str(Path(self.folder) / f"digit.{suffix}")
        ask_save(self._window, title, proposal, {f".{suffix}": suffix.upper()}, save)

    def _on_copy(self) -> None:
        image = self._window.canvas.to_image(self._window.devicePixelRatioF())
        QGuiApplication.clipboard().setImage(image)

    def _on_paste(self) -> None:
        if not self._window.canvas.receive(QGuiApplication.clipboard().mimeData()):
            self._window.show_message("The clipboard holds no picture or file.")
