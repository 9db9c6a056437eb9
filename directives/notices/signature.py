"""The foot of a document: recipients (Nơi nhận), and who signed, as what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .layout import Line
from .patterns import UPPER, phrase, plain

RECIPIENTS = phrase(r"[Nn][ơo]i nhận\s*:?")
_SIGNED_AS = phrase(
    r"(?:TL|KT|TM|TUQ|Q)\s?\.|[TK]/[MTL]\b|"
    r"(?:CHỦ (?:TỊCH|NHIỆM)|PHÓ|CHÁNH|THỦ (?:TƯỚNG|TRƯỞNG)|BỘ TRƯỞNG|THỨ TRƯỞNG|GIÁM ĐỐC|TRƯỞNG|BÍ THƯ|"
    r"TỔNG (?:GIÁM ĐỐC|CỤC TRƯỞNG|THƯ KÝ|BÍ THƯ)|(?:VỤ|CỤC|VIỆN|HIỆU|CHI CỤC) TRƯỞNG)\b"
)
_ON_BEHALF = re.compile(r"(?:TL|KT|TM|TUQ|Q)\s?\.|[TK]/[MTL]\b")
_CAPITALS = re.compile(rf"[{UPPER}][{UPPER} .,/\-–()]{{2,}}")
_NAME = re.compile(rf"(?:[{UPPER}][^\W\d_]*[a-zà-ỹ]\w*)(?:\s+[{UPPER}][^\W\d_]*){{1,4}}\Z")
# Recipients on the left and signature on the right of the same line.
_COLUMNS = re.compile(r"(?<=[;.:)\w]) {4,}(?=[^\W\d_])")
_ITEM = re.compile(r"(?:^|(?<=[;.])\s*|\s{2,})[-–+•]\s*")


@dataclass(frozen=True)
class Foot:
    """Recipients, titles and name of the signer; where each begins and the whole ends."""

    start: int
    end: int
    recipients: tuple[str, ...]
    signed_as: tuple[str, ...]
    signer: str | None
    signature_start: int


def foot_start(mask: str, lines: list[Line], after: int) -> int:
    """Index of the first line of the foot: "Nơi nhận" or the signer's title; len(lines) when there is none."""
    for index, line in enumerate(lines):
        if line.start < after:
            continue
        if RECIPIENTS.match(mask, line.start, line.end) or _is_title(mask[line.start : line.end]):
            return index
    return len(lines)


def foot_of(mask: str, lines: list[Line], first: int) -> Foot:
    """Read the foot, whose first line is lines[first]."""
    foot = lines[first : first + 120]
    if not foot:
        return Foot(len(mask), len(mask), (), (), None, len(mask))
    recipients: list[str] = []
    titles: list[str] = []
    signer, end, signature = None, foot[0].end, None
    for line in foot:
        end = line.end
        for words in _COLUMNS.split(mask[line.start : line.end]):
            if _is_recipient(words) or (signature is None and not _is_title(words)):
                _receive(words, recipients)
                continue
            signature = line.start if signature is None else signature
            signer = _sign(words, titles)
        if signer or len(titles) > 6:
            break
    return Foot(
        foot[0].start,
        end,
        tuple(r.rstrip(" ;") for r in recipients),
        tuple(titles),
        signer,
        end if signature is None else signature,
    )


def _is_recipient(words: str) -> bool:
    return bool(RECIPIENTS.match(words)) or words.startswith(("- ", "– "))


def _is_title(words: str) -> bool:
    capitals = _CAPITALS.match(words)
    if not capitals or not _SIGNED_AS.match(words):
        return False
    rest = plain(words[words.rfind(" ", 0, capitals.end()) + 1 :]) if capitals.end() < len(words) else ""
    return not rest or bool(_ON_BEHALF.match(words)) or bool(_NAME.match(rest))


def _receive(words: str, recipients: list[str]) -> None:
    words = RECIPIENTS.sub("", words, count=1)
    for index, piece in enumerate(_ITEM.split(words)):
        piece = plain(piece)
        if not piece:
            continue
        if index == 0 and recipients and not re.match(r"\s*[-–+•]", words):
            recipients[-1] += " " + piece
        else:
            recipients.append(piece)


def _sign(words: str, titles: list[str]) -> str | None:
    """Take a line of the signature: its capitals are titles; the name that follows is returned."""
    capitals = _CAPITALS.match(words)
    cut = capitals.end() if capitals else 0
    while cut and cut < len(words) and not words[cut - 1].isspace():
        cut -= 1
    title, rest = plain(words[:cut]), plain(words[cut:])
    for piece in re.split(r"(?<=[^.,]) (?=PHÓ |KT\.)", title) if title else []:
        if titles and (titles[-1].endswith(",") or not _SIGNED_AS.match(piece)):
            titles[-1] += " " + piece
        else:
            titles.append(piece)
    rest = re.sub(r"^(?:\((?:Đã ký|đã ký)\)|Đã ký:?)\s*", "", rest)
    return rest if _NAME.match(rest) else None
