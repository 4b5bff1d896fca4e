import numpy as np
import pytest
import torch
from torch import nn

from digitpad.core.models.networks import NETWORKS, build
from digitpad.core.models.responses import responses

GREY = torch.linspace(0, 1, 784).view(1, 1, 28, 28)


def test_each_activation_is_shown_as_the_network_computes_it() -> None:
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(1, 3, 5), nn.ReLU(), nn.MaxPool2d(4), nn.Tanh()).eval()
    first, second = responses(network, GREY)
    assert (first.shape, second.shape) == ((3, 24, 24), (3, 6, 6))
    assert first.dtype == np.uint8
    expected = network[:2](GREY)[0].detach()
    shares = (expected / expected.quantile(0.99)).clamp(max=1).numpy()
    assert np.abs(first / 255 - shares).max() < 0.003


def test_a_few_strongest_responses_do_not_make_all_others_faint() -> None:
    one = torch.full((1, 1, 28, 28), 0.01)
    one[0, 0, 3, 3] = 1.0
    (levels,) = responses(nn.Sequential(nn.ReLU()), one)
    assert (levels == 255).all()


def test_a_layer_that_answers_nothing_is_empty() -> None:
    (levels,) = responses(nn.Sequential(nn.ReLU()), -GREY)
    assert not levels.any()


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_every_network_shows_its_layers_or_has_none(name: str) -> None:
    network = build(name, NETWORKS[name][0]()).eval()
    shown = responses(network, GREY)
    assert bool(shown) == (name != "ensemble")
    assert all(maps.ndim == 3 and maps.dtype == np.uint8 for maps in shown)


def test_a_dense_layer_has_maps_of_one_pixel() -> None:
    network = nn.Sequential(nn.Flatten(), nn.Linear(784, 7), nn.Sigmoid())
    (units,) = responses(network, GREY)
    assert units.shape == (7, 1, 1)
