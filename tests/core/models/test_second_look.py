import pytest
import torch
from torch import Tensor, nn

from digitpad.core.models.networks import answering
from digitpad.core.models.second_look import SURE, SecondLook, _moved
from digitpad.core.prediction import CLASSES, NOT_A_DIGIT


class Weigher(nn.Module):
    """Is as sure of a 3 as its image is bright on the left; counts the images it was shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = 0

    def forward(self, grey: Tensor) -> Tensor:
        self.shown += len(grey)
        logits = torch.zeros(len(grey), 22)
        logits[:, 3] = grey[:, 0, :, :14].mean(dim=(1, 2)) * 20
        logits[:, 11 + 7] = logits[:, 3]
        return logits


def images(*brightness: float) -> Tensor:
    return torch.stack([torch.full((1, 28, 28), value) for value in brightness])


def test_a_sure_answer_stays_and_costs_nothing() -> None:
    network = Weigher()
    sure = images(1.0, 0.9)
    plain = Weigher()(sure)
    assert (answering(plain).softmax(dim=1)[:, 3] > SURE).all()
    torch.testing.assert_close(SecondLook(network)(sure), plain)
    assert network.shown == 2


def test_an_unsure_answer_is_the_mean_of_five_looks() -> None:
    network = Weigher()
    mixed = images(1.0, 0.12)
    answer = answering(SecondLook(network)(mixed)).softmax(dim=1)
    plain = answering(Weigher()(mixed)).softmax(dim=1)
    assert network.shown == 2 + 4
    torch.testing.assert_close(answer[0], plain[0])
    looks = torch.cat([mixed[1:], _moved(mixed[1:])])
    each = answering(Weigher()(looks)).softmax(dim=1)
    torch.testing.assert_close(answer[1], each.mean(dim=0))
    assert not torch.allclose(answer[1], plain[1])


def test_what_is_said_while_the_pen_is_down_stays() -> None:
    unsure = images(0.12)
    torch.testing.assert_close(
        answering(SecondLook(Weigher())(unsure), pen_down=True),
        answering(Weigher()(unsure), pen_down=True),
    )


def test_it_looks_half_a_pixel_to_every_side() -> None:
    seen: list[Tensor] = []

    class Watcher(nn.Module):
        def forward(self, grey: Tensor) -> Tensor:
            seen.append(grey)
            logits = torch.zeros(len(grey), CLASSES)
            logits[:, NOT_A_DIGIT] = 9.0  # which is not to be sure of a digit
            return logits

    dot = torch.zeros(1, 1, 28, 28)
    dot[..., 10, 20] = 1.0
    SecondLook(Watcher())(dot)
    places = [sorted(map(tuple, look[0].nonzero().tolist())) for look in seen[1]]
    beside = [(10, 21), (10, 19), (11, 20), (9, 20)]
    assert places == [sorted([(10, 20), other]) for other in beside]
    assert seen[1].sum(dim=(1, 2, 3)).tolist() == pytest.approx([1.0] * 4)
    assert set(seen[1].flatten().tolist()) == {0, 0.5}


@pytest.mark.parametrize("outputs", [10, 11, 22])
def test_looking_again_does_not_depend_on_what_else_is_asked(outputs: int) -> None:
    torch.manual_seed(0)
    network = SecondLook(nn.Sequential(nn.Flatten(), nn.Linear(784, outputs)).eval())
    batch = torch.rand(6, 1, 28, 28)
    with torch.inference_mode():
        together = network(batch)
        alone = torch.cat([network(one[None]) for one in batch])
    torch.testing.assert_close(together, alone)
