"""Every workout that is shipped, by itself and in every plan, goes out in each form and comes back from its file.

What was compiled is compared with what is compiled of the text that was imported: where a form rounds paces and writes
repeats out, as it is run. An account has no sport for a track, and says so before it writes. By default a selection
runs, a plan among it; with ``NEGSPLIT_FULL_MATRIX=1``, as ``make test-sync`` sets, all of them do.
"""

import os
from itertools import islice
from pathlib import Path

import pytest

from negsplit.compile import compile_text, device
from negsplit.desk.compiler import Compiler
from negsplit.desk.forms import form_for
from negsplit.desk.inputs import Input
from negsplit.foreign import read_foreign
from negsplit.lift import differences
from negsplit.program.model import Band
from strategies.running import executed

WORKOUTS = Path(__file__).parents[2] / "workouts"
SHIPPED = [*sorted(WORKOUTS.rglob("*.workout.yaml")), *sorted(WORKOUTS.rglob("*.plan.yaml"))]
FULL = bool(os.environ.get("NEGSPLIT_FULL_MATRIX"))
TREADMILL = {
    *("10k-day-by-day", "half-marathon-12-weeks", "drills", "free-fartlek", "trail-run-hike", "5k-faster-10-weeks"),
    *("10k-first-10-weeks", "10k-intermediate-10-weeks", "masters-10k-12-weeks", "half-first-14-weeks"),
    *("half-intermediate-12-weeks", "half-three-runs-14-weeks", "marathon-first-20-weeks", "marathon-18-weeks"),
    "ultra-50k-16-weeks",
}
REFUSED = {"connect": {"trail-run-hike"}, "intervals": {"trail-run-hike"}, "zwo": TREADMILL, "generic": set()}
"""What a form cannot carry: rounds until a time is over, and on a treadmill what ends with the lap button."""
NEAR = {"intervals": 0.005, "zwo": 0.001}
"""How far edges of paces may be off: whole seconds a kilometre, and four decimals of a share."""
MANY = 500
"""Steps that are compared of what is run."""


@pytest.fixture(scope="module")
def athlete(tmp_path_factory):
    """A runner with a threshold heart rate, by which intervals.icu counts."""
    path = tmp_path_factory.mktemp("shipped") / "athlete.yaml"
    path.write_text("athlete: Me\nraces: 5 km in 22:30\nheart_rate: {max: 188, rest: 48, threshold: 170}\n")
    return str(path)


def workouts(path, name, athlete):
    """What is compiled of a file, each workout of a plan once; none where the form cannot carry it."""
    found = Compiler(device(name), athlete, paths=[WORKOUTS]).file(Input(path), "workout", "plan")
    sessions = [one.workout for one in found.plan.sessions if one.workout] if found.plan else found.workouts
    return list({repr(one.program.steps): one for one in sessions if one}.values())


@pytest.mark.parametrize("form", REFUSED)
@pytest.mark.parametrize("path", SHIPPED if FULL else SHIPPED[::-16], ids=lambda path: path.stem.partition(".")[0])
def test_what_is_shipped_goes_out_and_comes_back(path, form, athlete):
    sent = workouts(path, form, athlete)
    assert (path.name.partition(".")[0] in REFUSED[form]) == (not sent)
    for one in sent:
        (result,) = read_foreign({f"x{form_for(form).extension}": form_for(form).encode(one)})
        (back,) = result.workouts
        assert back.verdict == ("degraded" if back.messages else "exact")
        assert form == "intervals" or not back.messages
        again = compile_text(back.text, athlete=one.runner, device=one.device).workouts[0]
        assert again.program.notes == one.program.notes
        if form not in NEAR:
            assert [what for what in differences(one.program, again.program) if not what.startswith("sport")] == []
        elif not one.degraded and not back.messages:
            assert_near(run(again.program), run(one.program), NEAR[form])


def run(program):
    return [(one.intensity, one.length, one.target, one.second, one.cue) for one in islice(executed(program), MANY)]


def assert_near(found, wanted, near):
    assert [(step[:2], step[3:]) for step in found] == [(step[:2], step[3:]) for step in wanted]
    for (*_, one, _, _), (*_, other, _, _) in zip(found, wanted, strict=True):
        if isinstance(other, Band):
            assert one.quantity is other.quantity
            assert (one.low, one.high) == pytest.approx((other.low, other.high), rel=near)
        else:
            assert one == other
