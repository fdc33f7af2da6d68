"""The frame and what it is told: nothing from elsewhere, and every text in it is text."""

import base64
import hashlib
import json
import re

import pytest

from negsplit.diagnostics import Severity
from negsplit.live.following import View
from negsplit.live.making import Message
from negsplit.live.page import FRAME, POLICY, event
from negsplit.preview.page import POLICY as HANDED_ON
from pages import read


def view(**changes):
    usual = {
        "name": "a.workout.yaml",
        "names": (),
        "page": "<p>",
        "since": 0.0,
        "is_old": False,
        "messages": (),
        "at": 0.0,
    }
    return View(**{**usual, **changes})


def message(severity, text="it is so"):
    return Message(severity, text)


def told(view, **options):
    return json.loads(event(view, **options))


def test_one_script_may_run_and_that_is_the_one_in_it():
    [script] = re.findall(r"<script>(.*?)</script>", FRAME, re.DOTALL)
    assert FRAME.count("<script") == 1
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policies = dict(one.split(" ", 1) for one in POLICY.split("; "))
    assert policies == {
        "default-src": "'none'",
        "script-src": f"'sha256-{digest}'",
        "style-src": "'unsafe-inline'",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }


def test_the_pages_that_are_handed_on_run_nothing():
    assert HANDED_ON == "default-src 'none'; style-src 'unsafe-inline'"


def test_nothing_is_loaded():
    root = read(FRAME.removeprefix("<!doctype html>\n"))
    assert not list(root.all("link"))
    assert not [node.tag for node in root.all() if {"src", "href", "action"} & node.attributes.keys()]
    assert "http" not in FRAME
    assert "url(" not in FRAME


def test_what_changes_is_said_aloud():
    root = read(FRAME.removeprefix("<!doctype html>\n"))
    [status] = [node for node in root.all("p") if node.attributes.get("role") == "status"]
    assert status.attributes["id"] == "status"


@pytest.mark.parametrize(
    ("found", "summary"),
    [
        ([], "no errors"),
        ([Severity.NOTE], "no errors"),
        ([Severity.WARNING, Severity.NOTE], "1 warning"),
        ([Severity.ERROR, Severity.ERROR, Severity.WARNING], "2 errors, 1 warning"),
    ],
)
def test_the_status_says_which_file_when_and_how_it_is(found, summary, in_zone):
    in_zone("UTC")
    said = told(view(messages=tuple(map(message, found)), at=8 * 3600 + 61))
    assert said["status"] == f"a.workout.yaml, 08:01:01: {summary}"


def test_a_page_that_is_old_says_since_when(in_zone):
    in_zone("UTC")
    assert told(view())["old"] == ""
    assert (
        told(view(is_old=True, since=61, at=120))["old"]
        == "Last good picture, from 00:01:01: the text has mistakes now"
    )
    assert told(view(is_old=True, page=""))["old"] == "", "there is none"


def test_messages_keep_their_carets_and_are_text():
    text = "a.yaml:1:5: error[x]: `<b>` & more\n  a:  <b>\n      ^^^"
    root = read(told(view(messages=(message(Severity.ERROR, text),)))["messages"])
    [block] = root.all("pre")
    assert block.attributes == {"class": "error"}
    assert block.inside == [text]


def test_notes_are_folded_unless_they_are_asked_for():
    found = tuple(message(one, one.value) for one in (Severity.NOTE, Severity.ERROR, Severity.NOTE))
    root = read(told(view(messages=found))["messages"])
    notes = root.one("details")
    assert "open" not in notes.attributes
    assert (notes.one("summary").text, [one.text for one in notes.all("pre")]) == ("2 notes", ["note", "note"])
    assert [one.text for one in root.all("pre", "error")] == ["error"]
    assert "open" in read(told(view(messages=found), notes=True)["messages"]).one("details").attributes
    assert told(view())["messages"] == ""


def test_an_event_is_one_line():
    said = event(view(name="a\nb\u2028c", page="1\n2\r3", names=("\udcff",)))
    assert said.isascii()
    assert said.isprintable()
    assert json.loads(said)["page"] == "1\n2\r3"
