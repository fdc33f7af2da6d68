"""Japanese kana in Latin letters, as Hepburn writes them.

anyascii reads character by character, which makes ``jiyogu`` of ``ジョグ``; what two of them mean together is
said here: small vowels and ya, yu, yo melt into the syllable before them, a small tsu doubles the next consonant.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_SMALL: Final = {
    **dict(zip("ぁぃぅぇぉゃゅょ", ("a", "i", "u", "e", "o", "ya", "yu", "yo"), strict=True)),
    **dict(zip("ァィゥェォャュョ", ("a", "i", "u", "e", "o", "ya", "yu", "yo"), strict=True)),
}
_DOUBLING: Final = "っッ"
_LONG: Final = "ー"
_SOFT: Final = ("sh", "ch", "j")
"""Consonants that have a y in them already."""


def is_kana(char: str) -> bool:
    """Whether it is a letter of hiragana or katakana, or the sign of a long vowel, at their usual width."""
    return "ぁ" <= char <= "ゖ" or "ァ" <= char <= "ヺ" or char == _LONG


def spelled(kana: str, read: Callable[[str], str]) -> list[str]:
    """The Latin letters of each character of a run of kana, given those of one; some have none of their own."""
    written: list[str] = []
    doubling = False
    for char in kana:
        if char in _DOUBLING:
            doubling = True
            written.append("")
            continue
        latin = "" if char == _LONG else read(char)
        if char in _SMALL and any(written):
            _melt(written, _SMALL[char])
            latin = ""
        if doubling and latin[:1] not in ("", *"aiueon"):
            latin = ("t" if latin.startswith("ch") else latin[0]) + latin
        doubling = False
        written.append(latin)
    return written


def _melt(written: list[str], vowel: str) -> None:
    """Puts a small vowel into the last syllable that has letters: ``ki`` and ``ya`` are ``kya``."""
    at = max(place for place, latin in enumerate(written) if latin)
    begins = written[at][:-1] or ("w" if written[at] == "u" else "")
    written[at] = begins + (vowel.removeprefix("y") if begins.endswith(_SOFT) else vowel)
