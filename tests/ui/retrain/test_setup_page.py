from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.core.data_source import DataSource
from digitpad.ui.datasets.data_list import DataList
from digitpad.ui.icons import Icons
from digitpad.ui.retrain.setup_page import SetupPage
from digitpad.ui.retrain.window import RetrainWindow
from tests.fake_trainer import CATALOGUE
from tests.tables import texts

MNIST = DataSource("/data/mnist", "MNIST", "70,000 digits")
OWN = DataSource("/own.sqlite", "My drawings", "12 labelled", checked=False)


@pytest.fixture
def page(qtbot: QtBot, icons: Icons) -> SetupPage:
    page = SetupPage(icons)
    qtbot.addWidget(page)
    page.data.show_sources([MNIST, OWN])
    page.show_catalogue(CATALOGUE)
    return page


def test_nothing_can_be_started_before_the_recipes_are_known(qtbot: QtBot, icons: Icons) -> None:
    page = SetupPage(icons)
    qtbot.addWidget(page)
    page.data.show_sources([MNIST])
    assert not page.start.isEnabled()
    page.show_unavailable("Training is unavailable.")
    assert page.about.text() == "Training is unavailable."
    page.show_catalogue(CATALOGUE)
    assert page.start.isEnabled()


def test_one_click_starts_the_fast_recipe_as_it_is(qtbot: QtBot, page: SetupPage) -> None:
    with qtbot.waitSignal(page.start_requested) as asked:
        page.start.click()
    assert asked.args is not None
    options = asked.args[0]
    assert (options.recipe, options.epochs, options.batch) == ("fast", 3, 128)
    assert (options.learning_rate, options.augmented, options.device) == (0.003, True, "auto")
    assert (options.data, options.start_from) == (("/data/mnist",), "")
    assert options.validation_share is None


def test_what_is_chosen_is_what_is_asked_for(page: SetupPage) -> None:
    page.recipe.setCurrentText("mlp")
    page.epochs.setValue(7)
    page.validation.setValue(20)
    page.seed.setValue(42)
    page.augmented.setChecked(True)
    page.device.setCurrentIndex(1)
    options = page.options()
    assert (options.recipe, options.epochs, options.seed, options.device) == ("mlp", 7, 42, "cpu")
    assert options.validation_share == 0.2
    page.defaults.click()
    assert (page.options().epochs, page.options().augmented) == (12, False)


def test_enter_in_the_list_of_data_looks_and_starts_nothing(qtbot: QtBot, icons: Icons) -> None:
    window = RetrainWindow(icons)
    qtbot.addWidget(window)
    window.setup.data.show_sources([MNIST])
    window.setup.show_catalogue(CATALOGUE)
    window.show()
    data = window.setup.data
    data.list.setCurrentRow(0)
    with qtbot.assertNotEmitted(window.start_requested), qtbot.waitSignal(data.look_requested):
        QTest.keyClick(data.list, Qt.Key.Key_Return)
    with qtbot.waitSignal(window.start_requested):
        QTest.keyClick(window.setup.epochs, Qt.Key.Key_Return)


def test_the_layers_of_the_recipe_are_shown(page: SetupPage) -> None:
    assert page.network.text() == "Network: 70,395 parameters"
    assert texts(page.layers)[0] == ["Conv2d", "(None, 16, 28, 28)", "144"]


def test_without_data_it_says_so(page: SetupPage) -> None:
    page.data.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not page.start.isEnabled()
    assert page.problem.text() == "Choose at least one data set."
    page.data.add_paths(["/somewhere/emnist"])
    assert page.start.isEnabled()
    assert page.options().data == ("/somewhere/emnist",)


def test_goes_on_from_the_current_model_only_with_its_own_recipe(page: SetupPage) -> None:
    page.show_current_model("mine", "/models/mine.safetensors", "fast")
    page.start_from.setCurrentIndex(1)
    assert page.options().start_from == "/models/mine.safetensors"
    page.recipe.setCurrentText("mlp")
    assert page.options().start_from == ""
    current = page.start_from.model().index(1, 0)
    assert not current.flags() & Qt.ItemFlag.ItemIsEnabled


def test_a_current_model_without_a_recipe_is_named_alone(page: SetupPage) -> None:
    page.show_current_model("mine", "/models/mine.safetensors", "")
    assert page.start_from.itemText(1) == "The current model, \u201cmine\u201d"


def test_a_second_look_at_the_data_keeps_the_choice(qtbot: QtBot, tmp_path: Path) -> None:
    data = DataList()
    qtbot.addWidget(data)
    data.show_sources([MNIST, OWN])
    data.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    data.add_paths([str(tmp_path)])
    data.show_sources([MNIST, OWN])
    assert data.chosen() == (str(tmp_path),)
    data.add_paths([str(tmp_path), OWN.value])
    assert data.chosen() == (OWN.value, str(tmp_path))
    data.list.item(2).setSelected(True)
    data.list.item(0).setSelected(True)
    data._on_remove()
    assert (data.list.count(), data.chosen()) == (2, (OWN.value,))
