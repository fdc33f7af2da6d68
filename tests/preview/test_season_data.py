"""The JSON of a season: its keys are a promise."""

import json
from pathlib import Path

from negsplit.preview.season_data import season_data
from strategies.seasons import AUTUMN, BASE, SPRING, seasoned

HERE = Path(__file__).parent


def data(*texts):
    return json.loads(json.dumps(season_data(seasoned(*texts))))


def test_all_of_it(golden):
    """A line for each plan, week, month and year."""
    parts = {key: part if isinstance(part, list) else [part] for key, part in data(BASE, SPRING).items()}
    lines = [f"{key}: {json.dumps(one)}\n" for key, part in parts.items() for one in part]
    golden(HERE / "season-data.txt", "".join(lines))


def test_every_part_has_the_same_keys():
    found = data(BASE, SPRING, AUTUMN)
    for part in ("plans", "weeks", "gaps", "months", "years", "unchanged"):
        assert len({tuple(one) for one in found[part]}) == 1
    assert [one["plan"] for one in found["weeks"]] == [1] * 5 + [2] * 9 + [3] * 9


def test_what_has_stayed_the_same():
    """The autumn is the spring again."""
    found = data(BASE, SPRING, AUTUMN)
    assert found["unchanged"] == [{"what": what, "plans": 2, "weeks": 18} for what in ("volume", "speed", "distance")]
    assert found["vary"] == "volume"
    assert data(BASE)["vary"] is None


def test_plans_that_rise_a_lot_are_remarked_on():
    """From 30 km to 39: exactly 30 % is not said."""
    higher = BASE.replace("2026-11-30", "2027-01-04").replace("8 km", "12.5 km")
    assert [one for one in data(BASE, higher)["remarks"] if "30 %" in one] == []
    higher = higher.replace("12.5 km", "13 km")
    assert "33 % higher than the plan before, 40.0 km after 30.0 km" in data(BASE, higher)["remarks"][0]
