import io
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digitpad.core.errors import InputError
from digitpad.core.evaluation.evaluation import BINS, Evaluation
from digitpad.core.prediction import NOT_A_DIGIT


def evaluation(
    labels: list[int], rows: list[dict[int, float]], threshold: float = 0.5
) -> Evaluation:
    probabilities = np.zeros((len(rows), 10))
    for at, row in enumerate(rows):
        for digit, probability in row.items():
            probabilities[at, digit] = probability
    images = np.arange(len(rows) * 784).reshape(-1, 28, 28).astype(np.uint8)
    return Evaluation("best", "a set", np.array(labels), probabilities, images, threshold)


WORKED = evaluation(
    # right, right, wrong, right but refused, refused as no digit at all, blank
    [3, 3, 3, 7, 7, 0],
    [{3: 0.9, 5: 0.1}, {3: 0.6, 8: 0.4}, {5: 0.8, 3: 0.2}, {7: 0.4}, {1: 0.02, 7: 0.01}, {}],
)


def random_evaluation(seed: int, count: int = 60) -> Evaluation:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 10, count)
    eleven = rng.dirichlet(np.full(11, 0.3), count)
    eleven[np.arange(count), labels] += rng.random(count) * 3
    eleven /= eleven.sum(axis=1, keepdims=True)
    images = rng.integers(0, 256, (count, 28, 28), np.uint8)
    return Evaluation("m", "d", labels, eleven[:, :10], images, float(rng.choice([0.0, 0.5, 0.8])))


def test_a_worked_example() -> None:
    assert WORKED.answers.tolist() == [3, 3, 5, NOT_A_DIGIT, NOT_A_DIGIT, NOT_A_DIGIT]
    assert WORKED.right.tolist() == [True, True, False, True, False, False]
    assert WORKED.accuracy == pytest.approx(3 / 6)
    assert WORKED.kept == pytest.approx(3 / 6)
    losses = [-np.log(p) for p in (0.9, 0.6, 0.2, 0.4, 0.01, np.finfo(np.float32).eps)]
    assert WORKED.losses == pytest.approx(losses)
    assert WORKED.loss == pytest.approx(np.mean(losses))
    edge = evaluation([3, 0], [{3: 0.5}, {}])
    for just in edge, replace(edge, threshold=0.0):
        assert just.answers.tolist() == [3, NOT_A_DIGIT]


def test_the_confusion_matrix_has_a_column_for_what_was_refused() -> None:
    expected = np.zeros((10, 11), int)
    expected[3, 3], expected[3, 5], expected[7, NOT_A_DIGIT], expected[0, NOT_A_DIGIT] = 2, 1, 2, 1
    assert (WORKED.confusion == expected).all()
    assert WORKED.confusion_shares[3, 5] == pytest.approx(1 / 3)
    assert WORKED.confusion_shares[7, NOT_A_DIGIT] == 1.0
    assert WORKED.confusion_shares[4].sum() == 0.0


def test_a_refused_drawing_counts_as_missed() -> None:
    classes = WORKED.classes
    assert classes.precision[3] == 1.0
    assert classes.recall[3] == pytest.approx(2 / 3)
    assert classes.f1[3] == pytest.approx(0.8)
    assert classes.precision[5] == 0.0
    assert np.isnan(classes.recall[5])
    assert np.isnan(classes.precision[7])
    assert (classes.recall[7], classes.f1[7]) == (0.0, 0.0)
    assert classes.support.tolist() == [1, 0, 0, 3, 0, 0, 0, 2, 0, 0]


def test_the_hardest_drawings_come_first() -> None:
    assert WORKED.hardest.tolist() == [5, 4, 2, 3, 1, 0]
    assert WORKED.in_cell(7, NOT_A_DIGIT).tolist() == [4, 3]
    assert WORKED.in_cell(8, 8).tolist() == []


def test_bins_of_confidence_and_the_error_they_add_up_to() -> None:
    # two bins: 0.9 (two of three right) and 1.0 (all right)
    e = evaluation([1, 1, 2, 4], [{1: 0.9}, {1: 0.9}, {1: 0.9}, {4: 1.0}])
    assert e.bins.tolist() == [13, 13, 13, BINS - 1]
    reliability = e.reliability
    assert reliability.count[[13, 14]].tolist() == [3, 1]
    assert reliability.accuracy[13] == pytest.approx(2 / 3)
    assert np.isnan(reliability.accuracy[0])
    assert e.calibration_error == pytest.approx(3 / 4 * (0.9 - 2 / 3))


@given(seed=st.integers(0, 10_000))
def test_the_figures_hang_together(seed: int) -> None:
    e = random_evaluation(seed)
    assert e.confusion.sum() == len(e)
    assert e.confusion[:, :10].sum() / len(e) == pytest.approx(e.kept)
    answered_right = (e.answers == e.labels).mean()
    assert e.confusion.trace() / len(e) == pytest.approx(answered_right)
    assert answered_right <= e.accuracy
    assert e.reliability.count.sum() == len(e)
    assert 0 <= e.calibration_error <= 1
    weighted = np.nansum(e.classes.recall * e.classes.support) / len(e)
    assert weighted == pytest.approx(answered_right)
    assert sorted(e.hardest) == list(range(len(e)))
    assert (np.diff(e.losses[e.hardest]) <= 0).all()
    cells = [e.in_cell(label, answer) for label in range(10) for answer in range(11)]
    assert sorted(np.concatenate(cells)) == list(range(len(e)))


@given(seed=st.integers(0, 10_000))
def test_the_calibration_error_is_that_of_its_definition(seed: int) -> None:
    e = random_evaluation(seed)
    expected = 0.0
    for number in range(BINS):
        inside = (e.confidences >= number / BINS) & (e.confidences < (number + 1) / BINS)
        if number == BINS - 1:
            inside |= e.confidences >= 1.0
        if inside.any():
            gap = abs(e.right[inside].mean() - e.confidences[inside].mean())
            expected += gap * inside.mean()
    assert e.calibration_error == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(5))
def test_scikit_learn_agrees(seed: int) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    e = random_evaluation(seed, 500)
    eleven = np.arange(11)
    matrix = metrics.confusion_matrix(e.labels, e.answers, labels=eleven)
    assert (e.confusion == matrix[:10]).all()
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        e.labels, e.answers, labels=np.arange(10), zero_division=np.nan
    )
    np.testing.assert_allclose(e.classes.precision, precision)
    np.testing.assert_allclose(e.classes.recall, recall)
    np.testing.assert_allclose(e.classes.f1, f1)
    assert (e.classes.support == support).all()
    likeliest = e.probabilities.argmax(axis=1)
    assert e.accuracy == pytest.approx(metrics.accuracy_score(e.labels, likeliest))
    full = np.column_stack([e.probabilities, 1 - e.probabilities.sum(axis=1)])
    assert e.loss == pytest.approx(metrics.log_loss(e.labels, full, labels=eleven), rel=1e-6)


@pytest.mark.parametrize("pen_down", [False, True])
def test_what_is_saved_comes_back(tmp_path: Path, *, pen_down: bool) -> None:
    e = replace(random_evaluation(3), pen_down=pen_down)
    e.save(tmp_path / "e.npz")
    back = Evaluation.load(tmp_path / "e.npz")
    assert (back.model, back.data, back.threshold) == (e.model, e.data, e.threshold)
    assert back.pen_down == pen_down
    assert (back.labels == e.labels).all()
    assert (back.images == e.images).all()
    assert back.probabilities == pytest.approx(e.probabilities, abs=1e-6)
    assert [file.name for file in tmp_path.iterdir()] == ["e.npz"]


def as_file(path: Path, **changes: object) -> Path:
    WORKED.save(path)
    with np.load(path) as parts:
        content = {**parts, **changes}
    np.savez(path, **{name: part for name, part in content.items() if part is not None})
    return path


def test_an_older_file_is_of_whole_drawings(tmp_path: Path) -> None:
    assert not Evaluation.load(as_file(tmp_path / "e.npz", pen_down=None)).pen_down


@pytest.mark.parametrize(
    "changes",
    [
        {"labels": None},
        {"format": 2},
        {"labels": np.full(6, 10, np.uint8)},
        {"labels": np.zeros(5, np.uint8)},
        {"labels": np.zeros(6)},
        {"images": np.zeros((6, 28, 27), np.uint8)},
        {"images": np.zeros((6, 28, 28))},
        {"probabilities": np.full((6, 10), np.nan)},
        {"probabilities": np.full((6, 10), 1.5)},
        {"probabilities": np.array("many")},
        {"threshold": 2.0},
        {"labels": np.zeros(0, np.uint8)},
        {"labels": np.array([{}], object)},
    ],
    ids=str,
)
def test_parts_that_do_not_fit_are_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    path = as_file(tmp_path / "e.npz", **changes)
    with pytest.raises(InputError, match=r"e\.npz is damaged"):
        Evaluation.load(path)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_file_cut_short_is_refused(tmp_path: Path, share: float) -> None:
    path = tmp_path / "e.npz"
    WORKED.save(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(InputError):
        Evaluation.load(path)


@given(seed=st.integers(0, 10_000))
@example(seed=812)  # numpy reads a damaged header as Python's tokens
def test_a_damaged_file_is_refused_or_still_makes_sense(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.npz"
    WORKED.save(path)
    content = bytearray(path.read_bytes())
    rng = np.random.default_rng(seed)
    for at in rng.integers(0, len(content), 8):
        content[at] = rng.integers(0, 256)
    path.write_bytes(content)
    try:
        back = Evaluation.load(path)
    except InputError:
        return
    assert 0 <= back.accuracy <= 1


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        Evaluation.load(tmp_path / "nothing.npz")


def test_what_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digitpad.core.evaluation.evaluation._MAX_UNPACKED", 1000)
    WORKED.save(tmp_path / "e.npz")
    with pytest.raises(InputError, match="damaged") as caught:
        Evaluation.load(tmp_path / "e.npz")
    assert "unpacks to too much" in caught.value.details


def test_a_shape_beyond_all_memory_is_refused(tmp_path: Path) -> None:
    header = {"descr": "|u1", "fortran_order": False, "shape": (10**15,)}
    with zipfile.ZipFile(tmp_path / "e.npz", "w") as file, file.open("labels.npy", "w") as part:
        np.lib.format.write_array_header_1_0(part, header)
    with pytest.raises(InputError, match="damaged"):
        Evaluation.load(tmp_path / "e.npz")


def test_the_file_holds_no_pickle(tmp_path: Path) -> None:
    replace(WORKED, model="a name \N{SNOWMAN}").save(tmp_path / "e.npz")
    with np.load(io.BytesIO((tmp_path / "e.npz").read_bytes()), allow_pickle=False) as parts:
        assert str(parts["model"]) == "a name \N{SNOWMAN}"
        assert all(parts[name].dtype != object for name in parts.files)
