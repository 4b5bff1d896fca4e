"""Everything the person can do: the actions, and the menus that hold them."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from digitpad.core.prediction import DIGITS
from digitpad.ui.canvas.canvas import Tool
from digitpad.ui.icons import Icons
from digitpad.ui.theme import ThemeMode
from digitpad.ui.wording import in_menu, without_marks

_Key = QKeySequence.StandardKey


class Actions(QObject):
    """The window's actions as attributes, by what they do.

    Signals: ``tool_chosen(object)`` with a Tool, ``theme_chosen(object)`` with a ThemeMode,
    ``recent_chosen(str)`` with a path, ``label_chosen(int)`` with a digit.
    """

    tool_chosen = Signal(object)
    theme_chosen = Signal(object)
    recent_chosen = Signal(str)
    label_chosen = Signal(int)

    def __init__(self, window: QMainWindow, icons: Icons) -> None:
        super().__init__(window)
        self._window, self._icons = window, icons
        self._iconed: list[tuple[QAction, str]] = []
        make = self._make
        self.new = make("&New drawing", _Key.New)
        self.open = make("&Open\u2026", _Key.Open, "open")
        self.save_ink = make("&Save ink\u2026", _Key.Save, "save")
        self.export_png = make("Export as &PNG\u2026", "Ctrl+E")
        self.export_svg = make("Export as S&VG\u2026", "Ctrl+Shift+E")
        self.quit = make("&Quit", _Key.Quit)
        self.undo = make("&Undo", _Key.Undo, "undo")
        self.redo = make("&Redo", _Key.Redo, "redo")
        self.copy = make("&Copy as picture", _Key.Copy)
        self.paste = make("&Paste", _Key.Paste)
        self.clear = make("C&lear", _Key.Delete, "clear")
        self.narrower = make("N&arrower pen", "[")
        self.wider = make("&Wider pen", "]")
        self.overlay = make("Crop &box and centre of mass", "Ctrl+B", checkable=True)
        self.network_view = make("What the &network sees", "Ctrl+I", checkable=True)
        self.layers = make("What the &layers see", "Ctrl+L")
        self.full_screen = make("&Full screen", _Key.FullScreen, checkable=True)
        self.samples = make("My &drawings", "Ctrl+D")
        self.labels = {digit: make(f"&{digit}", str(digit)) for digit in range(DIGITS)}
        self.retrain = make("Re&train\u2026", "Ctrl+T")
        self.models = make("&Models", "Ctrl+Shift+M")
        self.evaluate = make("&Evaluate model\u2026")
        self.data = make("Data &sets\u2026")
        self.restart_recogniser = make("&Restart recogniser", "Ctrl+R")
        self.shortcuts = make("&Keyboard shortcuts", _Key.HelpContents)
        self.about = make("&About Digitpad")
        self.about_qt = make("About &Qt")
        self.tools = {
            Tool.PEN: make("Pe&n", "P", "pen", checkable=True),
            Tool.ERASER: make("&Eraser", "E", "eraser", checkable=True),
        }
        self.themes = {mode: make(_THEMES[mode], checkable=True) for mode in ThemeMode}
        for digit, action in self.labels.items():
            action.triggered.connect(partial(self.label_chosen.emit, digit))
        self._group(self.tools, self.tool_chosen)
        self._group(self.themes, self.theme_chosen)
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.about_qt.setMenuRole(QAction.MenuRole.AboutQtRole)
        self.recent = QMenu("Open &recent", window)
        self.recent_clear = QAction("&Clear list", window)
        self.show_recent([])
        self.draw_icons()

    def fill_menus(self, toolbar: QAction) -> None:
        """Build the menu bar; ``toolbar`` shows and hides the toolbar."""
        bar = self._window.menuBar()
        file = bar.addMenu("&File")
        file.addActions([self.new, self.open])
        file.addMenu(self.recent)
        file.addSeparator()
        file.addActions([self.save_ink, self.export_png, self.export_svg])
        file.addSeparator()
        file.addAction(self.quit)
        edit = bar.addMenu("&Edit")
        for group in (
            [self.undo, self.redo],
            [self.copy, self.paste, self.clear],
            [*self.tools.values(), self.narrower, self.wider],
        ):
            edit.addSeparator()
            edit.addActions(group)
        view = bar.addMenu("&View")
        view.addActions([self.overlay, self.network_view, self.layers])
        view.addSeparator()
        view.addMenu("T&heme").addActions(list(self.themes.values()))
        toolbar.setText("&Toolbar")
        view.addActions([toolbar, self.full_screen])
        self._fill_model_menu(bar.addMenu("&Model"))
        help_menu = bar.addMenu("&Help")
        help_menu.addAction(self.shortcuts)
        help_menu.addSeparator()
        help_menu.addActions([self.about, self.about_qt])

    def _fill_model_menu(self, model: QMenu) -> None:
        model.addMenu("This &is a").addActions(list(self.labels.values()))
        model.addAction(self.samples)
        model.addSeparator()
        model.addActions([self.data, self.retrain, self.models, self.evaluate])
        model.addSeparator()
        model.addAction(self.restart_recogniser)

    def offer_requests(self, *, offered: bool) -> None:
        """Offer what the window cannot do alone, or grey it while nobody is there to answer."""
        models = self.data, self.retrain, self.models, self.evaluate, self.restart_recogniser
        for action in (self.paste, self.layers, self.samples, *models, self.about):
            action.setEnabled(offered)

    def offer_drawing(self, *, drawn: bool, is_ink: bool) -> None:
        """Offer what can be done with a drawing, or grey it where there is none to do it with."""
        for action in (self.copy, self.clear, self.export_png, *self.labels.values()):
            action.setEnabled(drawn)
        for action in (self.save_ink, self.export_svg):
            action.setEnabled(drawn and is_ink)

    def show_recent(self, paths: Sequence[str]) -> None:
        """Fill the menu of recent files, the latest first."""
        self.recent.clear()
        for path in paths:
            action = self.recent.addAction(in_menu(Path(path).name))
            action.setToolTip(path)
            action.triggered.connect(lambda _=False, path=path: self.recent_chosen.emit(path))
        self.recent.addSeparator()
        self.recent.addAction(self.recent_clear)
        self.recent.setEnabled(bool(paths))
        self.recent.setToolTipsVisible(True)

    def draw_icons(self) -> None:
        """Draw the icons in the window's colours and for its screen."""
        palette, ratio = self._window.palette(), self._window.devicePixelRatioF()
        for action, name in self._iconed:
            action.setIcon(self._icons.icon(name, palette, ratio))

    def _make(
        self,
        text: str,
        shortcut: QKeySequence.StandardKey | str | None = None,
        icon: str | None = None,
        *,
        checkable: bool = False,
    ) -> QAction:
        action = QAction(text, self._window)
        action.setIconText(without_marks(text))  # its name, also when its text says more
        action.setCheckable(checkable)
        if isinstance(shortcut, str):
            action.setShortcut(QKeySequence(shortcut))
        elif shortcut is not None:
            action.setShortcuts(shortcut)
        if icon is not None:
            self._iconed.append((action, icon))
        self._window.addAction(action)
        return action

    def _group(self, actions: Mapping[Any, QAction], chosen: SignalInstance) -> None:
        """Make ``actions`` exclude each other and emit ``chosen`` with the key of the one."""
        group = QActionGroup(self)
        for key, action in actions.items():
            group.addAction(action)
            action.triggered.connect(lambda _=False, key=key: chosen.emit(key))


_THEMES = {
    ThemeMode.SYSTEM: "&System",
    ThemeMode.LIGHT: "&Light",
    ThemeMode.DARK: "&Dark",
}
