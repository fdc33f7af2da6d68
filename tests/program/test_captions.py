"""The words that a watch shows: ASCII, short, and nothing cut without a sign."""

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from negsplit.model import Role
from negsplit.program.bounds import BOUNDS, middle, only_edge
from negsplit.program.captions import ascii_text, band_text, cut, effort_text, is_plain, step_name
from negsplit.program.model import Band, Quantity, Zone
from negsplit.targets import Between, HeartRateTarget, Named, OneSided, PaceTarget
from negsplit.units import Pace, Speed
from strategies.examples import examples
from strategies.programs import bands, zones

PRINTABLE = set(string.printable) - set("\t\n\r\x0b\x0c")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("tall, relaxed", "tall, relaxed"),
        ("Größe", "Groesse"),
        ("Gro\u0308\u00dfe", "Groesse"),  # the accent as a character of its own
        ("Läufe – Übung", "Laeufe - Uebung"),
        ("ÜBUNG", "UEBUNG"),
        ("Höjd på Åsen", "Hojd pa Asen"),  # Swedish: German has no å
        ("Győr fölött", "Gyor folott"),
        ("ランニング ジョグ", "ranningu jogu"),
        ("きゃ がっこう マッチ ティ ウェア シェ", "kya gakkou matchi ti wea she"),
        ("🏃 Lauf ❤️ 👍🏽 🇩🇪", "Lauf"),
        ("4×400：よい", "4*400:yoi"),
        ("naïve café", "naive cafe"),
        ("\u304b\u3099\u3093\u3070\u308b", "ganbaru"),
        ("5′30″ – locker…", "5'30'' - locker..."),
        ("Łódź, Ærø", "Lodz, Aero"),
        ("Бег", "Beg"),
        ("a\u00a0b\u3000c", "a b c"),
        ("two\n  lines\tand more ", "two lines and more"),
        ("zero\u200bwidth", "zerowidth"),
        ("", ""),
    ],
)
def test_text_becomes_ascii(text, plain):
    assert ascii_text(text) == (plain, True)


def test_what_cannot_be_written_is_said():
    assert ascii_text("a\U0010fffdb") == ("ab", False)


@pytest.mark.parametrize(
    ("text", "plain"), [("東京マラソン", "marason"), ("長距離", ""), ("時々ラン", "ran"), ("走る", "ru")]
)
def test_a_japanese_name_gets_no_chinese_reading(text, plain):
    assert ascii_text(text) == (plain, False)


@pytest.mark.parametrize("text", ["Easy", "a\u00a0b", "zero\u200bwidth", "two\nlines", ""])
def test_what_ascii_says_is_plain(text):
    assert is_plain(text)


@pytest.mark.parametrize("text", ["Größe", "café", "10 km – easy", "🏃 Easy", "かな", "走"])
def test_what_is_put_otherwise_is_not_plain(text):
    assert not is_plain(text)


@settings(max_examples=examples(300))
@given(st.text())
def test_any_text_becomes_printable_ascii_in_single_spaces(text):
    plain, whole = ascii_text(text)
    assert set(plain) <= PRINTABLE
    assert plain == " ".join(plain.split())
    assert ascii_text(plain) == (plain, True)
    if set(text) <= PRINTABLE:
        assert whole
        assert plain == " ".join(text.split())


@given(st.text(string.ascii_letters + " ", max_size=30), st.integers(4, 40))
def test_a_cut_is_seen(text, limit):
    short = cut(text, limit)
    assert len(short) <= limit
    if len(text) <= limit:
        assert short == text
    else:
        assert short.endswith("...")
        assert text.startswith(short[:-3])


THRESHOLD = PaceTarget(Named("threshold"))
SLOW, FAST = 3321, 3377
BAND = Band(Quantity.SPEED, SLOW, FAST)
ABOVE = Band(Quantity.SPEED, 3844, 12_000)


@pytest.mark.parametrize(
    ("role", "targets", "resolved", "effort", "name"),
    [
        (Role.RUN, (THRESHOLD,), BAND, None, "Run threshold"),
        (Role.RUN, (PaceTarget(Named("e")),), BAND, None, "Run easy"),
        (Role.RUN, (PaceTarget(Named("mp")),), BAND, None, "Run marathon"),
        (Role.RUN, (PaceTarget(Named("größe")),), BAND, None, "Run groesse"),
        (Role.RUN, (PaceTarget(Named("around the park")),), BAND, None, "Run 5:01-4:56"),
        (Role.RUN, (PaceTarget(Pace(300_000, "km")),), BAND, None, "Run 5:01-4:56"),
        (Role.WARMUP, (THRESHOLD,), BAND, None, "Warm up"),
        (Role.WARMUP, (PaceTarget(Named("easy")),), BAND, None, "Warm up easy"),
        (Role.COOLDOWN, (), None, None, "Cool down"),
        (Role.COOLDOWN, (), Zone(Quantity.HEART_RATE, 2), None, "Cool down Z2"),
        (Role.RUN, (), Zone(Quantity.POWER, 3), None, "Run power Z3"),
        (Role.RUN, (HeartRateTarget(140, 150),), Band(Quantity.HEART_RATE, 140, 150), None, "Run 140-150 bpm"),
        (Role.RUN, (HeartRateTarget(None, 150),), Band(Quantity.HEART_RATE, 30, 150), None, "Run < 150 bpm"),
        (Role.RUN, (), Band(Quantity.SPEED, 3704, 12_000), None, "Run < 4:30"),
        (Role.RUN, (THRESHOLD,), BAND, (6, 6), "Run RPE 6"),
        (Role.RUN, (PaceTarget(Pace(482_000, "mi")),), BAND, None, "Run 8:05-7:57"),
        (Role.RUN, (PaceTarget(OneSided("faster", Pace(480_000, "mi"))),), ABOVE, None, "Run < 6:59"),
        (Role.RUN, (PaceTarget(Between(Pace(485_000, "mi"), Pace(296_000, "km"))),), BAND, None, "Run 5:01-4:56"),
        (Role.RUN, (PaceTarget(Speed(12_000, "km/h")),), BAND, None, "Run 12 km/h"),
        (Role.RUN, (PaceTarget(Speed(7_456, "mph")),), BAND, None, "Run 7.46 mph"),
        (Role.RUN, (PaceTarget(Between(Speed(13_000, "km/h"), Speed(12_000, "km/h"))),), BAND, None, "Run 12-13 km/h"),
        (Role.RUN, (PaceTarget(Between(Speed(8_500, "km/h"), Speed(9_500, "km/h"))),), BAND, None, "Run 8.5-9.5km/h"),
        (Role.RUN, (PaceTarget(Between(Speed(11_500, "km/h"), Speed(12_500, "km/h"))),), BAND, None, "Run 5:01-4:56"),
        (Role.RUN, (PaceTarget(OneSided("faster", Speed(13_300, "km/h"))),), ABOVE, None, "Run > 13.3 km/h"),
        (Role.RECOVER, (PaceTarget(Speed(8_500, "km/h")),), BAND, None, "Recover 8.5km/h"),
        (Role.COOLDOWN, (PaceTarget(Speed(8_500, "km/h")),), BAND, None, "Cool down"),
        (Role.RUN, (), None, (3, 4), "Run RPE 3-4"),
        (Role.RECOVER, (), None, (9, 10), "Recover"),
        (Role.HIKE, (), None, None, "Hike"),
    ],
)
def test_a_step_is_named_by_its_role_and_what_fits_of_its_target(role, targets, resolved, effort, name):
    assert step_name(role, targets, resolved, effort, "km", 15) == name


names = st.text(min_size=1, max_size=20).map(lambda name: (PaceTarget(Named(name)),)) | st.just(())
efforts = st.none() | st.tuples(*[st.integers(1, 10)] * 2).map(lambda pair: tuple(sorted(pair)))


@settings(max_examples=examples(300))
@given(st.sampled_from(Role), names, st.none() | bands | zones, efforts, st.sampled_from(["km", "mi"]))
def test_every_step_name_fits_the_watch(role, targets, resolved, effort, unit):
    name = step_name(role, targets, resolved, effort, unit, 15)
    assert 1 <= len(name) <= 15
    assert set(name) <= PRINTABLE


@pytest.mark.parametrize(
    ("band", "unit", "text"),
    [
        (BAND, "km", "5:01-4:56"),
        (BAND, "mi", "8:05-7:57"),
        (Band(Quantity.SPEED, 3704, 12_000), "km", "< 4:30"),
        (Band(Quantity.SPEED, 500, 2778), "km", "> 6:00"),
        (Band(Quantity.HEART_RATE, 140, 150), "km", "140-150 bpm"),
        (Band(Quantity.HEART_RATE, 140, 220), "mi", "> 140 bpm"),
        (Band(Quantity.POWER, 250, 270), "km", "250-270 W"),
        (Band(Quantity.CADENCE, 170, 180), "km", "170-180 spm"),
    ],
)
def test_a_band_reads_from_its_slower_end(band, unit, text):
    assert band_text(band, unit) == text


def test_efforts():
    assert [effort_text(pair) for pair in ((6, 6), (3, 4))] == ["RPE 6", "RPE 3-4"]


@given(bands)
@example(Band(Quantity.HEART_RATE, 30, 220))
def test_an_end_at_the_bound_is_no_edge(band):
    bottom, top = BOUNDS[band.quantity]
    ends = {"<": band.high, ">": band.low}
    edge = only_edge(band)
    if edge is None:
        assert (band.low > bottom and band.high < top) or (band.low, band.high) == (bottom, top)
        assert middle(band) == (band.low + band.high) / 2
    else:
        sign, value = edge
        assert ends[sign] == value == middle(band)
        assert {"<": band.low == bottom, ">": band.high == top}[sign]
