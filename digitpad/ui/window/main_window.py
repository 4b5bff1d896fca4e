"""The main window: puts the parts together and says what the person asked for."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from digitpad.core.drawing import Drawing, Normalised, Picture
from digitpad.core.ink import Ink
from digitpad.core.prediction import Prediction
from digitpad.ui.canvas.canvas import Canvas, Tool
from digitpad.ui.icons import Icons
from digitpad.ui.states import MessageKind, Offer, RecogniserState
from digitpad.ui.theme import Theme, ThemeMode
from digitpad.ui.widgets.window_places import resize_within_screen
from digitpad.ui.window import window_state
from digitpad.ui.window.actions import Actions
from digitpad.ui.window.board import Board
from digitpad.ui.window.exchange import Exchange
from digitpad.ui.window.status_bar import StatusBar
from digitpad.ui.window.tool_bar import ToolBar
from digitpad.ui.wording import in_menu

_PEN_STEP = 4
_SIZE = QSize(1000, 700)


class MainWindow(QMainWindow):
    """Digitpad's window. It shows what it is told and knows no file format and no recogniser.

    ``canvas`` (a Canvas) and ``commands`` (Actions) are open to whoever wires: the one's
    ``drawing_changed(object)`` tells what is drawn, the others' ``triggered`` what is wanted that
    the window cannot do alone.

    Signals:
        open_requested(list): paths (str), from the dialog, the recent files, a drop or a paste.
        picture_received(object): encoded (bytes) or a QImage, from a drop or a paste.
        save_ink_requested(str): the path for the ink as InkML; there is ink.
        export_png_requested(str), export_svg_requested(str): the path; SVG only for ink.
        labelled(int): the drawing on the canvas is said to be that digit; it is not blank.
        answer_painted(): the bars were painted for the first time after show_prediction().
        close_requested(): the window is about to close; its state can still be saved.
    """

    open_requested = Signal(list)
    picture_received = Signal(object)
    save_ink_requested = Signal(str)
    export_png_requested = Signal(str)
    export_svg_requested = Signal(str)
    labelled = Signal(int)
    answer_painted = Signal()
    close_requested = Signal()

    def __init__(self, icons: Icons, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle("Digitpad")
        self.setWindowIcon(icons.app_icon())
        self._icons, self._theme = icons, theme
        self.board = Board(icons, self)
        self.canvas: Canvas = self.board.canvas
        self.commands: Actions = Actions(self, icons)
        self.exchange = Exchange(self)
        self.tool_bar = ToolBar(self.commands, self)
        self.status = StatusBar(self)
        self.setCentralWidget(self.board)
        self.addToolBar(self.tool_bar)
        self.setStatusBar(self.status)
        self.setUnifiedTitleAndToolBarOnMac(True)
        self.commands.fill_menus(self.tool_bar.toggleViewAction())
        self._join_canvas()
        self._join_commands()
        self._start_values()

    # What it is told

    def show_prediction(self, prediction: Prediction | None, normalised: Normalised | None) -> None:
        """Show an answer and what it was made from; None and None for a blank canvas."""
        self.board.chart_place.show_prediction(prediction)
        self.board.answer.show_prediction(prediction)
        self.board.input_view.show_normalised(normalised)
        self.canvas.show_normalised(normalised)

    def show_recogniser_state(self, text: str, state: RecogniserState) -> None:
        """Say how the recogniser is; until it is ready the answer's place says so too."""
        self.status.show_recogniser_state(text, state)
        if state is not RecogniserState.READY:
            self.show_prediction(None, None)
        self.board.answer.show_recogniser_state(text, state)

    def show_latency(self, milliseconds: float | None) -> None:
        """Show the time from pen to bars; None shows none."""
        self.status.show_latency(milliseconds)

    def show_message(
        self,
        text: str,
        details: str = "",
        kind: MessageKind = MessageKind.NOTICE,
        offer: Offer | None = None,
    ) -> None:
        """Show one sentence over the canvas's lower edge, blocking nothing."""
        self.board.messages.show_message(text, details, kind, offer)

    def end_lasting_message(self, text: str) -> None:
        """Take away a message that lasts: what it says is over."""
        self.board.messages.end_lasting(text)

    def set_recent_files(self, paths: Sequence[str]) -> None:
        """Fill the menu of recent files, the latest first."""
        self.commands.show_recent(paths)

    def set_drawing(self, drawing: Drawing, text: str) -> None:
        """Put a drawing on the canvas, undoably; ``text`` as in "Undo opening"."""
        self.canvas.set_drawing(drawing, text)

    def show_about(
        self, versions: Sequence[tuple[str, str]], licences: Sequence[Path] = ()
    ) -> None:
        """Open the About box with (name, version) pairs, without blocking."""
        from digitpad.ui.window.about_dialog import AboutDialog

        dialog = AboutDialog(versions, licences, self._icons, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def add_chart(self) -> None:
        """Put the bars into their place; quick where their module has been loaded."""
        self.board.chart_place.chart.show()

    def save_state(self) -> bytes:
        """Return size, place and all choices of the person, for restore_state()."""
        return window_state.save(self)

    def restore_state(self, state: bytes) -> None:
        """Take what save_state() returned; what makes no sense is left as it is."""
        window_state.restore(self, state)

    # What it does by itself

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_requested.emit()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.board.messages.dismiss()
        else:
            super().keyPressEvent(event)

    def choose_theme(self, mode: ThemeMode) -> None:
        self._theme.apply(mode)
        self.commands.themes[mode].setChecked(True)

    def choose_tool(self, tool: Tool) -> None:
        self.canvas.set_tool(tool)
        self.commands.tools[tool].setChecked(True)

    @property
    def theme_mode(self) -> ThemeMode:
        return self._theme.mode

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.commands.draw_icons()
        elif event.type() == QEvent.Type.WindowStateChange:
            self.commands.full_screen.setChecked(self.isFullScreen())

    def _join_canvas(self) -> None:
        canvas, commands = self.canvas, self.commands
        canvas.files_dropped.connect(self.open_requested)
        canvas.picture_dropped.connect(self.picture_received)
        canvas.undo_changed.connect(self._on_undo_changed)
        canvas.drawing_changed.connect(self._on_drawing_changed)
        canvas.picture_put_aside.connect(self._on_picture_put_aside)
        canvas.picture_not_erased.connect(
            partial(self.show_message, "The eraser only works on ink.")
        )
        self.board.chart_place.painted.connect(self.answer_painted)
        self.tool_bar.pen_width.width_changed.connect(canvas.set_pen_width)
        commands.undo.triggered.connect(canvas.undo)
        commands.redo.triggered.connect(canvas.redo)
        commands.clear.triggered.connect(canvas.clear)
        commands.new.triggered.connect(canvas.clear)
        commands.full_screen.triggered.connect(self._show_full_screen)
        commands.overlay.toggled.connect(canvas.set_overlay_visible)
        commands.network_view.toggled.connect(self.board.input_view.setVisible)
        commands.tool_chosen.connect(self.choose_tool)
        commands.theme_chosen.connect(self.choose_theme)
        commands.narrower.triggered.connect(partial(self._step_pen, -_PEN_STEP))
        commands.wider.triggered.connect(partial(self._step_pen, _PEN_STEP))

    def _join_commands(self) -> None:
        commands = self.commands
        commands.recent_chosen.connect(lambda path: self.open_requested.emit([path]))
        commands.quit.triggered.connect(self.close)
        commands.label_chosen.connect(self._on_label_chosen)
        self.board.chart_place.bar_clicked.connect(self._on_label_chosen)
        commands.shortcuts.triggered.connect(self._show_shortcuts)
        commands.about_qt.triggered.connect(QApplication.aboutQt)

    def _start_values(self) -> None:
        self.choose_tool(Tool.PEN)
        self.commands.themes[self._theme.mode].setChecked(True)
        self.commands.network_view.setChecked(True)
        self.tool_bar.pen_width.set_width_value(round(self.canvas.pen_width))
        self._on_undo_changed(can_undo=False, can_redo=False)
        self._on_drawing_changed(self.canvas.drawing())
        self.show_recogniser_state("Starting the recogniser", RecogniserState.LOADING)
        resize_within_screen(self, _SIZE)
        self.canvas.setFocus()

    def _show_full_screen(self, on: bool) -> None:  # noqa: FBT001 - a slot
        full = Qt.WindowState.WindowFullScreen
        self.setWindowState(self.windowState() | full if on else self.windowState() & ~full)

    def _step_pen(self, step: int) -> None:
        slider = self.tool_bar.pen_width
        slider.set_width_value(slider.width_value() + step)

    def _on_undo_changed(self, can_undo: bool, can_redo: bool) -> None:  # noqa: FBT001 - a slot
        commands, canvas = self.commands, self.canvas
        commands.undo.setEnabled(can_undo)
        commands.undo.setText(f"&Undo {in_menu(canvas.undo_text())}".rstrip())
        commands.redo.setEnabled(can_redo)
        commands.redo.setText(f"&Redo {in_menu(canvas.redo_text())}".rstrip())

    def _on_picture_put_aside(self, picture: Picture) -> None:
        def bring_back() -> None:
            if self.canvas.drawing() is not picture:
                self.set_drawing(picture, "bringing back")

        self.show_message("Your drawing replaced the picture.", offer=Offer("Undo", bring_back))

    def _on_drawing_changed(self, drawing: Drawing) -> None:
        is_ink = isinstance(drawing, Ink)
        drawn = not is_ink or bool(drawing)
        if self.commands.labels[0].isEnabled() != drawn:
            self._offer_bars(offered=drawn)
        self.board.answer.show_source(is_picture=not is_ink)
        self.commands.offer_drawing(drawn=drawn, is_ink=is_ink)

    def _offer_bars(self, *, offered: bool) -> None:
        """Say that a click on a bar labels the drawing, where there is one."""
        chart = self.board.chart_place
        hint = "Click a bar or press a digit key to label the drawing; it is saved in My drawings."
        chart.setToolTip(hint if offered else "")
        shape = Qt.CursorShape
        chart.setCursor(shape.PointingHandCursor if offered else shape.ArrowCursor)

    def _show_shortcuts(self) -> None:
        from digitpad.ui.window.shortcuts_window import ShortcutsWindow, groups_of

        window = self.findChild(ShortcutsWindow)
        if window is None:
            window = ShortcutsWindow(groups_of(self.commands, self.menuBar()), self)
        window.show()
        window.activateWindow()

    def _on_label_chosen(self, digit: int) -> None:
        if not self.canvas.is_blank():
            self.labelled.emit(digit)
