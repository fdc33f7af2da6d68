"""Names of watches, in the spellings people use, and what they are compiled for."""

import subprocess
import sys
from pathlib import Path

import garmin_fit_sdk
import pytest

from negsplit import UnknownDeviceError
from negsplit.program.device import devices
from negsplit.program.watch_models import beginning_with, choose, model_of, models, product

GENERIC = devices()["generic"]
TESTS = Path(__file__).parents[1]
TABLE = (TESTS.parent / "src" / "negsplit" / "program" / "watch_models.txt").read_text(encoding="ascii")
PROFILE = "profile {major}.{minor},".format(**garmin_fit_sdk.Profile["version"])
"""What the table says that it was written from, where it is this version of garmin-fit-sdk."""


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Forerunner 255", "Forerunner 255"),
        ("fr245", "Forerunner 245"),
        ("FR-245 music", "Forerunner 245 Music"),
        ("garmin forerunner 55", "Forerunner 55"),
        ("fenix 7", "fenix 7"),
        ("Fēnix 7", "fenix 7"),
        ("fenix-7x", "fenix 7x"),
        ("VENU 3", "Venu 3"),
        ("fr265", "fr265 (Forerunner 265 large, Forerunner 265 small)"),
        ("instinct crossover", "Instinct crossover"),
    ],
)
def test_a_watch_on_which_nothing_was_measured_gets_the_generic_profile_and_a_line(words, name):
    assert choose(words) == (GENERIC, f"nothing was measured on the {name}: compiled for `generic`")


@pytest.mark.parametrize(
    ("words", "profile"),
    [
        *((name, name) for name in devices()),
        ("FR935", "forerunner-935"),
        ("Forerunner 935", "forerunner-935"),
        ("Generic", "generic"),
        ("long names", "long-names"),
        ("newer", "long-names"),
    ],
)
def test_a_profile_is_found_by_its_own_name_its_watch_and_its_older_name(words, profile):
    assert choose(words) == (devices()[profile], "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("fenix 7z", "did you mean `fenix 7` or "),
        ("forerunnr 935", "did you mean `Forerunner 935`"),
        ("forerunner 256", "`Forerunner 255`"),
        ("forerunner", "watches fit 'forerunner': Forerunner 10, "),
        ("toaster", f"known: {', '.join(devices())}, and the names of watches"),
        ("", "no device ''"),
        ("--", "no device '--'"),
    ],
)
def test_what_is_no_watch_or_several_is_said_with_what_is_near(words, said):
    with pytest.raises(UnknownDeviceError) as error:
        choose(words)
    assert said in str(error.value)
    assert len(str(error.value)) < 250


def test_every_model_finds_itself():
    for model in models():
        device, remark = choose(model.name)
        assert device is (model.profile or GENERIC)
        assert remark == "" if model.profile else f"the {model.name}:" in remark


def test_part_numbers_lead_to_models():
    assert [product(text) for text in ("006-B2691-00", "006-B4257-01", "2691", "")] == [2691, 4257, None, None]
    assert model_of("006-B2691-00") == "Forerunner 935"
    assert model_of("006-B4257-00") == "Forerunner 265 large"
    assert model_of("006-B2833-00") == "Forerunner 935"  # the edition for Asia
    assert model_of("006-B9999-00") == model_of("") == ""


def test_numbers_and_names_are_those_of_garmins_profile():
    table = garmin_fit_sdk.Profile["types"]["garmin_product"]
    for number, words in ((2691, "935"), (3076, "245"), (3992, "255"), (3906, "7"), (4260, "3")):
        assert words in table[number]
        assert words in model_of(f"006-B{number}-00")
    numbers = [number for model in models() for number in model.products]
    assert len(numbers) == len(set(numbers)) > 200
    strange = set(numbers) - table.keys()
    assert not strange or PROFILE not in TABLE, "an older profile does not know the newest watches"
    assert len(strange) < 20
    assert not [model.name for model in models() if model.name.lower().startswith(("edge", "hrm", "varia", "tacx"))]


def test_the_table_is_what_make_models_writes():
    if PROFILE not in TABLE:
        pytest.skip("garmin-fit-sdk is of another version than the one that the table was written from")
    run = subprocess.run([sys.executable, TESTS / "write_models.py"], capture_output=True, text=True, check=True)
    assert run.stdout == TABLE


def test_the_table_is_not_read_where_a_profile_is_named():
    code = "import negsplit.program.watch_models as w; w.choose('generic'); print(w.models.cache_info().misses)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "0\n"


def test_names_go_on_from_what_is_typed():
    assert beginning_with("forerunner 24") == ["Forerunner 245", "Forerunner 245 Music"]
    assert beginning_with("fr24") == ["Forerunner 245", "Forerunner 245 Music"]
    assert beginning_with("toaster") == []
