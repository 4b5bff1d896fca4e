"""How the figures and the drawings of an evaluation are put into words."""

import math

from digitpad.core.evaluation.evaluation import Evaluation
from digitpad.core.prediction import NOT_A_DIGIT
from digitpad.ui.wording import fine_percent, percent


def share(value: float) -> str:
    """Return a percentage with two decimals; what has no value is a dash."""
    return "\N{EN DASH}" if math.isnan(value) else fine_percent(value)


def answer(value: int) -> str:
    """Return an answer as a sign: the digit, or a dash for "not a digit"."""
    return "\N{EN DASH}" if value == NOT_A_DIGIT else str(value)


def told(evaluation: Evaluation, row: int) -> str:
    """Return in words what a drawing is and what was answered."""
    return f"Labelled {evaluation.labels[row]}, {answered(evaluation, row)}"


def answered(evaluation: Evaluation, row: int) -> str:
    """Return in words what was answered, or which digit came nearest."""
    sure = percent(float(evaluation.confidences[row]))
    given = recognised(int(evaluation.answers[row]))
    if evaluation.answers[row] != NOT_A_DIGIT:
        return f"{given}, {sure} sure"
    return f"{given}; nearest {evaluation.probabilities[row].argmax()}, {sure}"


def recognised(answer: int) -> str:
    """Return an answer in words, to follow what was drawn."""
    return f"recognised as {'not a digit' if answer == NOT_A_DIGIT else answer}"


def sentence(words: str) -> str:
    """Return ``words`` with their first letter large."""
    return words[0].upper() + words[1:]
