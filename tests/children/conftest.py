"""A model file that a recogniser child can load at once."""

from dataclasses import asdict
from pathlib import Path

import pytest
import torch

from digitpad.core.models import checkpoint
from digitpad.core.models.card import ModelCard
from digitpad.core.models.networks import StagesConfig, stages


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model") / "tiny.safetensors"
    torch.manual_seed(0)
    config = StagesConfig(stages=((4,), (4,), (8,)))
    card = ModelCard("tiny", "stages", asdict(config), threshold=0.5)
    checkpoint.save(path, stages(config), card)
    return path
