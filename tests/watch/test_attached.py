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
        ([], "FIT_TYPE_5"),
        ([(5, "OutputFromUnit", "GARMIN/WORKOUTS")], "FIT_TYPE_5"),
        ([(5, "InputToUnit", "GARMIN/NOWHERE")], "there is no such folder"),
        ([(5, "InputToUnit", "GARMIN/WORKOUTS"), (5, "OutputFromUnit", "GARMIN/workouts")], "keeps them in"),
    ],
)
def test_a_watch_is_refused_with_the_reason(fake, types, words):
    assert words in says(fake, device_xml(types=types)).refusal


@pytest.mark.parametrize("types", [[(5, "InputOutput", "GARMIN/WORKOUTS")], [(5, "InputToUnit", "GARMIN/NEWFILES")]])
def test_one_folder_for_both_ways_or_none_kept_is_fine(fake, types):
    assert says(fake, device_xml(types=types)).refusal == ""


def test_without_a_manifest_it_is_no_watch(fake):
    fake.delete(MANIFEST)
    with pytest.raises(Unusable, match=r"no `GARMIN/GarminDevice\.xml`"):
        attach(fake.place())


@pytest.mark.parametrize("folder", ["../OUT", "/etc", "GARMIN/../../x", "C:/WORK"])
def test_a_manifest_that_leads_outside_is_refused_and_the_watch_let_go(fake, folder):
    with pytest.raises(Unusable):
        says(fake, device_xml(types=[(5, "InputToUnit", folder)]))
    fake.delete(MANIFEST)
    fake.add(MANIFEST, device_xml())
    attach(fake.place()).close()  # where the door had stayed open, a watch on MTP would be busy now
