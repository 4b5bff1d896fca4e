"""The browser's lower edge: what is selected and what can be done with it, in and out."""

from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from digitpad.core.prediction import DIGITS
from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.labels import quiet_line
from digitpad.ui.widgets.progress_line import ProgressLine
from digitpad.ui.wording import count, drawings

_BUSY_WIDTH = 96


class Footer(QWidget):
    """Buttons, and between them a line on what is shown and selected.

    Signals: ``import_clicked()``, ``import_folder_clicked()``, ``export_lines_clicked()``,
    ``export_folder_clicked()``, ``read_clicked()``, ``stop_clicked()`` (of what keeps it busy),
    ``delete_clicked()``, ``digit_chosen(int)``.
    """

    import_clicked = Signal()
    import_folder_clicked = Signal()
    export_lines_clicked = Signal()
    export_folder_clicked = Signal()
    read_clicked = Signal()
    stop_clicked = Signal()
    delete_clicked = Signal()
    digit_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.import_button = self._menu_button(
            "&Import",
            ("&Files\u2026", self.import_clicked),
            ("F&older\u2026", self.import_folder_clicked),
        )
        self.export_button = self._menu_button(
            "E&xport",
            ("As ink &lines, one file\u2026", self.export_lines_clicked),
            ("As &InkML, one file per drawing\u2026", self.export_folder_clicked),
        )
        self.read_button = self._button("Recognise &again", self.read_clicked)
        self.stop_button = self._button("&Stop", self.stop_clicked)
        self.stop_button.hide()
        self.relabel_menu = QMenu(self)
        for digit in range(DIGITS):
            action = self.relabel_menu.addAction(f"&{digit}")
            action.triggered.connect(partial(self.digit_chosen.emit, digit))
        self.relabel_button = Button("&Relabel", self)
        self.relabel_button.setMenu(self.relabel_menu)
        self.relabel_button.setToolTip("Label the selected drawings (0 to 9)")
        self.delete_button = self._button("&Delete", self.delete_clicked)
        self.delete_button.setToolTip("Delete the selected drawings (Del)")
        self.text = quiet_line()
        self.busy = ProgressLine("Progress", self)
        self.busy.setFixedWidth(_BUSY_WIDTH)
        self.busy.hide()
        self._lay_out()

    def show_selection(self, selected: int, shown: int) -> None:
        """Say how many drawings are selected of those shown."""
        of_shown = f"{count(selected)} of {drawings(shown)} selected"
        idle = self.busy.isHidden()
        if idle:
            self.text.setText(of_shown if selected else drawings(shown) if shown else "")
        self.relabel_button.setEnabled(selected > 0)
        self.delete_button.setEnabled(selected > 0)
        self.export_button.setEnabled(shown > 0 and idle)
        which = "the selected drawings" if selected else "all drawings shown"
        self.export_button.setToolTip(f"Export {which}")
        self.read_button.setEnabled(shown > 0 and idle)
        self.read_button.setToolTip(f"Recognise {which} with the current model")

    def show_busy(self, text: str, share: float | None = None) -> None:
        """Say what is going on and how far it is, if that is known; "" once it is over."""
        self.busy.setVisible(bool(text))
        self.busy.show_share(share)
        read, stop = self.read_button, self.stop_button
        _replace(*((read, stop) if text else (stop, read)))
        self.import_button.setEnabled(not text)
        if text:
            self.text.setText(text)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.import_button, self.export_button, self.read_button, self.stop_button):
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(self.busy)
        row.addWidget(self.text, 1)
        for button in (self.relabel_button, self.delete_button):
            row.addWidget(button)

    def _button(self, text: str, clicked: SignalInstance) -> Button:
        button = Button(text, self)
        button.clicked.connect(clicked)
        return button

    def _menu_button(self, text: str, *entries: tuple[str, SignalInstance]) -> Button:
        menu = QMenu(self)
        for name, clicked in entries:
            menu.addAction(name).triggered.connect(clicked)
        button = Button(text, self)
        button.setMenu(menu)
        return button


def _replace(old: Button, new: Button) -> None:
    """Show ``new`` in the place of ``old``; the keyboard stays where it was."""
    new.setEnabled(True)
    new.show()
    if old.hasFocus():
        new.setFocus()
    old.hide()
