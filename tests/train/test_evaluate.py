import numpy as np
from torch import Tensor, nn

from digitpad.core.ink import Ink, Stroke
from digitpad.core.prediction import CLASSES, NOT_A_DIGIT
from train import evaluate
from train.data import Drawings
from train.evaluation.judge import Judge
from train.split import Part, Split


class Refuses(nn.Module):
    """Calls nothing a digit that is wider than high."""

    def forward(self, images: Tensor) -> Tensor:
        logits = images.new_zeros(len(images), CLASSES)
        wide = images.amax(2).count_nonzero(-1) > images.amax(3).count_nonzero(-1)
        logits[:, NOT_A_DIGIT] = wide[:, 0] * 20.0 - 10
        return logits


def test_letters_are_judged_by_themselves_where_there_are_other_signs() -> None:
    wide, high = Stroke.of([(0, 0), (90, 5)], 4), Stroke.of([(0, 0), (5, 90)], 4)
    inks = tuple(Ink((stroke,)) for stroke in (wide, wide, high, high, high))
    signs = Drawings("signs", inks, ("m", "w", "f", ",", "l"), ("",) * 5)  # l is like a 1
    nothing = Part((), (), ())
    parts = Split(nothing, Part((), (), (signs,)), nothing)
    chosen_on = evaluate.validation(parts, CLASSES)
    judged = evaluate.rows(Judge(Refuses(), 0.5), parts, chosen_on, CLASSES, thorough=False)
    refused = {row.name: row.figures["refused"] for row in judged}
    assert refused["validation: signs"] == 0.5
    assert np.isclose(refused["validation: signs, letters"], 2 / 3, atol=1e-4)
