"""What parent and child processes tell each other: one JSON object per line."""

import base64
import json
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from digitpad.core.drawing import SIDE, Drawing, Image, Normalised, Picture
from digitpad.core.ink import Box, Ink, Stroke
from digitpad.core.prediction import Prediction


@dataclass(frozen=True, slots=True)
class Recognise:
    """Parent to child: say what ``drawing`` is or, while the pen is down, what it is going to be.

    ``request`` comes back with the answer. With ``layers``, Layers follow it.
    """

    request: int
    drawing: Drawing
    pen_down: bool = False
    layers: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """Child to parent: recognition can begin. ``notice`` says in words what went otherwise."""

    model: str
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """Child to parent: the answer; ``normalised`` is None for a blank drawing."""

    request: int
    prediction: Prediction
    normalised: Normalised | None


@dataclass(frozen=True, eq=False, slots=True)
class Layers:
    """Child to parent, after the answer: what each layer of the network makes of the drawing.

    ``maps`` are those of each layer, uint8 (n, height, width); the image itself is the first.
    """

    request: int
    maps: tuple[Image, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """Child to parent: no answer, and why. ``request`` is None where it concerns the child."""

    request: int | None
    message: str
    details: str = ""


Message = Recognise | Ready | Recognised | Layers | Failed


class MessageError(ValueError):
    """A line is not a message."""


def encode(message: Message) -> bytes:
    """Return ``message`` as one line with its line feed."""
    kind = type(message).__name__
    body = {name: _to_json(getattr(message, name)) for name in message.__slots__}
    return json.dumps({"type": kind, **body}, separators=(",", ":")).encode() + b"\n"


def decode(line: bytes) -> Message:
    """Return the message on ``line``; raises MessageError where it holds none."""
    try:
        body = json.loads(line)
        kind = body.pop("type")
        match kind:
            case "Recognise":
                return Recognise(**{**body, "drawing": _drawing(body["drawing"])})
            case "Ready":
                return Ready(**body)
            case "Recognised":
                return Recognised(
                    body["request"],
                    _prediction(**body["prediction"]),
                    _normalised(body["normalised"]),
                )
            case "Layers":
                return Layers(body["request"], tuple(_maps(**maps) for maps in body["maps"]))
            case "Failed":
                return Failed(**body)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MessageError(f"not a message: {line[:200]!r}") from error
    raise MessageError(f"unknown message type {kind!r}")


def _to_json(value: object) -> Any:  # noqa: ANN401
    match value:
        case Ink():
            return {"strokes": [[s.width, s.points.tolist()] for s in value.strokes]}
        case Picture():
            return {"png": _text(value.png), "width": value.width, "height": value.height}
        case Prediction():
            return asdict(value)
        case Normalised():
            return {
                "image": _text(value.image.tobytes()),
                "box": value.box,
                "centre_of_mass": value.centre_of_mass,
                "shift": value.shift,
            }
        case tuple():
            return [{"shape": m.shape, "levels": _text(m.tobytes())} for m in value]
        case _:
            return value


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _drawing(body: dict[str, Any]) -> Drawing:
    if "png" in body:
        return Picture(base64.b64decode(body["png"]), body["width"], body["height"])
    return Ink(tuple(Stroke(np.array(points), width) for width, points in body["strokes"]))


def _prediction(
    probabilities: list[float],
    digit: int | None,
    pen_down: bool,  # noqa: FBT001
) -> Prediction:
    return Prediction(tuple(probabilities), digit, pen_down)


def _normalised(body: dict[str, Any] | None) -> Normalised | None:
    if body is None:
        return None
    pixels = np.frombuffer(base64.b64decode(body["image"]), np.uint8)
    return Normalised(
        pixels.reshape(SIDE, SIDE),
        Box(*body["box"]),
        (body["centre_of_mass"][0], body["centre_of_mass"][1]),
        (body["shift"][0], body["shift"][1]),
    )


def _maps(shape: list[int], levels: str) -> Image:
    return np.frombuffer(base64.b64decode(levels), np.uint8).reshape(shape)
