"""Events of a job as lines: one JSON object each, by the name of its dataclass."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

E = TypeVar("E")


def to_json(event: "DataclassInstance") -> str:
    """Return ``event`` as one line without its line feed."""
    return json.dumps({"event": type(event).__name__, **asdict(event)})


def from_json(line: str | bytes, kinds: dict[str, type[E]], what: str) -> E:
    """Return the event on ``line``, one of ``kinds``; raises ValueError where there is none."""
    try:
        body = json.loads(line)
        return kinds[body.pop("event")](**body)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not {what}: {line[:200]!r}") from error
