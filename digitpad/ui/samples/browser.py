"""The browser of the person's own drawings: look through, filter, relabel, delete, in and out."""

from collections.abc import Mapping

from PySide6.QtCore import QMargins, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QImage, QKeySequence, QShowEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QStackedWidget, QStyle, QWidget

from digitpad.core.samples.sample import Caption
from digitpad.ui.icons import Icons
from digitpad.ui.samples import file_dialogs
from digitpad.ui.samples.cell import GAP
from digitpad.ui.samples.empty_view import EmptyView
from digitpad.ui.samples.filter_panel import FilterPanel
from digitpad.ui.samples.footer import Footer
from digitpad.ui.samples.grid import SampleGrid
from digitpad.ui.samples.model import Filter, Role
from digitpad.ui.samples.thumbnails import Look
from digitpad.ui.states import MessageKind, Offer
from digitpad.ui.widgets.file_drops import FileDrops
from digitpad.ui.widgets.message_bar import MessageBar
from digitpad.ui.widgets.tool_window import ToolWindow
from digitpad.ui.widgets.window_places import resize_within_screen

_MARGIN = 16
_SPACING = 12
_MESSAGE_MARGIN = 10
_SELECT_FIRST = "Select a drawing first: click it or use the arrow keys."


class SampleBrowser(ToolWindow):
    """Shows drawings by their numbers; knows what is said of them and asks for their pictures.

    Signals:
        thumbnails_wanted(list): numbers; answer with show_thumbnails(), as look() says.
        relabelled(list, int): these numbers are said to be that digit.
        deleted(list): these numbers are to go.
        undone(): the last change is to be taken back.
        import_requested(list): paths (str) of files or folders.
        export_lines_requested(list, str), export_folder_requested(list, str): numbers and path.
        read_requested(list): these numbers are to be read by the model in use.
        stop_requested(): of what the browser was said to be busy with.
        opened(int): this number is to be put on the canvas.
    """

    thumbnails_wanted = Signal(list)
    relabelled = Signal(list, int)
    deleted = Signal(list)
    undone = Signal()
    import_requested = Signal(list)
    export_lines_requested = Signal(list, str)
    export_folder_requested = Signal(list, str)
    read_requested = Signal(list)
    stop_requested = Signal()
    opened = Signal(int)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__("My drawings", parent)
        self.filters = FilterPanel(self)
        self.grid = SampleGrid(self)
        self.empty = EmptyView(icons, self)
        self.footer = Footer(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.empty)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        as_cards = QMargins(GAP // 2, 0, bar + GAP // 2, _MESSAGE_MARGIN)
        self.messages = MessageBar(icons, self._stack, as_cards)
        self._lay_out()
        self._join()
        self._show_state()
        resize_within_screen(self, QSize(920, 640))

    def show_captions(self, captions: Mapping[int, Caption]) -> None:
        """List these drawings in this order; the selection stays where it can."""
        first = not self.grid.samples.rowCount()
        self.grid.show_captions(captions)
        self._show_state()
        if first and self.focusWidget() is self.footer.import_button:
            self._focus()

    def show_thumbnails(self, images: Mapping[int, QImage]) -> None:
        """Take the pictures that were asked for; what has gone may be missing."""
        self.grid.thumbnails.put(images)

    def look(self) -> Look:
        """Return how thumbnails have to be painted now."""
        return self.grid.look()

    def show_message(
        self,
        text: str,
        details: str = "",
        kind: MessageKind = MessageKind.NOTICE,
        offer: Offer | None = None,
    ) -> None:
        """Show one sentence over the lower edge of the drawings."""
        self.messages.show_message(text, details, kind, offer)

    def show_busy(self, text: str, share: float | None = None) -> None:
        """Say what is going on and how far it is, if that is known; "" once it is over."""
        self.footer.show_busy(text, share)
        self._on_selection_changed()

    def show_filtered(self, wanted: Filter) -> None:
        """Filter as if the person had chosen to."""
        self.filters.choose(wanted)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus()

    def _focus(self) -> None:
        (self.grid if self.grid.samples.rowCount() else self.footer.import_button).setFocus()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        # The cards' own space reaches into the margins, so that what is seen is aligned.
        spare = GAP // 2
        grid.setContentsMargins(_MARGIN, _MARGIN - spare, _MARGIN - spare, _MARGIN)
        self.filters.setContentsMargins(0, spare, 0, 0)
        self.footer.setContentsMargins(0, 0, spare, 0)
        grid.setHorizontalSpacing(_SPACING)
        grid.setVerticalSpacing(_SPACING)
        grid.addWidget(self.filters, 0, 0)
        grid.addWidget(self._stack, 0, 1)
        grid.addWidget(self.footer, 1, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(0, 1)

    def _join(self) -> None:
        grid, footer = self.grid, self.footer
        self.filters.filter_chosen.connect(self._on_filter_chosen)
        grid.thumbnails.wanted.connect(self.thumbnails_wanted)
        grid.selectionModel().selectionChanged.connect(self._on_selection_changed)
        grid.digit_typed.connect(self._on_digit)
        grid.delete_pressed.connect(self._on_delete)
        grid.chosen.connect(self.opened)
        grid.customContextMenuRequested.connect(self._on_context_menu)
        footer.digit_chosen.connect(self._on_digit)
        footer.delete_clicked.connect(self._on_delete)
        footer.read_clicked.connect(lambda: self.read_requested.emit(self._chosen()))
        footer.stop_clicked.connect(self.stop_requested)
        footer.import_clicked.connect(self._on_import)
        footer.import_folder_clicked.connect(self._on_import_folder)
        footer.export_lines_clicked.connect(self._on_export_lines)
        footer.export_folder_clicked.connect(self._on_export_folder)
        FileDrops(self, self.import_requested.emit)
        undo = QAction(self)
        undo.setShortcuts(QKeySequence.StandardKey.Undo)
        undo.triggered.connect(self.undone)
        self.addAction(undo)

    def _show_state(self) -> None:
        samples = self.grid.samples
        self.filters.show_counts(samples.total(), samples.misread(), samples.counts())
        if samples.rowCount():
            self._stack.setCurrentWidget(self.grid)
        else:
            self.empty.show_reason(samples.total(), samples.unread(), samples.filter)
            self._stack.setCurrentWidget(self.empty)
        self._on_selection_changed()

    def _on_filter_chosen(self, wanted: Filter) -> None:
        self.grid.show_filtered(wanted)
        self._show_state()

    def _on_selection_changed(self) -> None:
        self.footer.show_selection(self.grid.selected_count(), self.grid.samples.rowCount())

    def _on_digit(self, digit: int) -> None:
        if numbers := self._selected():
            self.relabelled.emit(numbers, digit)

    def _on_delete(self) -> None:
        if numbers := self._selected():
            self.deleted.emit(numbers)

    def _selected(self) -> list[int]:
        """Return the numbers of what is selected; where nothing is, say so."""
        numbers = self.grid.selected()
        if not numbers:
            self.show_message(_SELECT_FIRST)
        return numbers

    def _on_context_menu(self, at: QPoint) -> None:
        index = self.grid.indexAt(at)
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        number = index.data(Role.NUMBER)
        menu.addAction("Show on the &canvas").triggered.connect(lambda: self.opened.emit(number))
        menu.addMenu("&Relabel").addActions(self.footer.relabel_menu.actions())
        menu.addAction("&Delete").triggered.connect(self._on_delete)
        menu.popup(self.grid.viewport().mapToGlobal(at))

    def _on_import(self) -> None:
        if paths := file_dialogs.ask_files(self):
            self.import_requested.emit(paths)

    def _on_import_folder(self) -> None:
        if folder := file_dialogs.ask_folder(self, "Import a folder of drawings"):
            self.import_requested.emit([folder])

    def _on_export_lines(self) -> None:
        export = self.export_lines_requested.emit
        file_dialogs.ask_lines(self, lambda path: export(self._chosen(), path))

    def _on_export_folder(self) -> None:
        if folder := file_dialogs.ask_folder(self, "Export to a folder"):
            self.export_folder_requested.emit(self._chosen(), folder)

    def _chosen(self) -> list[int]:
        """Return the numbers of what is selected or, where nothing is, of all that is shown."""
        return self.grid.selected() or self.grid.samples.numbers()
