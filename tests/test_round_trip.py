"""Random workouts go the whole way: model, text, program, FIT file, and back through independent decoders."""

from __future__ import annotations

import garmin_fit_sdk
from hypothesis import HealthCheck, assume, given, settings

from negsplit import compile_text, render
from negsplit.document.write import write
from negsplit.formats.fit.program import to_program
from negsplit.formats.fit.read import read
from negsplit.formats.fit.verify import verify
from strategies.examples import examples
from strategies.models import workouts

ATHLETE = """\
athlete: Somebody
races: 5 km in 20:00
heart_rate: {max: 190, rest: 45, threshold: 172}
power: {critical: 290 W}
"""


@settings(
    max_examples=examples(160), deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
@given(workouts())
def test_what_is_written_is_what_the_watch_reads(workout):
    text = write(workout)
    result = compile_text(text, athlete=ATHLETE)
    [compiled] = result.workouts
    assume(compiled is not None)
    data = compiled.fit()
    assert verify(data) == []
    assert to_program(read(data)) == (compiled.program, [])
    messages, errors = garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_byte_array(bytearray(data))).read()
    assert errors == []
    assert len(messages["workout_step_mesgs"]) == len(compiled.program.steps)
    again = compile_text(write(compiled.expanded), athlete=ATHLETE)
    assert again.workouts[0] is not None, "\n".join(render(one) for one in again.diagnostics)
    assert again.workouts[0].program == compiled.program
    assert again.workouts[0].fit() == data
