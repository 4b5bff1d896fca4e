from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from digitpad.core.errors import ModelError
from digitpad.core.formats.inkml import read_inkml
from digitpad.core.ink import Ink, Stroke
from digitpad.core.models import checkpoint
from digitpad.core.models.card import ModelCard
from digitpad.core.models.networks import StagesConfig, answering, build
from digitpad.core.models.published import KaggleConfig
from digitpad.core.models.second_look import SecondLook
from digitpad.core.normalise import normalise_ink
from digitpad.core.recogniser import Recogniser
from digitpad.resources import bundled_model, sample_ink


@pytest.fixture(scope="module")
def bundled() -> Recogniser:
    return Recogniser.load(bundled_model())


def image(ink: Ink) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    normalised = normalise_ink(ink)
    assert normalised is not None
    return normalised.image[None]


@pytest.mark.parametrize("digit", range(10))
def test_the_bundled_model_reads_a_drawing_of_each_digit(bundled: Recogniser, digit: int) -> None:
    path = sample_ink() / f"{digit}.inkml"
    prediction = bundled.predict(image(read_inkml(path.read_bytes(), path.name)))[0]
    assert prediction.digit == digit
    assert prediction.confidence > 0.9


def test_what_is_no_digit_is_refused(bundled: Recogniser) -> None:
    rng = np.random.default_rng(3)
    scribble = Ink((Stroke.of(rng.uniform(0, 100, (40, 2)), 5),))
    dash = Ink((Stroke.of([(0, 0), (60, 3)], 5),))
    dot = Ink((Stroke.of([(5, 5), (6, 5)], 18),))
    for ink in (scribble, dash, dot):
        assert bundled.predict(image(ink))[0].digit is None


def test_a_blank_image_has_no_answer(bundled: Recogniser) -> None:
    prediction = bundled.predict(np.zeros((1, 28, 28), np.uint8))[0]
    assert prediction.digit is None
    assert prediction.probabilities == (0.0,) * 10


def test_the_answer_does_not_depend_on_what_else_is_asked(bundled: Recogniser) -> None:
    images = np.random.default_rng(1).integers(0, 256, (300, 28, 28), dtype=np.uint8)
    together = bundled.predict(images)
    alone = [bundled.predict(images[i : i + 1])[0] for i in range(0, 300, 50)]
    assert len(together) == 300
    for one, other in zip(alone, together[::50], strict=True):
        np.testing.assert_allclose(one.probabilities, other.probabilities, atol=1e-5)


def test_no_images_no_answers(bundled: Recogniser) -> None:
    assert bundled.predict(np.zeros((0, 28, 28), np.uint8)) == []


def test_folding_batch_norms_changes_nothing(bundled: Recogniser) -> None:
    network, card = checkpoint.load(bundled_model())
    network = SecondLook(network) if card.second_look else network
    images = np.random.default_rng(2).integers(0, 256, (20, 28, 28), dtype=np.uint8)
    with torch.inference_mode():
        logits = network(torch.from_numpy(images)[:, None].float() / 255)
    plain = answering(logits).softmax(1)
    answers = [prediction.probabilities for prediction in bundled.predict(images)]
    np.testing.assert_allclose(answers, plain[:, :10].numpy(), atol=1e-5)


def test_a_network_with_ten_outputs_always_answers(tmp_path: Path) -> None:
    card = ModelCard("k", "kaggle", asdict(KaggleConfig()), 0.0)
    checkpoint.save(tmp_path / "m", build("kaggle", KaggleConfig()), card)
    prediction = Recogniser.load(tmp_path / "m").predict(np.full((1, 28, 28), 9, np.uint8))[0]
    assert prediction.digit is not None
    assert sum(prediction.probabilities) == pytest.approx(1)


def test_the_threshold_of_the_card_decides(tmp_path: Path) -> None:
    config = StagesConfig(((4,),), outputs=11)
    card = ModelCard("s", "stages", asdict(config), 1.0)
    checkpoint.save(tmp_path / "m", build("stages", config), card)
    assert (
        Recogniser.load(tmp_path / "m").predict(np.full((1, 28, 28), 9, np.uint8))[0].digit is None
    )


def test_while_the_pen_is_down_other_outputs_answer_and_only_what_is_likelier_than_not(
    tmp_path: Path,
) -> None:
    config = StagesConfig(((4,),))
    network = build("stages", config)
    assert isinstance(network, nn.Sequential)
    last = network[-1]
    assert isinstance(last, nn.Linear)
    with torch.no_grad():
        last.weight.zero_()
        last.bias.zero_()
        last.bias[3], last.bias[11 + 7] = 9.0, 2.0
    checkpoint.save(tmp_path / "m", network, ModelCard("s", "stages", asdict(config), 0.3))
    recogniser, drawn = Recogniser.load(tmp_path / "m"), np.full((1, 28, 28), 9, np.uint8)
    (whole,), (begun,) = recogniser.predict(drawn), recogniser.predict(drawn, pen_down=True)
    assert (whole.digit, begun.digit) == (3, None)
    assert begun.probabilities[7] == max(begun.probabilities) > 0.3
    assert begun.pen_down


@pytest.mark.parametrize("second_look", [False, True])
def test_it_looks_again_only_once_the_pen_is_up(tmp_path: Path, *, second_look: bool) -> None:
    torch.manual_seed(0)
    config = StagesConfig(((4,),))
    card = ModelCard("s", "stages", asdict(config), 0.3, second_look=second_look)
    checkpoint.save(tmp_path / "m", build("stages", config), card)
    recogniser = Recogniser.load(tmp_path / "m")
    shown: list[int] = []
    recogniser._network.register_forward_hook(lambda *given: shown.append(len(given[1][0])))
    drawn = np.full((3, 28, 28), 9, np.uint8)
    recogniser.predict(drawn, pen_down=True)
    assert shown == [3]
    recogniser.predict(drawn)
    assert shown == ([3, 3, 12] if second_look else [3, 3])


@pytest.mark.usefixtures("bundled")
def test_loading_takes_one_thread() -> None:
    assert torch.get_num_threads() == 1


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "m").write_text("hello")
    with pytest.raises(ModelError):
        Recogniser.load(tmp_path / "m")


def test_the_bundled_model_is_small() -> None:
    assert bundled_model().stat().st_size < 1_000_000
