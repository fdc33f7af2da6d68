"""Our part of the FIT profile against the official one."""

import garmin_fit_sdk
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsplit.formats.fit import profile as ours
from negsplit.program.model import Intensity, Quantity

MESSAGES = garmin_fit_sdk.Profile["messages"]
TYPES = garmin_fit_sdk.Profile["types"]
SHORT = {"NAME": "wkt_name", "DESCRIPTION": "wkt_description"}
SHORT_IN_STEPS = {
    "NAME": "wkt_step_name",
    "CUSTOM_LOW": "custom_target_value_low",
    "CUSTOM_HIGH": "custom_target_value_high",
    "SECONDARY_CUSTOM_LOW": "secondary_custom_target_value_low",
    "SECONDARY_CUSTOM_HIGH": "secondary_custom_target_value_high",
}
"""Fields whose official names say no more than these."""


@pytest.mark.parametrize(
    ("fields", "message", "short"),
    [
        (ours.FileIdField, ours.MessageNumber.FILE_ID, {}),
        (ours.WorkoutField, ours.MessageNumber.WORKOUT, SHORT),
        (ours.StepField, ours.MessageNumber.WORKOUT_STEP, SHORT_IN_STEPS),
        (ours.ScheduleField, ours.MessageNumber.SCHEDULE, {}),
    ],
)
def test_fields(fields, message, short):
    assert MESSAGES[message]["name"] == message.name.lower()
    official = {field["num"]: field["name"] for field in MESSAGES[message]["fields"].values()}
    for field in fields:
        assert official[field] == short.get(field.name, field.name.lower())


@pytest.mark.parametrize(
    ("numbers", "official"),
    [(ours.DurationType, "wkt_step_duration"), (ours.TargetType, "wkt_step_target")],
)
def test_enumerations(numbers, official):
    assert {number: TYPES[official][number] for number in numbers} == {
        number: number.name.lower() for number in numbers
    }
    assert len(numbers) == len([number for number in TYPES[official] if number <= max(numbers)])


def test_file_types_and_intensities():
    assert TYPES["file"][ours.FILE_TYPE_WORKOUT] == "workout"
    assert TYPES["file"][ours.FILE_TYPE_SCHEDULE] == "schedules"
    assert {TYPES["intensity"][number]: kind for kind, number in ours.INTENSITIES.items()} == {
        kind.value: kind for kind in Intensity
    }


@given(st.sampled_from(Quantity), st.integers(1, 10_000).map(lambda half: 2 * half))
def test_raw_amounts_come_back(quantity, amount):
    assert ours.from_raw(quantity, ours.to_raw(quantity, amount)) == amount


@pytest.mark.parametrize("share", [0, 1, 100])
def test_a_share_of_the_maximum_is_no_amount(share):
    assert ours.from_raw(Quantity.HEART_RATE, share) is None
    assert ours.from_raw(Quantity.POWER, 10 * share) is None
    assert ours.from_raw(Quantity.SPEED, share) == share
