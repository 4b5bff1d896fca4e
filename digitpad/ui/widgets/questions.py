"""Questions before something that cannot be taken back; asked without blocking anything."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget


def ask(
    parent: QWidget, text: str, more: str, answers: Mapping[str, Callable[[], object]]
) -> QMessageBox:
    """Ask ``text`` over ``parent``; the chosen answer is called. The first one is the safe one.

    Closing the box, or Escape, is the first answer.
    """
    box = QMessageBox(QMessageBox.Icon.NoIcon, parent.windowTitle(), text, parent=parent)
    box.setInformativeText(more)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    calls: dict[QAbstractButton, Callable[[], object]] = {}
    for at, (words, call) in enumerate(answers.items()):
        role = QMessageBox.ButtonRole.RejectRole if at == 0 else QMessageBox.ButtonRole.ActionRole
        button = box.addButton(words, role)
        calls[button] = call
        if at == 0:
            box.setDefaultButton(button)
            box.setEscapeButton(button)
    box.buttonClicked.connect(lambda button: calls[button]())
    box.open()
    return box
