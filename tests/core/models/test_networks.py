import json
from dataclasses import asdict, replace
from typing import Any

import pytest
import torch

from digitpad.core.models.networks import (
    NETWORKS,
    Ensemble,
    EnsembleConfig,
    KaggleConfig,
    KerasConfig,
    build,
    config_from,
    parameters,
)


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("outputs", [10, 11])
def test_every_network_answers_with_as_many_logits_as_asked(name: str, outputs: int) -> None:
    network = build(name, replace(NETWORKS[name][0](), outputs=outputs)).eval()
    assert network(torch.rand(3, 1, 28, 28)).shape == (3, outputs)


def test_published_parameter_counts() -> None:
    assert parameters(build("keras", KerasConfig())) == 1_199_882
    assert parameters(build("kaggle", KaggleConfig())) == 280_714


@pytest.mark.parametrize("name", NETWORKS)
def test_a_config_survives_json(name: str) -> None:
    config: Any = NETWORKS[name][0]()
    assert config_from(name, json.loads(json.dumps(asdict(config)))) == config


@pytest.mark.parametrize("values", [{}, {"outputs": 10, "colour": "red"}])
def test_a_config_with_other_fields_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        config_from("keras", values)


def test_an_ensemble_averages_its_members_probabilities() -> None:
    ensemble = Ensemble(EnsembleConfig(("lenet-5", "mlp"))).eval()
    images = torch.rand(2, 1, 28, 28)
    each = [member(images).softmax(1) for member in ensemble.members]
    torch.testing.assert_close(ensemble(images).softmax(1), (each[0] + each[1]) / 2)


def test_while_an_ensemble_learns_each_member_sees_its_own_part_of_a_batch() -> None:
    ensemble = Ensemble(EnsembleConfig(("lenet-5", "lenet-5")))
    images = torch.rand(4, 1, 28, 28)
    first, second = ensemble.members
    torch.testing.assert_close(ensemble(images), torch.cat([first(images[:2]), second(images[2:])]))
