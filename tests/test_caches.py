"""What is remembered changes nothing: it is what would be found again."""

from hypothesis import given
from hypothesis import strategies as st

from negsplit.athlete.paces import STANDARD_NAMES, canonical, short_for, spelled
from negsplit.athlete.vdot import RACE_METRES, race_time
from negsplit.program.captions import ascii_text

TEXTS = st.text(max_size=20) | st.sampled_from([*STANDARD_NAMES, "5k race", "LT pace", "13.1 mi", "hmp", "Größe"])


@given(TEXTS)
def test_what_is_remembered_is_what_is_found(text):
    for found in (canonical, short_for, spelled, ascii_text):
        assert found(text) == found(text) == found.__wrapped__(text)
        assert found.cache_info().maxsize == 1024


@given(st.sampled_from([*RACE_METRES.values()]), st.floats(10, 90))
def test_so_are_race_times(metres, vdot):
    assert race_time(metres, vdot) == race_time(metres, vdot) == race_time.__wrapped__(metres, vdot)
    assert race_time.cache_info().maxsize == 64
