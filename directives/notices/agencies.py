"""Names of bodies in running text: where one stands, where it ends, how a list of them divides."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .patterns import UPPER, phrase, plain
from .vocabulary import BODY, LOOSE_BODY, NAME_GUARDS, NOUN_GUARDS, VERB, WEAK_VERB

_REACH = 280
_FACT = phrase(r"(?<!\w)(?:đã|được|đang|còn|là|sẽ|vẫn|chưa)(?!\w)")
_PARENS = re.compile(r"\([^()]{0,200}\)")
_CONNECTOR_END = phrase(r"(?:,|và|của|với|tại|về|theo|trong|cho|để|\() *\Z")
_PLACES = phrase(rf"[{UPPER}]\w*(?: [{UPPER}]\w*){{0,4}}(?:(?:,| và) [{UPPER}]\w*(?: [{UPPER}]\w*){{0,4}}){{0,70}} *")
# "Các đơn vị: Sở A, Sở B …" names A and B.
_GENERIC = phrase(r"[Cc]ác (?:đơn vị|cơ quan|cơ quan, đơn vị|sở, ngành|sở, ban, ngành|địa phương) *\Z")
# Ministries and departments whose own name holds "và".
_OWN_AND = phrase(
    r"(?:[Pp]hát triển|[Mm]ôi trường|[Đđ]ầu tư|[Cc]ông nghệ|[Đđ]ào tạo|[Xx]ã hội|[Tt]ruyền thông|[Dd]u lịch|[Tt]ôn giáo|"
    r"[Tt]rẻ em|[Dd]ân vận|[Tt]hể thao|[Gg]ia đình|Nhi đồng|ngành|địa phương|đơn vị|tổ chức|cơ quan|thị xã|thành phố|hợp tác xã)\b"
)


@dataclass(frozen=True)
class Subject:
    """A body that is the subject of an instruction: its name's span, and where the verb begins."""

    start: int
    end: int
    verb: int


def without_parens(piece: str) -> str:
    """The piece with what stands in brackets blanked out, same length."""
    return _PARENS.sub(lambda m: " " * len(m.group()), piece)


def find_verb(mask: str, start: int, end: int) -> int | None:
    """Offset of the first verb that is no part of a name, or None."""
    piece = without_parens(mask[start : min(end, start + _REACH)])
    for hit in VERB.finditer(piece):
        before = piece[max(0, hit.start() - 14) : hit.start()]
        if hit.start() and _is_in_name(hit.group(), before):
            continue
        return start + hit.start()
    return None


def _is_in_name(verb: str, before: str) -> bool:
    if verb.startswith(("tổ", "chủ trì")) and NOUN_GUARDS.search(before):
        return True
    return bool(WEAK_VERB.match(verb) and NAME_GUARDS.search(before))


def is_agency_name(mask: str, start: int, end: int) -> bool:
    """Whether the whole span is a body's name and nothing else."""
    piece = without_parens(mask[start:end]).rstrip(" :\n")
    if piece.isupper():
        piece = (
            piece[:1] + piece[1:].lower() if not piece.startswith(("UBND", "HĐND")) else piece[:4] + piece[4:].lower()
        )
    if not 1 < len(piece) <= 260 or re.search(r"[.;:!?]", piece) or _CONNECTOR_END.search(piece):
        return False
    return bool(BODY.match(piece)) and find_verb(piece, 0, len(piece)) is None


def subject_at(mask: str, start: int, end: int) -> Subject | None:
    """The body that stands here as the subject of a verb ("Bộ Tài chính chủ trì …"), or None."""
    if not BODY.match(mask, start, end):
        return None
    verb = find_verb(mask, start, end)
    stop = re.search(r"[.;:]", without_parens(mask[start : min(end, start + _REACH)]))
    if stop and (verb is None or start + stop.start() < verb):
        verb = _after_places(mask, start, start + stop.start(), end) if stop.group() == ":" else None
    if verb is None or verb == start:
        return None
    name = mask[start:verb].rstrip(" ,\n")
    if _FACT.search(without_parens(name)) or _CONNECTOR_END.search(name):
        return None
    return Subject(start, start + len(name), verb)


def _after_places(mask: str, start: int, colon: int, end: int) -> int | None:
    """Where the verb begins after "các tỉnh: Hà Tĩnh, Huế …", a list that belongs to the name."""
    if not re.search(r"\b[Cc]ác\b", mask[start:colon]):
        return None
    at = colon + 1
    while at < end and mask[at].isspace():
        at += 1
    if _GENERIC.match(mask, start, colon) and BODY.match(mask, at, end):
        return find_verb(mask, at, end)
    places = _PLACES.match(mask, at, min(end, at + _REACH))
    if not places:
        return None
    verb = find_verb(mask, places.end(), end)
    return verb if verb == places.end() else None


def split_names(phrase_text: str) -> list[str]:
    """Divide a list of bodies; in "các Bộ A, B" and "huyện A và B" each gets its head noun back."""
    names: list[str] = []
    head = ""
    for piece in _pieces(plain(phrase_text).strip(" ,.;:")):
        piece = piece.strip(" ,;:")
        if not piece:
            continue
        grouped = re.match(
            rf"(?:[Cc]ác\s+)?(Bộ|Sở|[Hh]uyện|[Tt]ỉnh|[Xx]ã|[Pp]hường|UBND\s+\w+|[Tt]hị xã|[Tt]hành phố):?\s+(?=[{UPPER}])",
            piece,
        )
        if grouped:
            head = grouped.group(1)
            names.append(f"{head} {piece[grouped.end() :]}" if piece[:3].lower() == "các" else piece)
        elif head and piece[0].isupper() and not BODY.match(piece):
            names.append(f"{head} {piece}")
        else:
            head = ""
            names.append(piece)
    return names


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    last = 0
    for joint in re.finditer(r"\s*[,;]\s+(?:và\s+)?|\s+và\s+", text):
        rest = text[joint.end() :]
        if not _parts_here(text[last : joint.start()], joint.group(), rest):
            continue
        pieces.append(text[last : joint.start()])
        last = joint.end()
    return [*pieces, text[last:]]


def _parts_here(before: str, joint: str, rest: str) -> bool:
    if before.count("(") > before.count(")"):
        return False
    if BODY.match(rest) or LOOSE_BODY.match(rest):
        # "các bộ, cơ quan, đơn vị liên quan" is one group.
        return (
            rest[:3].lower() == "các"
            or rest[0].isupper()
            or not re.match(r"[Cc]ác\b", before)
            or rest.startswith("chính quyền")
        )
    if "," in joint or ";" in joint:
        return rest[:1].isupper() and not re.match(r"(?:Thể thao|Thương binh|Hướng nghiệp)", rest)
    return rest[:1].isupper() and not _OWN_AND.match(rest)
