"""What watches and an account are known to hold."""

from negsplit.program.device import Device, device_for, devices


def test_profiles_say_what_of_them_was_measured():
    assert {one.name: sorted(one.measured) for one in devices().values()} == {
        "generic": [],
        "forerunner-935": ["cue", "step_name", "title"],
        "long-names": ["title"],
        "connect": [],
        "intervals": [],
        "zwo": [],
    }


def test_every_device_is_known_by_name():
    assert devices()["generic"] == Device(
        "generic",
        devices()["generic"].about,
        part_numbers=(),
        steps=50,
        repeats=99,
        nesting=1,
        title=254,
        step_name=15,
        cue=199,
        second_target=True,
    )
    assert all(name == profile.name and profile.about for name, profile in devices().items())
    assert len(devices()) == len({profile.about for profile in devices().values()})


def test_a_watch_on_the_cable_is_known_by_its_part_number():
    assert device_for("006-B2691-00") is devices()["forerunner-935"]
    for unknown in ("", "006-B9999-00", "forerunner-935"):
        assert device_for(unknown) is devices()["generic"]
    known = [number for profile in devices().values() for number in profile.part_numbers]
    assert len(known) == len(set(known))


def test_profiles_are_the_buffers_that_were_seen_without_their_nul():
    watches = (one for one in devices().values() if one.name not in ("connect", "intervals", "zwo"))
    seen = {one.name: (one.title, one.step_name, one.cue) for one in watches}
    assert seen == {"generic": (254, 15, 199), "forerunner-935": (15, 15, 199), "long-names": (31, 15, 199)}
