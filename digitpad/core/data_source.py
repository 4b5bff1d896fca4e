"""A data set as a person chooses it, to learn from or to judge on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DataSource:
    """A data set that is offered: ``value`` is what the trainer gets; ``detail`` explains."""

    value: str
    name: str
    detail: str
    checked: bool = True
