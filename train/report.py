"""A training run's events for people: a progress bar and a final table, or JSON lines."""

from collections.abc import Iterable
from typing import NoReturn

from tqdm import tqdm

from digitpad.core.event_lines import Aborted, to_json
from digitpad.core.training.events import (
    EpochEnded,
    Event,
    Finished,
    Notice,
    Preparing,
    Progress,
    Started,
)
from train.evaluation.tables import as_text

_BAR = "{l_bar}{bar}| {elapsed}<{remaining} {postfix}"


def report(events: Iterable[Event], as_json: bool) -> None:  # noqa: FBT001
    """Print every event as it happens."""
    if as_json:
        for event in events:
            print(to_json(event), flush=True)
        return
    with tqdm(total=1.0, bar_format=_BAR, disable=None) as bar:
        for event in events:
            _show(event, bar)


def _show(event: Event, bar: "tqdm[NoReturn]") -> None:
    match event:
        case Preparing():
            bar.set_postfix_str(f"preparing images: {event.share:.0%}")
        case Started():
            size = f"{event.parameters:,} parameters, " if event.parameters else ""
            bar.write(
                f"{event.recipe}: {event.network}, {size}"
                f"{event.images:,} images per epoch on {event.device}, seed {event.seed}"
            )
        case Progress():
            bar.n = (event.epoch - 1 + event.share) / event.epochs
            bar.set_postfix_str(
                f"epoch {event.epoch}, loss {event.loss:.3f}, accuracy {event.accuracy:.1%}, "
                f"{event.images_per_second:,.0f} images/s"
            )
        case EpochEnded():
            bar.n = event.epoch / event.epochs
            bar.write(
                f"epoch {event.epoch:>3}  loss {event.loss:.4f}  accuracy {event.accuracy:.2%}  "
                f"validation loss {event.validation_loss:.4f}  "
                f"accuracy {event.validation_accuracy:.2%}  {event.seconds:.1f} s"
            )
        case Notice(text=text) | Aborted(message=text):
            bar.write(text)
        case Finished():
            bar.write(as_text(event.figures))
            file = f"{event.file}: threshold {event.threshold}, " if event.file else ""
            bar.write(f"{file}{event.seconds:.0f} s in total")
