"""How patterns are written here: a space in a phrase matches any white space, line ends included."""

from __future__ import annotations

import re
import unicodedata

UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"

# A look-behind needs a fixed width, so its spaces stay single.
_LOOK_BEHIND = re.compile(r"(\(\?<[=!][^()]*\))")

# Cyrillic capitals that scanning programs put for Latin ones.
_LOOK_ALIKES = str.maketrans("АВСЕНІКМОРТХаеорсух", "ABCEHIKMOPTXaeopcyx")
# Old and new placing of the tone mark; each pair has the same length, so offsets stay.
_OLD_TONES = {"uỷ": "ủy", "Uỷ": "Ủy", "UỶ": "ỦY", "quí": "quý", "Quí": "Quý"}


def phrase(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern in which a plain space stands for white space: " " one or more, " ?" and " *" any."""
    pieces = _LOOK_BEHIND.split(pattern)
    for index in range(0, len(pieces), 2):
        loose = pieces[index].replace(" ?", r"\s*").replace(" *", r"\s*")
        pieces[index] = loose.replace(" ", r"\s+")
    return re.compile("".join(pieces), flags)


def masked(text: str) -> str:
    """The text with markup, pipes and footnote marks blanked out, character for character."""
    mask = text.translate(_LOOK_ALIKES)
    for old, new in _OLD_TONES.items():
        mask = mask.replace(old, new)
    mask = re.sub(r"[*\t\xa0\u200b\ufeff|]", " ", mask)
    mask = re.sub(r"(?m)^#{1,6}(?=\s|$)", lambda m: " " * len(m.group()), mask)
    return re.sub(r"(?<=\S)\[\d{1,3}\]", lambda m: " " * len(m.group()), mask)


def plain(text: str) -> str:
    """Words as they would be said aloud: NFC, no markup, single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).replace("*", "")).strip()
