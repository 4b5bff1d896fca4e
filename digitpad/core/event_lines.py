"""Events of a job as lines: one JSON object each, by the name of its dataclass.

Those that several kinds of job tell of are here.
"""

import json
from dataclasses import asdict, dataclass
from types import UnionType
from typing import TYPE_CHECKING, Any, get_args

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class Fetching:
    """Data are downloaded first; ``text`` says which, and how far it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Aborted:
    """Nothing was written, and why: a sentence for the person, details for an engineer."""

    message: str
    details: str = ""


def to_json(event: "DataclassInstance") -> str:
    """Return ``event`` as one line without its line feed."""
    return json.dumps({"event": type(event).__name__, **asdict(event)})


def from_json(line: str | bytes, kinds: UnionType, what: str) -> Any:  # noqa: ANN401
    """Return the event on ``line``, one of ``kinds``; raises ValueError where there is none."""
    by_name = {kind.__name__: kind for kind in get_args(kinds)}
    try:
        body = json.loads(line)
        return by_name[body.pop("event")](**body)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not {what}: {line[:200]!r}") from error
