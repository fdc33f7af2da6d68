"""Prints the watches of the product table in garmin-fit-sdk's profile: ``make models`` keeps them in the package.

Names and numbers alone: what a watch holds is in no table.
"""

import re

from garmin_fit_sdk import Profile

WATCHES = re.compile(
    r"fr\d|fenix|epix|instinct|venu(?!.*daimler)|vivo_?active|enduro|marq|descent(?!_t)|tactix|d2|swim|lily"
)
FAMILY = re.compile(r"^(fr|fenix|epix|instinct|venu|venusq|vivoactive|enduro|tactix|swim|lily|d2)(?=\d|air|charlie)")
EDITIONS = re.compile("_(asia|apac|japan|jpn|china|chn|china_nfc|taiwan|twn|korea|kor|sea|emea|hebrew|russia)$")
"""A watch for a part of the world has a number of its own and is called as the others."""
WORDS = {"venu": "Venu", "venusq": "Venu Sq", "instinct": "Instinct", "enduro": "Enduro", "marq": "MARQ"}
WORDS |= {"descent": "Descent", "swim": "Swim", "lily": "Lily", "lte": "LTE", "music": "Music", "fr": "Forerunner"}


def called(product: str) -> str:
    """``fr255_small_music`` -> ``Forerunner 255 small Music``."""
    plain = EDITIONS.sub("", product).replace("vivo_", "vivo").replace("instinctE", "instinct_e")
    plain = re.sub(r"^(fr)(\d+)l$", r"\1\2_lte", re.sub(r"^(fr)(\d+)m$", r"\1\2_music", plain))
    plain = FAMILY.sub(r"\1_", plain).replace("2music", "2_music")
    words = " ".join(WORDS.get(word, word) for word in plain.lower().split("_"))
    return re.sub(r"(?<=\d)xt\b", "XT", words)


version = Profile["version"]
print("# Watches by the number of their product, the one in a part number: 006-B2691-00. Names alone, no limits.")
print(f"# From garmin-fit-sdk's FIT profile {version['major']}.{version['minor']}, written by `make models`.")
for number, product in sorted(Profile["types"]["garmin_product"].items()):
    if WATCHES.match(product) and "single_byte" not in product:
        print(number, called(product))
