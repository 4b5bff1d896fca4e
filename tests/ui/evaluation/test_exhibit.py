from digitpad.core.prediction import NOT_A_DIGIT
from digitpad.ui.evaluation import exhibit
from digitpad.ui.evaluation.exhibit import Exhibit


def titles(shown: Exhibit) -> dict[str, list[int]]:
    return {s.title: s.rows.tolist() for s in exhibit.standing(shown)}


def test_what_is_offered_of_one(one: Exhibit) -> None:
    found = titles(one)
    assert next(iter(found)) == "Hardest first"
    # a likeliest digit that is refused counts as read all the same
    assert set(found["Misread"]) == {4, 14, 23}
    assert found["Refused"] == [23]


def test_what_is_offered_of_two(two: Exhibit) -> None:
    found = titles(two)
    assert set(found["Only new is right"]) == {14, 23}
    assert found["Only old is right"] == []
    assert "Hardest first for old" in found
    assert found["Misread by new"] == [4]


def test_selections_by_what_was_pointed_at(two: Exhibit) -> None:
    of_cell = exhibit.cell(two, 0, 4, 9)
    assert (of_cell.title, of_cell.rows.tolist()) == ("4 recognised as 9 by old", [4])
    refused = exhibit.cell(two, 0, 3, NOT_A_DIGIT)
    assert (refused.title, refused.rows.tolist()) == ("3 recognised as not a digit by old", [23])
    of_bin = exhibit.in_bin(two, 1, 12)
    assert of_bin.rows.tolist() == [4]
    assert of_bin.title == "80\N{EN DASH}87\u202f% sure, new"
    assert set(exhibit.of_digit(two, 4).rows) == {4, 14, 24, 34}
