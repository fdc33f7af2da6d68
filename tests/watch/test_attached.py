"""A watch as it says of itself."""

from contextlib import closing

import pytest

from negsplit.watch.attached import attach
from negsplit.watch.errors import Unusable
from watch.watch_content import MANIFEST, device_xml


def says(fake, data):
    fake.delete(MANIFEST)
    fake.add(MANIFEST, data)
    with closing(attach(fake.place())) as watch:
        return watch


def test_folders_are_found_in_whatever_case(fake):
    with closing(attach(fake.place())) as watch:
        assert watch.name == "Forerunner 935"
        assert watch.workouts.into == ("GARMIN", "NewFiles")
        assert watch.workouts.kept == ("GARMIN", "Workouts")
        assert watch.schedules.kept == ("GARMIN", "Schedule")
        assert watch.schedules.kept_name == ""
        assert watch.refusal == ""


@pytest.mark.parametrize(
    ("types", "words"),
    [
        ([], "its manifest names no folders"),
        (
            [(4, "OutputFromUnit", "GARMIN/ACTIVITY")],
            "names no folder for workouts (FIT_TYPE_5): this model has none",
        ),
        ([(5, "OutputFromUnit", "GARMIN/WORKOUTS")], "FIT_TYPE_5"),
        ([(5, "InputToUnit", "GARMIN/NOWHERE")], "its manifest names `GARMIN/NOWHERE`, which is not there"),
        ([(5, "InputToUnit", "GARMIN/WORKOUTS"), (5, "OutputFromUnit", "GARMIN/workouts")], "keeps them in"),
    ],
)
def test_a_watch_is_refused_with_the_reason(fake, types, words):
    assert words in says(fake, device_xml(types=types)).refusal


@pytest.mark.parametrize("types", [[(5, "InputOutput", "GARMIN/WORKOUTS")], [(5, "InputToUnit", "GARMIN/NEWFILES")]])
def test_one_folder_for_both_ways_or_none_kept_is_fine(fake, types):
    assert says(fake, device_xml(types=types)).refusal == ""


@pytest.mark.parametrize("folder", ["GARMIN/GarminDevice.xml/x", "GARMIN/NOWHERE/x"])
def test_a_kept_folder_below_a_file_is_not_there(fake, folder):
    watch = says(fake, device_xml(types=[(5, "InputToUnit", "GARMIN/NEWFILES"), (5, "OutputFromUnit", folder)]))
    assert (watch.refusal, watch.workouts.no_kept) == ("", f"its manifest names `{folder}`, which is not there")


def test_without_a_manifest_it_is_no_watch(fake):
    fake.delete(MANIFEST)
    with pytest.raises(Unusable, match=r"no `GARMIN/GarminDevice\.xml`"):
        attach(fake.place())


def test_a_watch_of_the_years_before_fit(fake):
    """As the manifest of an Edge 705 has it."""
    xml = device_xml(model="EDGE705", types=[(5, "InputOutput", "Garmin/Workouts")])
    refusal = says(fake, xml.replace(b"FIT_TYPE_5", b"FitnessWorkouts")).refusal
    assert "TCX files (FitnessWorkouts)" in refusal


@pytest.mark.parametrize("first", ["GARMIN/LATER", "GARMIN/NOWHERE"])
def test_of_several_folders_the_first_that_is_there_is_taken(fake, first):
    fake.make_folder("GARMIN/Later")
    types = [(5, "InputToUnit", first), (5, "InputToUnit", "GARMIN/NEWFILES"), (5, "InputToUnit", ".")]
    into = says(fake, device_xml(types=types)).workouts.into
    assert into == ("GARMIN", "Later" if first == "GARMIN/LATER" else "NewFiles")


def test_the_root_takes_workouts_where_nothing_else_does(fake):
    types = [(5, "InputToUnit", "."), (5, "InputToUnit", "GARMIN/NOWHERE")]
    watch = says(fake, device_xml(types=types))
    assert (watch.workouts.into, watch.refusal) == ((), "")


@pytest.mark.parametrize(
    ("types", "why"),
    [
        ([(5, "InputToUnit", "GARMIN/NEWFILES")], "its manifest names no folder that it keeps files of FIT_TYPE_5 in"),
        (
            [(5, "InputToUnit", "GARMIN/NEWFILES"), (5, "OutputFromUnit", "GARMIN/GONE")],
            "its manifest names `GARMIN/GONE`, which is not there",
        ),
        (
            [(5, "InputToUnit", "GARMIN/NEWFILES"), (5, "OutputFromUnit", "../x")],
            "its entry `OutputFromUnit` of FIT_TYPE_5 leads outside the watch",
        ),
    ],
)
def test_why_nothing_is_known_to_be_kept(fake, types, why):
    watch = says(fake, device_xml(types=types))
    assert (watch.workouts.kept, watch.workouts.no_kept, watch.refusal) == (None, why, "")


@pytest.mark.parametrize("folder", ["../OUT", "GARMIN/../../x", "C:/WORK"])
def test_a_manifest_that_leads_outside_is_refused_and_the_watch_let_go(fake, folder):
    with pytest.raises(Unusable):
        says(fake, device_xml(types=[(5, "InputToUnit", folder)]))
    fake.delete(MANIFEST)
    fake.add(MANIFEST, device_xml())
    attach(fake.place()).close()  # where the door had stayed open, a watch on MTP would be busy now


@pytest.mark.parametrize(
    ("types", "misses"),
    [
        ([(5, "InputToUnit", "GARMIN/NOWHERE")], True),
        ([(5, "InputToUnit", "GARMIN/NEWFILES")], False),
        ([(4, "OutputFromUnit", "GARMIN/ACTIVITY")], False),
    ],
)
def test_a_folder_that_the_manifest_names_can_be_missing(fake, types, misses):
    assert says(fake, device_xml(types=types)).misses_its_folder is misses
