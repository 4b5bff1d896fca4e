"""Every figure of a model: what a card keeps, and `python -m train evaluate`."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from digitpad.core.errors import InputError
from digitpad.core.ink import Ink
from digitpad.core.models import checkpoint
from digitpad.core.models.card import VALIDATION, Confusions, Figures
from digitpad.core.models.second_look import SecondLook
from digitpad.core.prediction import NOT_A_DIGIT
from train.evaluation.corrupted import corrupted
from train.evaluation.exam import Exam
from train.evaluation.half_drawn import half_drawn
from train.evaluation.invariance import invariance
from train.evaluation.judge import Judge, Row, digits_row, others_row
from train.evaluation.marks import marks
from train.evaluation.sets import exams
from train.evaluation.tables import as_markdown, as_text
from train.evaluation.turned import turned_ink, turned_pictures
from train.negatives import LOOK_ALIKES
from train.sources import fetched, load
from train.split import Part, Split, split
from train.strokes import plainly_seen

_CHOOSING_SEED, _JUDGING_SEED = 1, 2
"""What is made up is the same for every model, so that their figures can be compared."""


def validation(parts: Split, outputs: int) -> list[Exam]:
    """Return the sets by which temperature and threshold are chosen."""
    return exams(parts.validation, outputs, _CHOOSING_SEED)


def rows(
    judge: Judge, parts: Split, chosen_on: Sequence[Exam], outputs: int, *, thorough: bool
) -> Iterator[Row]:
    """Yield the figures of every set, those that were ``chosen_on`` first and named so.

    With ``thorough`` the same drawings are also redrawn, turned, spoilt and cut short, which takes
    a few minutes.
    """
    for prefix, part, sets in (
        (VALIDATION, parts.validation, chosen_on),
        ("", parts.test, exams(parts.test, outputs, _JUDGING_SEED)),
    ):
        refusable = _letters(judge, part) if outputs > NOT_A_DIGIT else ()
        hard = _hard(judge, part) if thorough else ()
        for row in chain(_plain(judge, part, sets), refusable, hard):
            yield replace(row, name=prefix + row.name)
    if outputs > NOT_A_DIGIT:
        yield from _marks(judge)


def figures_of(judged: Iterable[Row]) -> Figures:
    return {row.name: row.figures for row in judged}


def confusions_of(judged: Iterable[Row]) -> Confusions:
    return {row.name: row.confusion.tolist() for row in judged if row.confusion is not None}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes besides the data."""
    parser.set_defaults(run=_run)
    parser.add_argument("model", type=Path, metavar="MODEL", help="the model file")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object")
    form.add_argument("--markdown", action="store_true", help="print Markdown tables")
    parser.add_argument(
        "--keep", action="store_true", help="store the figures in MODEL (rewrites it)"
    )


def _run(chosen: argparse.Namespace) -> None:
    network, card = checkpoint.load(chosen.model)
    for line in fetched(chosen.data):
        print(line, file=sys.stderr)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # twice as fast
    parts = split(load(chosen.data), card.recipe.get("validation_share"))
    if not any(p.pictures or p.digits for p in (parts.validation, parts.test)):
        raise InputError(
            "There are no digits to evaluate on: name a set test, or use a larger one."
        )
    outputs = card.config["outputs"]
    judge = Judge(SecondLook(network) if card.second_look else network, card.threshold)
    told = tqdm(desc="evaluating", unit=" sets", disable=None, leave=False)
    judged = []
    for row in rows(judge, parts, validation(parts, outputs), outputs, thorough=True):
        told.set_postfix_str(row.name, refresh=False)
        told.update()
        judged.append(row)
    told.close()
    figures, confusions = figures_of(judged), confusions_of(judged)
    if chosen.keep:
        checkpoint.save(
            chosen.model, network, replace(card, figures=figures, confusions=confusions)
        )
    if chosen.json:
        print(json.dumps({"figures": figures, "confusions": confusions}))
    else:
        print(as_markdown(figures, confusions) if chosen.markdown else as_text(figures))


def _plain(judge: Judge, part: Part, sets: Sequence[Exam]) -> Iterator[Row]:
    """Judge the sets as they are; digits drawn by people are what the others are told from."""
    drawn = {drawings.name for drawings in part.digits}
    real = [np.empty(0)]
    for exam in sets:
        answers = judge.examine(exam)
        if not exam.of_digits:
            yield others_row(answers, np.concatenate(real))
            continue
        if exam.name in drawn:
            real.append(answers.of_any_digit)
        yield digits_row(answers, remade=exam.remade)


def _letters(judge: Judge, part: Part) -> Iterator[Row]:
    """Judge letters alone where a set holds other signs, too: a comma, drawn large, is a 1."""
    for drawings in part.others:
        kept = drawings.without(LOOK_ALIKES)
        letters = kept.where(map(_is_letter, kept.labels))
        if 0 < len(letters.inks) < len(kept.inks):
            yield _refused(judge, f"{drawings.name}, letters", letters.inks)


def _hard(judge: Judge, part: Part) -> Iterator[Row]:
    for drawings in part.digits:
        yield from invariance(judge, drawings)
        yield from turned_ink(judge, drawings)
        yield from half_drawn(judge, drawings)
    for pictures in part.pictures:
        yield from turned_pictures(judge, pictures)
        yield from corrupted(judge, pictures)


def _marks(judge: Judge) -> Iterator[Row]:
    for name, inks in marks().items():
        yield _refused(judge, name, inks)


def _refused(judge: Judge, name: str, inks: Sequence[Ink]) -> Row:
    images = np.stack([plainly_seen(ink) for ink in inks])
    return others_row(judge.evaluation(images, name=name), np.empty(0))


def _is_letter(label: str) -> bool:
    return len(label) == 1 and label.isalpha()
