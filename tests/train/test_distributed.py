import os
import subprocess
import sys
from pathlib import Path

import torch

from train.distributed import ALONE, World, world


def test_alone_there_is_one_process_that_leads() -> None:
    with world() as here:
        assert here == ALONE
        assert here.leads
        rows = torch.arange(5)
        assert here.share(rows).tolist() == rows.tolist()


def test_all_parts_together_are_the_batch() -> None:
    rows = torch.arange(11)
    parts = [World(rank, 3).share(rows) for rank in range(3)]
    assert sorted(torch.cat(parts).tolist()) == rows.tolist()


def test_two_processes_end_with_the_same_network_and_cover_all_rows(tmp_path: Path) -> None:
    script = str(Path(__file__).with_name("ranks.py"))
    subprocess.run(
        [
            *(sys.executable, "-m", "torch.distributed.run", "--standalone"),
            *("--nproc-per-node", "2", script, str(tmp_path)),
        ],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": ".", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        timeout=120,
        check=True,
    )
    first, second = (torch.load(tmp_path / f"rank-{rank}.pt") for rank in range(2))
    assert torch.equal(first["weights"], second["weights"])
    assert sorted(torch.cat([first["rows"], second["rows"]]).tolist()) == list(range(65))
    assert (tmp_path / "state").exists()
    uneven = torch.load(tmp_path / "uneven.pt")
    torch.testing.assert_close(uneven["together"], uneven["alone"], atol=1e-4, rtol=0)
