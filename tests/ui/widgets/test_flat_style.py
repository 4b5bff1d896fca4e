import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton
from pytestqt.qtbot import QtBot

from digitpad.ui.theme import Theme, ThemeMode
from digitpad.ui.widgets.flat_style import FlatStyle


def luminance(colour: QColor) -> float:
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("checked", [False, True])
@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK])
def test_a_box_stands_out_from_the_window(
    qtbot: QtBot, theme: Theme, mode: ThemeMode, *, checked: bool
) -> None:
    """By 3:1 at least (WCAG 2.2, 1.4.11)."""
    theme.apply(mode)
    box = QCheckBox("Augmentation")
    FlatStyle(box)
    qtbot.addWidget(box)
    box.setChecked(checked)
    box.show()
    option = QStyleOptionButton()
    option.initFrom(box)
    area = box.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, box)
    image = box.grab().toImage()
    edge = luminance(image.pixelColor(area.center().x(), area.top()))
    ground = luminance(box.palette().window().color())
    low, high = sorted((edge, ground))
    assert (high + 0.05) / (low + 0.05) >= 3
