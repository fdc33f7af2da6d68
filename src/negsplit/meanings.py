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

Every message has a code, in square brackets after `error`, `warning` or `note`. The message itself says where the
problem is and what to write instead; this page says what each code means in general. Codes never change, so your
scripts and editors can rely on them. Codes such as `S-CAP`, `W-EASY` and `PL02` belong to the
[coach's rules](rules.md).

This page is made by `make docs`.
"""

MEANINGS: Final[Mapping[str, Mapping[Code, str]]] = {
    "Reading a file": {
        "alias-cycle": "An anchor (`&name`) contains its own alias (`*name`); write that part out.",
        "comment": "A `#` with text right after it hides the rest of its line; quote the text, or add a space.",
        "directive": "A line that begins with `%` is an instruction to YAML that is not used here; delete it.",
        "duplicate-anchor": "Two anchors (`&name`) have the same name; rename one of them.",
        "duplicate-key": "The same key, pace or day is there twice; keep one of them.",
        "empty-document": "There is nothing in it; start with `workout:`, `plan:` or `athlete:`.",
        "empty-key": "A colon, a name or a rule has nothing in front of it; write the name.",
        "encoding": "The file is not UTF-8 text; save it as UTF-8 in your editor.",
        "fit-file": "This is a FIT file, not YAML; `negsplit inspect` shows what is in it.",
        "key-type": "A list or a mapping is used as a key; put text that begins with `[` or `{` in quotes.",
        "merge-key": "`<<` does not merge mappings in this language; write the keys out.",
        "tag": "A word that begins with `!` means something to YAML but not here; leave it out, or quote the text.",
        "too-deep": "Too many brackets, repeats, paces or files are nested inside one another; write some of them out.",
        "too-large": "The file is too large to be read; split it into several.",
        "too-many-nodes": "The file has too many keys, values and lists to be read; split it into several.",
        "unreadable": "The file or folder cannot be opened; check its name, and whether you may read it.",
        "yaml-syntax": "This is not valid YAML, often for want of a quote, bracket or space; fix the place shown.",
    },
    "The parts of a document": {
        "bad-name": "A name has a character or a beginning that names cannot have; use letters and digits.",
        "empty": "A value is missing; fill it in, or leave the whole key out.",
        "first-key": "The key that says what this is must come first; move it to the top of its document or step.",
        "id": "An `id:` has only small letters, digits and dashes; choose another.",
        "missing-key": "A key is missing that is always needed here; add it.",
        "no-effect": "This changes nothing; leave it out, or move it to where it counts.",
        "not-a-document": "This is not a document, or one too many for its file; start it with its kind, or split it.",
        "other-kind": "A workout, a plan or an athlete is used where another of them is needed; name the other file.",
        "said-twice": "The same thing is said in two places; leave one of them out.",
        "too-long": "A name, text or number is too long; shorten it.",
        "unknown-key": "There is no such key here; check its spelling, or put text that contains `: ` in quotes.",
        "unknown-rule": "There is no rule with that name; pick one from [the list](rules.md).",
        "unknown-step": "A step cannot start with this word; start with a role such as `run`, or with `repeat`.",
        "unknown-style": "There is no progression with that name; the message lists all there are.",
        "unknown-value": "This key takes one of a few words, and this is not one of them; the message lists them.",
        "wrong-form": "A list, a single value or a mapping is used where another of them is needed; write that one.",
    },
    "Steps": {
        "bare-step": "A step in a repeat has neither a role nor a target, so it is a run; write `recover` or `run`.",
        "empty-cue": "There is nothing after `--`; add a cue, or leave the `--` out.",
        "empty-step": "There is no step before or after a comma; remove the comma, or write the step.",
        "incomplete": "The text ends too early; the message says what is missing.",
        "missing-duration": "A step needs a time, a distance or `lap` before its target or cue.",
        "parenthesis": "A parenthesis is opened and not closed, or the other way round; add its partner or remove it.",
        "quote": "A quote is never closed, or a cue with commas or parentheses needs quotes around it.",
        "repeat": "A repeat is a number, `x` and parentheses, as in `4x(400 m @ 5k, 1 min)`.",
        "target-first": "A target comes after the duration and `@`, before any cue: `10 min @ easy -- relaxed`.",
        "targets": "These targets do not go together, or are more than a step can have; keep the most important ones.",
        "trailing-text": "There is text after the end of a step or a value; remove it, or put a comma between steps.",
        "two-roles": "A step has one role; write two steps, or make one of the words a cue.",
        "unexpected": "This does not belong here; the message shows how it is written.",
    },
    "Amounts, paces and other targets": {
        "bad-character": "A digit comes from another script; use the digits 0 to 9.",
        "clock": "`1:15` is minutes and seconds; with hours write `1:15:00`, and a pace as `4:40`.",
        "cycle": "A pace, block or file uses itself, directly or through others; write out one of them.",
        "decimal": "A number is written with a comma or as a fraction; use a point, as in `0.5`.",
        "duplicate-pace": "One pace has two names or spellings here; leave one of them out.",
        "kind": "This is the wrong kind of value, such as a pace where a time is needed; the message says which.",
        "metres": "`m` is metres, and here that is unlikely; write `min` or `mi`, or `metres` if it is.",
        "missing-unit": "A number has no unit; add one, such as `min`, `km` or `/km`.",
        "needs-athlete": "This depends on who runs it; add the number to your athlete file, or use `--athlete`.",
        "number": "A number cannot be read the way it is written; write it in plain digits.",
        "offset": "Write `+ 5 s/km` once, right after the name of a pace.",
        "order": "A word comes before its number; swap the two.",
        "out-of-bounds": "A value is too small or too large to make sense here; the message gives the limits.",
        "percentage": "It is not clear what this is a percentage of; add a pace, `HRmax`, `HRR`, `LTHR` or `CP`.",
        "range": "A range is two numbers with one unit, as in `8..10 min`, and cannot be used everywhere.",
        "reserved-name": "The language already uses this word; give your pace another name.",
        "sign": "A number takes no plus or minus here; leave it out.",
        "single-value": "Both ends of a target are the same, and stay so; write the value once to widen it.",
        "tolerance": "`±` widens one pace, heart rate or power; leave it out, or write both ends.",
        "too-precise": "There are more decimals than can be kept; round to three or fewer.",
        "unknown-name": "There is no pace with that name; check its spelling, or define it under `paces:`.",
        "unknown-unit": "There is no such unit; the message lists the ones you can use.",
        "whole-number": "Only a whole number makes sense here; round it.",
    },
    "Repeats, progressions, walk-runs and ladders": {
        "drop": "A cut-down without `to` needs one `drop`; if you give both ends, the `drop` must fit them.",
        "end-on": "`end_on` needs whole rounds; leave it out, or write `repeats:` instead of `total:`.",
        "finish": "`finish` and `every` must fit into the total; shorten them.",
        "ladder-target": "A ladder needs one target for all of its rungs, or one for each.",
        "last-recovery": "`last_recovery: skip` needs a counted repeat that ends in a recovery; else leave it out.",
        "not-faster": "This progression should get faster, and does not; look at its first and last pace.",
        "paces": "This progression needs another number of paces; thirds need three, parts one for each part.",
        "progression": "`A -> B` goes once from one pace to another, over a total that can be cut; see the message.",
        "recover": "The recoveries of this ladder are not written as recoveries, or are too few or too many.",
        "rounds": "This walk-run does not come out in whole rounds; change its total or its halves.",
        "splits": "You did not say how long the splits of a progression are, so they follow the unit of its total.",
        "too-few-parts": "The total is too short for two parts; make it longer, or its parts shorter.",
        "too-many-steps": "With all its repeats the workout has too many steps; write fewer or longer ones.",
        "total": "A total with a repeat in it cannot be worked out, or the steps do not come to `adds_up_to`.",
        "walk-run": "A walk-run needs both halves, as in `run 1 min / walk 2 min`.",
    },
    "Params, blocks and other files": {
        "missing-param": "A param has no value; give it a default, or a value under `with:`.",
        "not-a-workout": "The file you use has no workout, or more than one; name a file with one workout.",
        "param": "The default of a param cannot use other params; write the value itself.",
        "too-much": "Everything you use comes to too much; use fewer or shorter blocks and values.",
        "two-paces": "Two files you use have the same name for different paces; say which you mean under `paces:`.",
        "unknown-block": "There is no block or file with that name; check its spelling and its folder.",
        "unknown-param": "There is no param with that name here; check its spelling, or write `$$` for a dollar sign.",
        "unused-param": "A param is declared, but no step or session uses it; use it, or take it out.",
    },
    "Plans": {
        "date": "A plan or a race cannot have this date; write one like `2027-04-18`.",
        "day": "A key under `days:` is neither a weekday nor a date; write `week 6:` or a date.",
        "duplicate-day": "A session names the same day twice; leave one of them out.",
        "follows": "The plan before this one cannot be read, is not over yet, or follows this one; see the message.",
        "later-result": "All your results are from after the plan begins; the earliest counts from the beginning.",
        "left-out": "Something is left out of the result, such as a session after the race; the message says what.",
        "many-workouts": "The plan has more workouts than some watches keep; compile a few weeks with `--weeks`.",
        "no-plan": "A coach would stop a plan like this; the message says why, and which plan would do.",
        "not-a-plan": "The file is not a plan; name one that begins with `plan:`.",
        "session": "A session has exactly one thing to do, such as `use:`, `steps:`, `rest:` or `race:`.",
        "time": "This is not a time of day; write it like `06:30`.",
        "too-many-mistakes": "There are so many mistakes that some sessions were not read; fix the others first.",
        "too-many-sessions": "The plan has too many sessions; write fewer weeks or sessions.",
        "unknown-plan": "There is no plan with that name; check its spelling and its folder.",
        "weekday": "This is not a day of the week; write `mon` to `sun`.",
        "weeks": "These weeks cannot be read, or the plan does not have them; write `4`, or `2-6`.",
    },
    "Athletes": {
        "beyond-tables": "Your VDOT is below 30, beyond the printed tables; go by effort first.",
        "easy-by-effort": "Your easy pace would be a walk, so `easy` is an effort: RPE 3, run and walk as you like.",
        "end-of-input": "Some questions were not answered; run the command in a terminal, or answer with options.",
        "heart-rate-order": "Resting, threshold and maximum heart rate must go up in that order.",
        "heart-rate-range": "No heart beats that slowly or that fast; write the heart rate in beats per minute.",
        "long-race": "A result beyond a marathon or five hours says little about other paces; add a shorter race.",
        "no-athlete": "There is no such athlete, or none at all; name an athlete file, or give a result in quotes.",
        "race-without-date": "If you give several results, each needs its date, so that the newest ones count.",
        "results-apart": "Two of your results do not agree; the message says which pace comes from which.",
        "several-athletes": "There are several athletes to choose from; pick one with `--athlete`.",
        "short-race": "A race this short says little about longer distances; give one of 3 km or more if you can.",
        "unknown-race": "There is no race distance with that name; write a distance such as `5 km`.",
        "unlikely-history": "Hardly anybody has run weeks like these; check the numbers and their unit.",
        "unlikely-race": "Nobody runs a result like this; check the distance, and the time as m:ss or h:mm:ss.",
        "unlikely-threshold": "Nobody has a threshold like this; write the pace you could race at for an hour.",
        "athlete-zones": "The heart-rate zones come from your athlete file; your watch may be set to other ones.",
        "zone-edges-few": "Heart-rate zones need one edge more than there are zones.",
        "zone-edges-order": "Each edge of the zones must be above the one before it.",
        "zones-apart": "The workout uses both pace zones and heart-rate zones; say which one you mean each time.",
        "zones-need-number": "These zones need a heart rate that your athlete file lacks; add it, or choose others.",
    },
    "What a watch makes of it": {
        "degraded": "The watch runs or shows something differently from what you wrote; the message says what.",
        "device": "This watch shares its profile with another one; there is nothing to do.",
        "many-steps": "Some watches refuse this many steps; use repeats, or make it two workouts.",
        "same-name": "A watch may mix up two workouts whose names begin alike; put what is different first.",
        "unsupported": "This watch cannot run the workout; change what the message names, or choose another device.",
    },
    "Files of other programs": {
        "draft": "A draft has questions left; answer each at its `# ?` line, and take the line out.",
        "foreign-form": "`import` does not know the form of this file, or knows several; say which with `--from`.",
        "no-dates": "A plan of weeks does not say when it begins; add `--start` or `--race`.",
        "refused": "A workout of the file, or all of it, could not be read; the message says where and why.",
    },
    "Files in and out": {
        "busy": "Another negsplit is writing to the same folder; try again when it is done.",
        "differs": "What was read comes out a little different in the language; look it over.",
        "exists": "The file is already there, and you may have written it yourself; name it with `-o` to replace it.",
        "file-exists": "A file with that name is already there and is kept; choose another name, or use `--force`.",
        "leftover": "Everything is written, but a helper file could not be removed; the next run removes it.",
        "manifest": "`manifest.json` in the folder is not from a plan; move it away, or replace it with `--force`.",
        "not-a-workout-file": "The file is not a valid FIT workout; `negsplit inspect` tells you more about it.",
        "nothing-found": "There is nothing in these files or folders that the command can use; check the paths.",
        "other-plan": "The folder belongs to another plan; name a different one with `-o`.",
        "old-archive": "An archive of an earlier run lies beside files that could not all be made; do not hand it on.",
        "own-plan": "Beside an athlete file lies a plan of that name; it counts for them if it uses the group's plan.",
        "cluster": "The Dask cluster that you named cannot be used; the message says why.",
        "no-browser": "A browser draws PNG and PDF files, and none is installed that can; print the page yourself.",
        "rendering": "The browser made no PNG or PDF of this page; the message says why, and `-o x.html` needs none.",
        "passed-over": "A file or folder was skipped; name it if you want it too.",
        "same-output": "Two workouts would be written to one file, or one over its source; give another name.",
        "several-workouts": "One file cannot hold several workouts in this form; name a folder with `-o`.",
        "state": "What negsplit remembers on this computer cannot be read or written; the message says where it is.",
        "unfinished": "The plan in this folder was not compiled to the end; compile it again first.",
        "unwritable": "The file cannot be written; check the folder, and whether you may write there.",
    },
    "The watch": {
        "no-such-workout": "Nothing that negsplit copied has that name; `negsplit watch contents` lists what is there.",
        "no-watch": "No watch was found; plug it in, unlock it, and try again.",
        "not-all-seen": "Part of the watch could not be read; what is there stays as it is.",
        "several-watches": "More than one watch is connected; choose one with `--watch`.",
        "watch-busy": "Another program is using the watch; close it and try again.",
        "watch-full": "The watch is full; delete old activities or music on it.",
        "watch-gone": "The watch is no longer connected; plug it in again and repeat the command.",
        "watch-missing": "A file or folder that should be on the watch is not there.",
        "watch-not-allowed": "Your system does not let you use the watch; the message says how to allow it.",
        "watch-overflow": "There will be more workouts than the watch keeps; remove old ones first.",
        "watch-read-only": "Nothing can be written to the watch; eject it and plug it in again.",
        "watch-refused": "The watch takes no workouts, or something on it is not as it should be and is left alone.",
        "watch-schedule": "The watch will not show part of the schedule; the message says which days.",
        "watch-taken": "The watch already has a file with that name that negsplit did not write; it stays.",
        "watch-untried": "Nobody has tried this way of copying yet; `--experimental` does it anyway.",
        "watch-unusable": "The answer of the watch makes no sense; restart the watch and try again.",
    },
    "The account": {
        "account-address": "The address set for tests does not point to this computer; unset it.",
        "account-not-installed": "The part that talks to Garmin is not installed; the message says how to add it.",
        "same-account": "Two of your logins open one account; whoever is not its owner logs in once more.",
        "account-refused": "The account refused this, and nothing was changed; the message gives its reason.",
        "account-setting": "A setting for tests has a value that makes no sense; unset it.",
        "account-unclear": "The account gave no clear answer; try again later, and nothing will be there twice.",
        "kept-otherwise": "The account has a workout, but not the way it was sent; look at it before you run it.",
        "logged-out": "You are not logged in, or not any more; the message says how to log in.",
        "login-failed": "The login failed; check what you typed, or the key.",
        "marker": "A line of your notes begins with `negsplit:`, which marks workouts as ours; change the line.",
        "not-handed-on": "The account has a workout but could not send it on to a watch; the message says why.",
        "not-ours": "Workouts in the account look like these, but negsplit did not send them; they were left alone.",
        "not-queued": "A workout was not sent on to the watch; look at it in Garmin Connect.",
        "overtaken": "Somebody changed this in the account while you were asked; run the command again.",
        "rate-limited": "The account takes no more requests for now; wait until the time in the message.",
        "same-workout": "Two workouts would become one in the account; give one of them another name or `id:`.",
        "twice-on-watch": "Two accounts would send the same workouts to one watch; keep them in only one of the two.",
    },
}
"""By what they are about, in the order of the page; a test holds them equal to :data:`negsplit.codes.Code`."""


def explained(code: Code, width: int) -> list[str]:
    """What a code means that is no rule's, in lines of at most ``width`` columns."""
    (meaning,) = (meanings[code] for meanings in MEANINGS.values() if code in meanings)
    return textwrap.wrap(f"{code}: {meaning}", width, break_long_words=False, break_on_hyphens=False)


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
