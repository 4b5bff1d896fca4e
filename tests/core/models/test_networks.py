import json
from dataclasses import asdict, replace
from typing import Any

import pytest
import torch

from digitpad.core.models.networks import (
    NETWORKS,
    Ensemble,
    EnsembleConfig,
    answering,
    build,
    config_from,
    halves,
    parameters,
)
from digitpad.core.models.published import KaggleConfig, KerasConfig


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("outputs", [10, 11, 22])
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


def test_an_ensemble_averages_each_answer_by_itself() -> None:
    ensemble = Ensemble(EnsembleConfig(("lenet-5", "mlp"), outputs=22)).eval()
    images = torch.rand(2, 1, 28, 28)
    first, second = (halves(member(images)).softmax(2) for member in ensemble.members)
    for pen_down, half in ((False, 0), (True, 1)):
        given = answering(ensemble(images), pen_down=pen_down).softmax(1)
        torch.testing.assert_close(given, (first[:, half] + second[:, half]) / 2)


def test_who_has_no_second_half_answers_with_the_first_while_the_pen_is_down() -> None:
    logits = torch.rand(3, 11)
    assert torch.equal(answering(logits, pen_down=True), logits)


def test_while_an_ensemble_learns_each_member_sees_its_own_part_of_a_batch() -> None:
    ensemble = Ensemble(EnsembleConfig(("lenet-5", "lenet-5")))
    images = torch.rand(4, 1, 28, 28)
    first, second = ensemble.members
    torch.testing.assert_close(ensemble(images), torch.cat([first(images[:2]), second(images[2:])]))
