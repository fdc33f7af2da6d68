"""Watches by their manifests: each real one in turn, and own ones of the same shapes."""

from __future__ import annotations

import re

from emulator.story import Story, expect
from watch.manifests import Manifest, own, real

BY_MTP = ("Garmin", "NewFiles")
"""Where the one watch by MTP whose manifest was told of takes files; those of drives are in capitals."""


def models(story: Story) -> None:
    """What `list` says of each is what its manifest gives."""
    found = list(real())
    if not found:
        story.say("the real manifests are in ../shared, which is not here: own ones alone")
    for one in (*found, *own()):
        if (story.watch.way == "MTP") == (BY_MTP in (one.into or [])):
            _listed(story, one)


def _listed(story: Story, one: Manifest) -> None:
    unit = re.search(rb"<Id>(\d+)</Id>", one.data)
    assert unit
    story.has_manifest(one.data, int(unit[1]))
    with story.plugged():
        said = story.negsplit("list")
    story.say(f"as {one.name}")
    for words in (one.model, one.part):
        expect(words.casefold() in said.casefold(), f"`{words}` in:\n{said}")
    takes = "takes no workouts" not in said
    expect(one.takes in (None, takes), f"{one.name} to take workouts: {one.takes}, not:\n{said}")
    if one.into and one.kept:
        words = f"workouts go to {'/'.join(one.into[0])}, kept in {'/'.join(one.kept[0])}"
        expect(words.casefold() in said.casefold(), f"`{words}` in:\n{said}")
