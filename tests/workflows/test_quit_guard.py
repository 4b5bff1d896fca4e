"""Questions before a window closes: all are asked, in order, and one "no" keeps it open."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from digitpad.workflows.quit_guard import QuitGuard


class Guarded:
    """A window with two questions; ``asked`` are their names, ``agree`` answers the last one."""

    def __init__(self, qtbot: QtBot) -> None:
        self.asked: list[str] = []
        self.reasons = {"run", "drawing"}
        self.agree: Callable[[], bool]
        self.window = QWidget()
        qtbot.addWidget(self.window)
        QuitGuard(self.window, (self._question("run"), self._question("drawing")))
        self.window.show()

    def _question(self, name: str) -> Callable[[Callable[[], bool]], bool]:
        def asks(quit_app: Callable[[], bool]) -> bool:
            if name in self.reasons:
                self.asked.append(name)
                self.agree = quit_app
            return name in self.reasons

        return asks


@pytest.fixture
def guarded(qtbot: QtBot) -> Guarded:
    return Guarded(qtbot)


def test_all_are_asked_one_after_the_other_and_then_it_closes(guarded: Guarded) -> None:
    assert not guarded.window.close()
    assert guarded.asked == ["run"]
    assert not guarded.agree()
    assert guarded.asked == ["run", "drawing"]
    assert guarded.window.isVisible()
    assert guarded.agree()
    assert guarded.asked == ["run", "drawing"]
    assert not guarded.window.isVisible()


def test_after_one_no_all_are_asked_again(guarded: Guarded) -> None:
    guarded.window.close()
    guarded.agree()
    guarded.window.close()
    assert guarded.asked == ["run", "drawing", "run"]
    assert guarded.window.isVisible()


def test_without_a_reason_nothing_is_asked(guarded: Guarded) -> None:
    guarded.reasons = {"drawing"}
    assert not guarded.window.close()
    assert guarded.asked == ["drawing"]
    guarded.reasons.clear()
    assert guarded.window.close()
