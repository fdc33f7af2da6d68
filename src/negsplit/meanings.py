"""What each code of a message means to a runner, and what to do: ``docs/codes.md``.

``python -m negsplit.meanings`` prints that page. The coach's rules have pages of their own, ``docs/rules.md``.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Final

from negsplit.codes import Code

_HEAD: Final = """\
# The codes of messages

Every message has a code, in square brackets behind `error`, `warning` or `note`. The message itself says where, what is
wrong and what to write instead; here is what each code means in general. A code never changes its name, so that scripts
and editors can go by it. Codes such as `S-CAP`, `W-EASY` and `PL02` are those of the [coach's rules](rules.md).

This page is made by `make docs`.
"""

MEANINGS: Final[Mapping[str, Mapping[Code, str]]] = {
    "Reading a file": {
        "alias-cycle": "An anchor (`&name`) contains its own alias (`*name`); write that part out.",
        "comment": "A `#` with text right behind it hides the rest of the line; quote the text, or put a space there.",
        "directive": "A line that begins with `%` is an instruction to YAML that is not used here; delete it.",
        "duplicate-anchor": "Two anchors (`&name`) have one name; give one of them another.",
        "duplicate-key": "The same key, pace or day is written twice in one place; keep one of them.",
        "empty-document": "Nothing is written here; begin with `workout:`, `plan:` or `athlete:`.",
        "empty-key": "A colon, a name or a rule has nothing in front of it; write the name.",
        "encoding": "The file is not text in UTF-8; save it as UTF-8 in your editor.",
        "fit-file": "A FIT file stands where YAML is expected; `negsplit inspect` shows what it holds.",
        "key-type": "A list or a mapping stands where a key belongs; put text that begins with `[` or `{` in quotes.",
        "merge-key": "`<<` does not merge mappings in this language; write the keys out.",
        "tag": "A word that begins with `!` means something to YAML but not here; leave it out, or quote the text.",
        "too-deep": "Brackets, repeats, paces or files stand too many levels inside one another; write some out.",
        "too-large": "The file is larger than any that is read; split it into several.",
        "too-many-nodes": "The file holds more keys, values and lists than are read; split it into several.",
        "unreadable": "The file or folder cannot be opened; check its name, and whether you may read it.",
        "yaml-syntax": "The text is not valid YAML, often for a missing quote, bracket or space; mend the place shown.",
    },
    "The parts of a document": {
        "bad-name": "A name has a sign or a beginning that names cannot have; use letters and digits.",
        "empty": "Something is left empty that needs a value; fill it in, or leave the whole key out.",
        "first-key": "The key that says what this is must come first; move it to the top of its document or step.",
        "id": "An `id:` is made of small letters, digits and dashes; choose another.",
        "missing-key": "A key is missing that is always needed here; add it.",
        "no-effect": "What is written here changes nothing; leave it out, or move it to where it counts.",
        "not-a-document": "This is no document, or one too many for its file; begin it with its kind, or split it.",
        "other-kind": "A workout, a plan or an athlete stands where another of them is expected; name the other file.",
        "said-twice": "Two places say the same thing; leave one of them out.",
        "too-long": "A name, text or number is longer than is allowed; shorten it.",
        "unknown-key": "There is no such key here; check its spelling, or put text that contains `: ` in quotes.",
        "unknown-rule": "There is no coach's rule of that name; take one from [the list](rules.md).",
        "unknown-step": "A step cannot begin with this word; begin with a role such as `run`, or with `repeat`.",
        "unknown-style": "There is no progression of that name; the message lists those there are.",
        "unknown-value": "This key takes one of a few words, and this is none of them.",
        "wrong-form": "A list, a single value or a mapping stands where another of them belongs; write it so.",
    },
    "Steps": {
        "bare-step": "A step in a repeat has neither role nor target, so it is a run; write `recover` or `run`.",
        "empty-cue": "Nothing is written behind `--`; add the words, or leave the `--` out.",
        "empty-step": "A step is missing beside a comma; remove the comma, or write the step.",
        "incomplete": "The text stops before it is complete; the message says what is missing.",
        "missing-duration": "A step needs a time, a distance or `lap` in front of its target or cue.",
        "parenthesis": "A parenthesis is opened and not closed, or the other way round; add its partner or remove it.",
        "quote": "A quote is never closed, or a cue with commas or parentheses needs quotes around it.",
        "repeat": "A repeat is a number, `x` and parentheses, as in `4x(400 m @ 5k, 1 min)`.",
        "target-first": "A target comes after the duration and `@`, before any cue: `10 min @ easy -- relaxed`.",
        "targets": "These targets do not go together, or are more than a step can have; keep those that count most.",
        "trailing-text": "There is text behind the end of a step or a value; remove it, or separate steps by a comma.",
        "two-roles": "A step has one role; write two steps, or make one of the words a cue.",
        "unexpected": "Something else is expected at this place; the message shows how it is written.",
    },
    "Amounts, paces and other targets": {
        "bad-character": "A digit comes from another script; write digits from 0 to 9.",
        "clock": "`1:15` is minutes and seconds; with hours write `1:15:00`, and a pace as `4:40`.",
        "cycle": "A pace, block or file uses itself, directly or through others; give one of them without the others.",
        "decimal": "A number is written with a comma or as a fraction; write a point, as in `0.5`.",
        "duplicate-pace": "One pace has two names or spellings here; leave one of them out.",
        "kind": "A value of another kind belongs here, such as a pace where a time stands.",
        "metres": "`m` is metres, and here that is unlikely; write `min` or `mi`, or `metres` if it is.",
        "missing-unit": "A number has no unit; add it, such as `min`, `km` or `/km`.",
        "needs-athlete": "This depends on who runs it; add the number to your athlete file, or give `--athlete`.",
        "number": "A number cannot be read as it is written; write it in plain digits.",
        "offset": "`+ 5 s/km` stands once, directly behind the name of a pace.",
        "order": "A word stands before its number; turn the two round.",
        "out-of-bounds": "A value is smaller or larger than makes sense here; the message gives the limits.",
        "percentage": "It is not clear what this is a percentage of; add a pace, `HRmax`, `HRR`, `LTHR` or `CP`.",
        "range": "A range is two numbers written alike with one unit, as in `8..10 min`, and not allowed everywhere.",
        "reserved-name": "The language uses this word itself; give your pace another name.",
        "sign": "A number has no plus or minus here; leave the sign out.",
        "single-value": "Both ends of a target are the same value, and stay so; written once, it is widened.",
        "tolerance": "`±` widens one pace, heart rate or power; leave it out, or write both ends.",
        "too-precise": "There are more decimals than are kept; round to three or fewer.",
        "unknown-name": "There is no pace of that name; check its spelling, or define it under `paces:`.",
        "unknown-unit": "There is no such unit; the message says which are known.",
        "whole-number": "Only a whole number makes sense here; round it.",
    },
    "Repeats, progressions, walk-runs and ladders": {
        "drop": "A cut-down without `to` needs one `drop`; with both ends given, the `drop` must fit them.",
        "end-on": "`end_on` needs whole rounds; leave it out, or write `repeats:` instead of `total:`.",
        "finish": "`finish` and `every` must fit into the total; shorten them.",
        "ladder-target": "The rungs of a ladder need one target for all, or exactly one for each.",
        "last-recovery": "`last_recovery: skip` needs a repeat that is counted and ends in a recovery; else omit it.",
        "not-faster": "This progression is meant to get faster, and it does not; look at its first and its last pace.",
        "paces": "This progression needs another number of paces; thirds need three, parts one for each part.",
        "progression": "`A -> B` goes once, from one pace to another, over a total that can be cut; see the message.",
        "recover": "The recoveries of this ladder are not written as such, or are too few or too many.",
        "rounds": "This walk-run does not come to whole rounds; change its total or its halves.",
        "splits": "Nothing says how long the splits of a progression are: the unit of its total decides.",
        "too-few-parts": "The total has no room for two parts; make it longer, or its parts shorter.",
        "too-many-steps": "With all its repeats the workout runs too many steps; write fewer or longer ones.",
        "total": "A total with a repeat in it cannot be laid out, or steps do not come to what `adds_up_to` says.",
        "walk-run": "A walk-run needs both halves, as in `run 1 min / walk 2 min`.",
    },
    "Params, blocks and other files": {
        "missing-param": "A param has no value; give it a default, or a value under `with:`.",
        "not-a-workout": "A file that is used holds no workout, or more than one; name a file with one workout.",
        "param": "The default of a param cannot use other params; write the value itself.",
        "too-much": "With everything that is used this comes to too much; use fewer or shorter blocks and values.",
        "two-paces": "Two files that are used mean different paces by one name; say which under `paces:`.",
        "unknown-block": "There is no block or file of that name; check its spelling, and where the file lies.",
        "unknown-param": "There is no param of that name here; check its spelling, or write `$$` for a dollar sign.",
        "unused-param": "A param is declared and no step or session uses it; use it, or take it out.",
    },
    "Plans": {
        "date": "This is no day of the calendar that a plan or a race can have; write `2027-04-18`.",
        "day": "A key under `days:` names neither a week's day nor a date; write `week 6:` or a date.",
        "duplicate-day": "A day is named twice in one session; leave one of them out.",
        "left-out": "Something is left out of the result, such as a session after the race; the message says what.",
        "many-workouts": "The plan has more workouts than some watches keep; compile some weeks with `--weeks`.",
        "not-a-plan": "The file is no plan; name one that begins with `plan:`.",
        "session": "A session has exactly one thing to do, such as `use:`, `steps:`, `rest:` or `race:`.",
        "time": "This is no time of day; write it as `06:30`.",
        "too-many-mistakes": "There are so many mistakes that some sessions were not read; mend the others first.",
        "too-many-sessions": "The plan has more sessions than a plan may have; write fewer weeks or sessions.",
        "unknown-plan": "There is no plan of that name; check its spelling, and where the file lies.",
        "weekday": "This is no day of the week; write `mon` to `sun`.",
        "weeks": "These weeks cannot be read, or the plan does not have them; write `4`, or `2-6`.",
    },
    "Athletes": {
        "end-of-input": "The questions were not all answered; run the command in a terminal, or answer by options.",
        "heart-rate-order": "Resting, threshold and maximum heart rate must rise in that order.",
        "heart-rate-range": "A heart rate is lower or higher than hearts beat; write it in beats per minute.",
        "no-athlete": "There is no such athlete, or none at all; name an athlete file, or a result in quotes.",
        "race-without-date": "With several results each needs its date, so that the newest ones count.",
        "several-athletes": "There are several athletes to choose from; name one with `--athlete`.",
        "short-race": "A race this short says little about longer distances; give one of 3 km or more if you can.",
        "unknown-race": "There is no race distance of that name; write a distance such as `5 km`.",
        "unlikely-race": "Nobody runs a result like this; check the distance, and the time as m:ss or h:mm:ss.",
        "unlikely-threshold": "Nobody has a threshold like this; write the pace that you could race at for an hour.",
        "athlete-zones": "Heart-rate zones come from the athlete's numbers; the watch may be set to others.",
        "zone-edges-few": "Heart rate zones need one edge more than there are zones.",
        "zone-edges-order": "Each edge of the zones must be above the one before it.",
        "zones-apart": "Pace zones and heart-rate zones are in one workout; say of each which it is.",
        "zones-need-number": "These zones need a heart rate that the athlete does not give; add it, or choose others.",
    },
    "What a watch makes of it": {
        "degraded": "The watch runs or shows something otherwise than written; the message says what.",
        "device": "This watch is compiled for by a profile of another name; nothing needs to be done.",
        "many-steps": "Some watches refuse as many steps as this; use repeats, or make it two workouts.",
        "same-name": "A watch may take two workouts for one, for their names begin alike; put what differs first.",
        "unsupported": "This watch cannot run the workout; change what the message names, or choose another device.",
    },
    "Files in and out": {
        "busy": "Another negsplit is writing into the same folder; try again when it is done.",
        "differs": "A workout read from a FIT file comes out a little different in the language; look it over.",
        "exists": "The file is there already and may be written by hand; name it with `-o` to write over it.",
        "file-exists": "A file of that name is there already and is kept; choose another name, or use `--force`.",
        "leftover": "Everything is written, and a helper file could not be removed; the next run removes it.",
        "manifest": "`manifest.json` in the folder is not a plan's; move it away, or write over it with `--force`.",
        "not-a-workout-file": "The file is no sound FIT workout; `negsplit inspect` says more about it.",
        "nothing-found": "There is nothing in these files or folders that the command could take; check the paths.",
        "other-plan": "The folder belongs to another plan; name another with `-o`.",
        "passed-over": "A file or folder was not looked at; name it if you want it too.",
        "same-output": "Two workouts would be written to one file, or one over its source; give another name.",
        "several-workouts": "One file cannot hold several workouts in this form; name a folder with `-o`.",
        "state": "What negsplit remembers on this computer cannot be read or written; the message says where it lies.",
        "unfinished": "A plan was not compiled to its end in this folder; compile it again first.",
        "unwritable": "The file cannot be written; check the folder, and whether you may write there.",
    },
    "The watch": {
        "no-such-workout": "Nothing that negsplit copied has that name; `negsplit watch contents` lists what is there.",
        "no-watch": "No watch was found; plug it in, unlock it, and try again.",
        "not-all-seen": "Part of the watch could not be looked at; what is there stays as it is.",
        "several-watches": "Several watches are there; choose one with `--watch`.",
        "watch-busy": "Another program is using the watch; close it and try again.",
        "watch-full": "The watch has no room left; delete old activities or music on it.",
        "watch-gone": "The watch is no longer there; plug it in again and repeat the command.",
        "watch-missing": "A file or folder that should be on the watch is not there.",
        "watch-not-allowed": "The system does not let you use the watch; the message says how to allow it.",
        "watch-overflow": "There will be more workouts than the watch keeps; remove old ones first.",
        "watch-read-only": "The watch does not let anything be written; eject it and plug it in again.",
        "watch-refused": "The watch takes no workouts, or something on it is not what it should be and is left alone.",
        "watch-schedule": "Part of the schedule will not be seen on the watch; the message says which days.",
        "watch-taken": "A file of that name is on the watch already and is not negsplit's; it stays.",
        "watch-untried": "Nobody has tried this way of copying yet; `--experimental` does it all the same.",
        "watch-unusable": "The watch answers in a way that nothing can be done with; restart it and try again.",
    },
    "The account": {
        "account-address": "The address set for tests does not lead to this computer; unset it.",
        "account-not-installed": "What speaks to the Garmin account is not installed; the message says how to add it.",
        "account-refused": "The account refused this, and nothing was changed; the message has its reason.",
        "account-setting": "A setting for tests has a value that it cannot have; unset it.",
        "account-unclear": "The account did not answer clearly; try again later, and nothing will be there twice.",
        "kept-otherwise": "The account has a workout, but not as it was sent; look at it before you run it.",
        "logged-out": "You are not logged in, or no longer; the message says how to log in.",
        "login-failed": "The login did not succeed; check what you typed, or the key.",
        "marker": "A line of the notes begins with `negsplit:`, which is how our workouts are known; change the line.",
        "not-handed-on": "The account has a workout but could not hand it on to a watch; the message says why.",
        "not-ours": "Workouts in the account look like these but are somebody else's; nothing was touched.",
        "not-queued": "A workout was not sent on to the watch; look at it in Garmin Connect.",
        "overtaken": "Somebody changed this in the account while you were asked; run the command again, it looks anew.",
        "rate-limited": "The account takes no more requests for now; wait until the time in the message.",
        "same-workout": "Two workouts would be one in the account; give one of them another name or `id:`.",
        "twice-on-watch": "Two accounts would send the same workouts to one watch; keep them in one of the two.",
    },
}
"""By what they are about, in the order of the page; a test holds them equal to :data:`negsplit.codes.Code`."""


def page() -> str:
    """The text of ``docs/codes.md``."""
    return _HEAD + "".join(f"{line}\n" for line in _body())


def _body() -> Iterator[str]:
    for title, meanings in MEANINGS.items():
        yield f"\n## {title}\n"
        for code, meaning in meanings.items():
            yield textwrap.fill(
                f"* `{code}`: {meaning}", 120, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
            )


if __name__ == "__main__":
    print(page(), end="")
