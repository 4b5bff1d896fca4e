import torch
from torch import Tensor

from train.recorded import Recorded, recordable


def sums(device: torch.device, *, seed: int) -> tuple[Recorded, Tensor, list[int]]:
    """Return a step that adds what is in its rows, and chances, to a total; and its calls."""
    chances = torch.Generator(device).manual_seed(seed)
    total, calls = torch.zeros(4, device=device), []

    def step(rows: Tensor) -> Tensor:
        calls.append(len(rows))
        total.add_(rows.sum() + torch.rand(4, generator=chances, device=device))
        return total * 1

    return Recorded(step, chances), total, calls


def batches(device: torch.device) -> list[Tensor]:
    whole = [torch.full((8,), n, device=device) for n in range(20)]
    return [*whole[:9], whole[9][:5], *whole[10:]]


def test_a_recorded_step_gives_what_the_step_gives(device: torch.device) -> None:
    recorded, total, calls = sums(device, seed=1)
    results = [recorded(rows).clone() for rows in batches(device)]
    plain, expected, _ = sums(device, seed=1)
    for rows, result in zip(batches(device), results, strict=True):
        assert torch.equal(plain._step(rows), result)
    assert torch.equal(total, expected)
    assert len(calls) == (20 if device.type == "cpu" else 5)  # three, the record, and the rest


def test_what_has_changed_is_recorded_anew(device: torch.device) -> None:
    recorded, _, calls = sums(device, seed=1)
    for rows in batches(device)[:6]:
        recorded(rows)
    before = len(calls)
    recorded.forget()
    recorded(batches(device)[0])
    assert len(calls) == before + 1


def test_the_learning_rate_is_where_a_record_reads_it(device: torch.device) -> None:
    weight = torch.nn.Parameter(torch.ones(3, device=device))
    optimiser = torch.optim.AdamW([weight], lr=0.5)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: 1 / (1 + step))
    recordable(optimiser, device)
    rate = optimiser.param_groups[0]["lr"]
    assert isinstance(rate, Tensor) == (device.type == "cuda")
    weight.grad = torch.ones(3, device=device)
    optimiser.step()
    schedule.step()
    assert float(optimiser.param_groups[0]["lr"]) == 0.25
    assert (optimiser.param_groups[0]["lr"] is rate) == (device.type == "cuda")


def test_a_run_that_had_no_card_goes_on_with_one(device: torch.device) -> None:
    def optimiser(on: torch.device) -> torch.optim.Optimizer:
        weight = torch.nn.Parameter(torch.ones(3, device=on))
        weight.grad = torch.ones(3, device=on)
        return torch.optim.AdamW([weight], lr=0.5)

    before, after = optimiser(torch.device("cpu")), optimiser(device)
    before.step()
    after.load_state_dict(before.state_dict())
    recordable(after, device)
    after.step()
    (state,) = after.state.values()
    assert int(state["step"]) == 2
