import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitpad.core.drawing import Normalised, Picture
from digitpad.core.ink import Box, Ink, Stroke
from digitpad.core.messages import (
    Failed,
    Layers,
    Message,
    MessageError,
    Ready,
    Recognise,
    Recognised,
    decode,
    encode,
)
from digitpad.core.prediction import Prediction

numbers = st.floats(-1e6, 1e6)
strokes = st.lists(st.tuples(numbers, numbers, st.floats(0, 1)), min_size=1, max_size=20)
inks = st.lists(strokes).map(lambda drawn: Ink(tuple(Stroke.of(points) for points in drawn)))


@given(ink=inks, request=st.integers(0))
def test_ink_crosses_unchanged(ink: Ink, request: int) -> None:
    line = encode(Recognise(request, ink))
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert decode(line) == Recognise(request, ink)


@pytest.mark.parametrize(
    "message",
    [
        Recognise(1, Picture(b"\x89PNG\n", 30, 40)),
        Recognise(2, Ink(), pen_down=True),
        Recognise(3, Ink(), layers=True),
        Ready("best", "a notice\nof two lines"),
        Recognised(3, Prediction((0.1,) * 10, None), None),
        Recognised(4, Prediction((0.1,) * 10, 3, pen_down=True), None),
        Failed(None, "The model file is damaged."),
        Failed(7, "No.", "why"),
    ],
)
def test_messages_cross_unchanged(message: Message) -> None:
    line = encode(message)
    assert line.count(b"\n") == 1
    assert decode(line) == message


def test_a_normalised_drawing_crosses_unchanged() -> None:
    image = np.arange(784, dtype=np.uint8).reshape(28, 28)
    sent = Normalised(image, Box(1.5, 2, 30, 40), (12.5, 13.25), (4, 5))
    message = decode(encode(Recognised(9, Prediction.of([0.0] * 9 + [0.9, 0.1], 0.5), sent)))
    assert isinstance(message, Recognised)
    assert message.prediction.digit == 9
    assert message.normalised is not None
    assert np.array_equal(message.normalised.image, image)
    assert message.normalised.box == sent.box
    assert message.normalised.centre_of_mass == sent.centre_of_mass
    assert message.normalised.shift == sent.shift


def test_layers_cross_unchanged() -> None:
    maps = np.arange(24, dtype=np.uint8).reshape(2, 3, 4), np.zeros((5, 1, 1), np.uint8)
    message = decode(encode(Layers(3, maps)))
    assert isinstance(message, Layers)
    assert (message.request, len(message.maps)) == (3, 2)
    assert all(map(np.array_equal, message.maps, maps))


@given(st.binary(max_size=200))
def test_noise_is_no_message(noise: bytes) -> None:
    with pytest.raises(MessageError):
        decode(noise)


@pytest.mark.parametrize(
    "line",
    [
        b"{}",
        b"[]",
        b'{"type":"Reboot"}',
        b'{"type":"Ready"}',
        b'{"type":"Recognise","request":1,"drawing":{"strokes":3}}',
        b'{"type":"Recognised","request":1,"prediction":null,"normalised":null}',
    ],
)
def test_json_of_another_kind_is_no_message(line: bytes) -> None:
    with pytest.raises(MessageError):
        decode(line)
