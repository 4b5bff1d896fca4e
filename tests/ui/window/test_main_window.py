from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QAction, QGuiApplication, QHelpEvent, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMenu,
    QSlider,
    QToolButton,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from digitpad.core.drawing import Normalised, Picture
from digitpad.core.prediction import Prediction
from digitpad.ui.canvas.canvas import Tool
from digitpad.ui.colours import is_dark
from digitpad.ui.icons import Icons
from digitpad.ui.layers.window import LayersWindow
from digitpad.ui.states import MessageKind, RecogniserState
from digitpad.ui.theme import Theme, ThemeMode
from digitpad.ui.widgets import window_places
from digitpad.ui.window.about_dialog import AboutDialog
from digitpad.ui.window.main_window import MainWindow
from tests.ui import hand


def draw(window: MainWindow) -> None:
    hand.draw(window.canvas, hand.line((60, 60), (200, 200)))


def icon_of(action: QAction) -> QImage:
    return action.icon().pixmap(QSize(20, 20), 2.0).toImage()


def test_answer_is_shown_everywhere_at_once(
    window: MainWindow, seven: Prediction, normalised: Normalised, qtbot: QtBot
) -> None:
    window.show_recogniser_state("Ready", RecogniserState.READY)
    empty = window.board.input_view.grab().toImage()
    with qtbot.waitSignal(window.answer_painted):
        window.show_prediction(seven, normalised)
    assert window.board.input_view.grab().toImage() != empty
    assert window.board.chart_place.chart.winner() == 7
    assert window.board.answer.text_lines()[0] == "7"


def test_nothing_moves_when_the_answer_changes(
    window: MainWindow, seven: Prediction, normalised: Normalised
) -> None:
    board = window.board
    parts = (board.canvas, board.answer, board.chart_place, board.input_view, window.status.latency)

    def places() -> list[tuple[int, int, int, int]]:
        QApplication.processEvents()
        return [part.geometry().getRect() for part in parts]  # type: ignore[misc]

    window.show_latency(4.0)
    before = places()
    window.show_recogniser_state("Ready", RecogniserState.READY)
    window.show_prediction(seven, normalised)
    assert places() == before
    window.show_latency(123.0)
    window.show_message("Something went wrong.", "details", MessageKind.ERROR)
    assert places() == before
    window.show_recogniser_state("The recogniser stopped", RecogniserState.ERROR)
    assert places() == before


def test_without_recogniser_no_stale_answer_stays(
    window: MainWindow, seven: Prediction, normalised: Normalised
) -> None:
    window.show_recogniser_state("Ready", RecogniserState.READY)
    window.show_prediction(seven, normalised)
    window.show_recogniser_state("Restarting", RecogniserState.LOADING)
    assert window.board.chart_place.chart.heights() == (0.0,) * 10
    assert window.status.state.text() == "Restarting"
    assert window.status.state.accessibleName() == "Recogniser: Restarting"


def test_undo_redo_clear_follow_the_canvas(window: MainWindow) -> None:
    commands = window.commands
    assert not commands.undo.isEnabled()
    assert not commands.clear.isEnabled()
    draw(window)
    assert commands.undo.isEnabled()
    assert commands.undo.text() == "&Undo stroke"
    commands.clear.trigger()
    assert window.canvas.is_blank()
    commands.undo.trigger()
    assert not window.canvas.is_blank()
    assert commands.redo.text() == "&Redo clearing"
    commands.redo.trigger()
    assert window.canvas.is_blank()
    commands.undo.trigger()
    commands.new.trigger()
    assert window.canvas.is_blank()


def test_only_what_makes_sense_is_enabled(window: MainWindow, picture: Picture) -> None:
    commands = window.commands
    states = [(commands.save_ink, commands.export_svg), (commands.export_png, commands.copy)]
    assert [[a.isEnabled() for a in pair] for pair in states] == [[False] * 2, [False] * 2]
    window.set_drawing(picture, "opening")
    assert [[a.isEnabled() for a in pair] for pair in states] == [[False] * 2, [True] * 2]
    draw(window)
    assert [[a.isEnabled() for a in pair] for pair in states] == [[True] * 2, [True] * 2]


@pytest.mark.parametrize(
    ("name", "signal", "kind"),
    [
        ("save_ink", "save_ink_requested", "inkml"),
        ("export_png", "export_png_requested", "png"),
        ("export_svg", "export_svg_requested", "svg"),
    ],
)
def test_saving_asks_for_a_path_and_adds_the_suffix(
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    signal: str,
    kind: str,
) -> None:
    draw(window)
    chosen = str(tmp_path / "mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, ""))
    action: QAction = getattr(window.commands, name)
    with qtbot.waitSignal(getattr(window, signal)) as caught:
        action.trigger()
    assert caught.args == [f"{chosen}.{kind}"]
    assert window.exchange.folder == str(tmp_path)


def test_changing_ones_mind_asks_for_nothing(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(window)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    with (
        qtbot.assertNotEmitted(window.save_ink_requested),
        qtbot.assertNotEmitted(window.open_requested),
    ):
        window.commands.save_ink.trigger()
        window.commands.open.trigger()


def test_open_recent_drop_and_paste_ask_for_the_same(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    window.open_requested.connect(asked.append)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (["/a/1.png"], ""))
    window.commands.open.trigger()
    window.set_recent_files(["/a/2.inkml", "/b/3.png"])
    assert window.commands.recent.isEnabled()
    window.commands.recent.actions()[1].trigger()
    assert window.commands.recent.actions()[1].toolTip() == "/b/3.png"
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/a/4.png")])
    QGuiApplication.clipboard().setMimeData(files)
    window.commands.paste.trigger()
    assert [Path(paths[0]).name for paths in asked] == ["1.png", "3.png", "4.png"]
    window.set_recent_files([])
    assert not window.commands.recent.isEnabled()


def test_the_next_dialog_opens_where_the_last_one_ended_even_after_a_restart(
    window: MainWindow,
    icons: Icons,
    theme: Theme,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    places: list[str] = []

    def choose(_: QWidget, __: str, place: str, *___: str) -> tuple[list[str], str]:
        places.append(place)
        return [str(tmp_path / "7.png")], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (choose(*a)[1], ""))
    window.commands.open.trigger()
    window.commands.open.trigger()
    other = MainWindow(icons, theme)
    qtbot.addWidget(other)
    other.restore_state(window.save_state())
    draw(other)
    other.commands.save_ink.trigger()
    assert places == ["", str(tmp_path), str(tmp_path / "digit.inkml")]


def test_copied_picture_can_be_pasted(window: MainWindow, qtbot: QtBot) -> None:
    draw(window)
    window.commands.copy.trigger()
    with qtbot.waitSignal(window.picture_received) as caught:
        window.commands.paste.trigger()
    assert caught.args is not None
    (image,) = caught.args
    assert image.pixelColor(130, 130).lightness() < 60
    assert image.pixelColor(10, 10).lightness() == 255


def test_pasting_nothing_is_told(window: MainWindow) -> None:
    clipboard, messages = QGuiApplication.clipboard(), window.board.messages
    clipboard.setText("seven")
    window.commands.paste.trigger()
    assert messages.isVisible()
    messages.dismiss()
    clipboard.clear()
    window.commands.paste.trigger()
    assert messages.text.text() == "The clipboard holds no picture or file."
    assert messages.isVisible()


def test_tools_and_pen_width_reach_the_canvas(window: MainWindow) -> None:
    assert window.tool_bar.pen_width.width_value() == round(window.canvas.pen_width)
    window.commands.tools[Tool.ERASER].trigger()
    assert window.canvas.tool is Tool.ERASER
    assert not window.commands.tools[Tool.PEN].isChecked()
    window.tool_bar.pen_width.slider.setValue(40)
    assert window.canvas.pen_width == 40
    window.commands.wider.trigger()
    assert window.canvas.pen_width == 44
    window.commands.narrower.trigger()
    window.commands.narrower.trigger()
    assert window.canvas.pen_width == 36


def test_theme_menu_switches_while_the_window_lives(window: MainWindow, qtbot: QtBot) -> None:
    draw(window)
    before = window.canvas.drawing()
    icon = icon_of(window.commands.open)
    window.commands.themes[ThemeMode.DARK].trigger()
    qtbot.waitUntil(lambda: is_dark(window.board.chart_place.chart.palette()))
    assert is_dark(window.status.state.palette())
    assert icon_of(window.commands.open) != icon
    assert window.canvas.drawing() == before


def test_crop_box_and_centre_of_mass_are_shown_on_wish(
    window: MainWindow, seven: Prediction, normalised: Normalised
) -> None:
    draw(window)
    window.show_prediction(seven, normalised)
    before = window.canvas.grab().toImage()
    window.commands.overlay.trigger()
    assert window.canvas.grab().toImage() != before
    window.commands.overlay.trigger()
    assert window.canvas.grab().toImage() == before


def test_state_is_remembered(window: MainWindow, icons: Icons, theme: Theme, qtbot: QtBot) -> None:
    window.resize(700, 540)
    window.choose_theme(ThemeMode.DARK)
    window.choose_tool(Tool.ERASER)
    window.tool_bar.pen_width.set_width_value(33)
    window.commands.overlay.setChecked(True)
    window.commands.network_view.setChecked(False)
    state = window.save_state()
    window.choose_theme(ThemeMode.LIGHT)
    other = MainWindow(icons, theme)
    qtbot.addWidget(other)
    other.restore_state(state)
    room = other.screen().availableSize()
    if room.width() > 700 and room.height() > 540:  # not on a screen scaled up for a test
        assert other.size() == window.size()
    assert other.theme_mode is ThemeMode.DARK
    assert other.commands.themes[ThemeMode.DARK].isChecked()
    assert other.canvas.tool is Tool.ERASER
    assert other.canvas.pen_width == 33
    assert other.commands.overlay.isChecked()
    assert other.board.input_view.isHidden()


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"\xff\x00",
        b"[1]",
        b'{"theme": "pink", "pen_width": "x", "geometry": 3}',
        b'{"pen_width": Infinity, "overlay": 99999999999999999999}',
        b'{"pen_width": 99999999999999, "windows": 3}',
        pytest.param(b"[" * 100_000, id="brackets"),
    ],
)
def test_state_that_makes_no_sense_changes_nothing(window: MainWindow, state: bytes) -> None:
    before = window.save_state()
    window.restore_state(state)
    assert window.save_state() == before


def test_every_command_has_a_place_in_the_menus(window: MainWindow) -> None:
    titles = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert titles == ["File", "Edit", "View", "Model", "Help"]
    placed = [action for menu in window.findChildren(QMenu) for action in menu.actions()]
    commands = [a for a in vars(window.commands).values() if isinstance(a, QAction)]
    assert len(commands) >= 20
    assert [c.text() for c in commands if placed.count(c) != 1] == []


def test_within_a_menu_every_underlined_letter_leads_to_one_entry(window: MainWindow) -> None:
    menus = window.menuBar().findChildren(QMenu)
    assert len(menus) >= 7
    for menu in menus:
        texts = [action.text() for action in menu.actions() if not action.isSeparator()]
        letters = [text[text.index("&") + 1].lower() for text in texts]
        assert len(letters) == len(set(letters)), texts


def test_the_edges_of_toolbar_canvas_and_status_bar_are_aligned(window: MainWindow) -> None:
    def edges(widget: QWidget) -> tuple[int, int]:
        left = widget.mapTo(window, QPoint()).x()
        return left, left + widget.width()

    pen = window.tool_bar.findChildren(QToolButton)
    first = min(edges(button)[0] for button in pen if button.defaultAction())
    assert abs(first - edges(window.canvas)[0]) <= 1
    assert edges(window.status.latency)[1] == edges(window.board.chart_place)[1]


def test_platform_shortcuts_and_no_doubles(window: MainWindow) -> None:
    commands = window.commands
    key = QKeySequence.StandardKey
    for action, standard in (
        (commands.open, key.Open),
        (commands.save_ink, key.Save),
        (commands.undo, key.Undo),
        (commands.redo, key.Redo),
        (commands.copy, key.Copy),
        (commands.paste, key.Paste),
        (commands.new, key.New),
        (commands.quit, key.Quit),
        (commands.clear, key.Delete),
        (commands.shortcuts, key.HelpContents),
    ):
        assert action.shortcuts() == QKeySequence.keyBindings(standard)
    own = {
        commands.export_png: "Ctrl+E",
        commands.export_svg: "Ctrl+Shift+E",
        commands.narrower: "[",
        commands.wider: "]",
        commands.overlay: "Ctrl+B",
        commands.network_view: "Ctrl+I",
        commands.layers: "Ctrl+L",
        commands.samples: "Ctrl+D",
        commands.retrain: "Ctrl+T",
        commands.models: "Ctrl+Shift+M",
        commands.restart_recogniser: "Ctrl+R",
    }
    assert {action: action.shortcut().toString() for action in own} == own
    used = [s.toString() for a in window.actions() for s in a.shortcuts()]
    assert len(used) == len(set(used))


def test_keys_work_on_the_canvas(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.canvas.setFocus()
    qtbot.waitUntil(window.canvas.hasFocus)
    draw(window)
    QTest.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.canvas.is_blank()
    QTest.keyClick(window.canvas, Qt.Key.Key_E)
    assert window.canvas.tool is Tool.ERASER


def test_tab_reaches_canvas_tools_and_slider_in_order(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    draw(window)
    window.canvas.setFocus()
    qtbot.waitUntil(window.canvas.hasFocus)
    reached: list[QWidget | None] = []
    for _ in range(12):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    names = [widget.accessibleName() for widget in reached if widget is not None]
    wanted = ["Pen", "Eraser", "Pen width", "Undo stroke", "Clear", "Open", "Save ink"]
    places = [names.index(name) for name in wanted]
    assert places == sorted(places)


def test_everything_to_press_or_look_at_has_a_name(window: MainWindow) -> None:
    board = window.board
    shown: list[QWidget] = [board.canvas, board.answer, board.input_view, board.chart_place.chart]
    shown += window.tool_bar.findChildren(QSlider)
    shown += [b for b in window.tool_bar.findChildren(QToolButton) if b.defaultAction()]
    assert len(shown) > 10
    assert all(widget.accessibleName() for widget in shown)


def test_about_shows_and_copies_versions(window: MainWindow) -> None:
    window.show_about([("Digitpad", "1.2.3"), ("Qt", "6.11")])
    dialog = window.findChild(AboutDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.copy_versions()
    assert QGuiApplication.clipboard().text() == "Digitpad: 1.2.3\nQt: 6.11"
    dialog.close()


def test_closing_is_told(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.close_requested):
        window.commands.quit.trigger()


@pytest.mark.parametrize("size", [(1, 1), (1600, 1000)])
def test_panel_stays_readable_at_every_size(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    QApplication.processEvents()
    board = window.board
    assert board.answer.height() >= 84
    assert board.chart_place.height() >= 96
    assert board.canvas.width() >= 240
    corner = board.input_view.mapTo(window, QPoint(0, board.input_view.height()))
    assert corner.y() <= window.height()


def test_long_and_strange_names_leave_the_window_and_the_menus_as_they_are(
    window: MainWindow, picture: Picture
) -> None:
    name = "abcdefghij" * 12
    window.show_recogniser_state("Recogniser ready", RecogniserState.READY)
    least = window.minimumSizeHint().width()
    window.show_recogniser_state(f"model \u201c{name}\u201d", RecogniserState.READY)
    assert window.minimumSizeHint().width() == least
    window.set_recent_files([f"/a/{name}.png", "/a/6 & 7.png"])
    long, strange, *_ = window.commands.recent.actions()
    assert long.text() == f"{name[:24]}\u2026{f'{name}.png'[-24:]}"
    assert strange.text() == "6 && 7.png"
    window.set_drawing(picture, "opening 6 & 7.png")
    assert window.commands.undo.text() == "&Undo opening 6 && 7.png"
    (undo,) = (b for b in window.findChildren(QToolButton) if b.accessibleName().startswith("Undo"))
    assert undo.accessibleName() == "Undo opening 6 & 7.png"


@pytest.mark.qt_log_ignore("does not support raise", extend=True)  # of tool tips
def test_bars_tell_what_a_click_means_only_where_it_means_something(
    window: MainWindow, qtbot: QtBot
) -> None:
    chart = window.board.chart_place.chart
    at = QPoint(20, 40)

    def told() -> str:
        place = chart.viewport().mapToGlobal(at)
        QApplication.sendEvent(chart.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, place))
        return QToolTip.text()

    assert told() == ""
    draw(window)
    assert "press a digit key to label the drawing" in told()
    window.commands.clear.trigger()
    told()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_dots_stand_where_a_dialog_follows(window: MainWindow) -> None:
    commands = window.commands
    ask = {commands.open, commands.save_ink, commands.export_png, commands.export_svg}
    ask |= {commands.retrain, commands.evaluate, commands.data}
    dotted = {action for action in window.actions() if action.text().endswith("\u2026")}
    assert dotted == ask


def test_the_eraser_on_a_picture_says_why_it_does_nothing(
    window: MainWindow, picture: Picture
) -> None:
    window.set_drawing(picture, "opening")
    hand.draw(window.canvas, hand.line((60, 60), (200, 200)), Qt.MouseButton.RightButton)
    assert window.canvas.drawing() == picture
    assert window.board.messages.isVisible()
    assert window.board.messages.text.text() == "The eraser only works on ink."


def test_a_picture_that_ink_replaced_can_be_brought_back(
    window: MainWindow, picture: Picture
) -> None:
    messages = window.board.messages
    window.set_drawing(picture, "opening")
    hand.press(window.canvas, (60, 60))
    hand.move(window.canvas, (200, 200))
    assert not messages.isVisible(), "it would be in the way of the stroke"
    hand.release(window.canvas, (200, 200))
    assert messages.text.text() == "Your drawing replaced the picture."
    messages.offer_button.click()
    assert window.canvas.drawing() == picture
    draw(window)
    window.commands.undo.trigger()
    messages.offer_button.click()
    assert window.commands.redo.isEnabled(), "it was back already"
    draw(window)
    messages.dismiss()
    draw(window)
    assert not messages.isVisible(), "the second stroke replaces nothing"


def test_a_click_puts_no_picture_aside(window: MainWindow, picture: Picture) -> None:
    window.set_drawing(picture, "opening")
    for path in ([(60, 60)], [(60, 60), (61, 61)]):
        hand.draw(window.canvas, path)
        assert window.canvas.drawing() == picture
    assert not window.board.messages.isVisible()


def test_the_key_for_full_screen_shows_it_and_ends_it(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    before = window.size()
    keys = QKeySequence(QKeySequence.StandardKey.FullScreen)
    QTest.keySequence(window.canvas, keys)
    assert window.isFullScreen()
    assert window.commands.full_screen.isChecked()
    QTest.keySequence(window.canvas, keys)
    assert not window.isFullScreen()
    assert window.size() == before
    window.showFullScreen()  # as the system may
    assert window.commands.full_screen.isChecked()


def test_it_opens_no_larger_than_the_screen(window: MainWindow) -> None:
    assert window.screen().availableGeometry().contains(window.frameGeometry())


def test_the_places_of_other_windows_are_remembered(
    window: MainWindow, icons: Icons, theme: Theme, qtbot: QtBot
) -> None:
    layers = LayersWindow(window)
    layers.show()
    layers.resize(444, 333)
    state = window.save_state()
    layers.close()
    window_places.restore_places({})
    other = MainWindow(icons, theme)
    qtbot.addWidget(other)
    other.restore_state(state)
    again = LayersWindow(other)
    again.show()
    assert again.size() == QSize(444, 333)
