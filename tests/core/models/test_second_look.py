import torch
from torch import Tensor, nn

from digitpad.core.models.second_look import SURE, SecondLook


class Weigher(nn.Module):
    """Is as sure of a 3 as its image is bright on the left; counts the images it was shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = 0

    def forward(self, grey: Tensor) -> Tensor:
        self.shown += len(grey)
        logits = torch.zeros(len(grey), 11)
        logits[:, 3] = grey[:, 0, :, :14].mean(dim=(1, 2)) * 20
        return logits


def images(*brightness: float) -> Tensor:
    return torch.stack([torch.full((1, 28, 28), value) for value in brightness])


def test_a_sure_answer_stays_and_costs_nothing() -> None:
    network = Weigher()
    sure = images(1.0, 0.9)
    plain = Weigher()(sure).softmax(dim=1)
    assert (plain[:, 3] > SURE).all()
    torch.testing.assert_close(SecondLook(network)(sure).softmax(dim=1), plain)
    assert network.shown == 2


def test_an_unsure_answer_is_the_mean_of_five_looks() -> None:
    network = Weigher()
    mixed = images(1.0, 0.12)
    answer = SecondLook(network)(mixed).softmax(dim=1)
    plain = Weigher()(mixed).softmax(dim=1)
    assert network.shown == 2 + 4
    torch.testing.assert_close(answer[0], plain[0])
    assert not torch.allclose(answer[1], plain[1])
    torch.testing.assert_close(answer.sum(dim=1), torch.ones(2))


def test_looking_again_does_not_depend_on_what_else_is_asked() -> None:
    torch.manual_seed(0)
    network = SecondLook(nn.Sequential(nn.Flatten(), nn.Linear(784, 11)).eval())
    batch = torch.rand(6, 1, 28, 28)
    together = network(batch)
    alone = torch.cat([network(one[None]) for one in batch])
    torch.testing.assert_close(together, alone)
