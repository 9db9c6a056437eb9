"""Who leads and who works along: "Chủ trì, phối hợp (chặt chẽ) (cùng) (với) …"."""

from __future__ import annotations

from .agencies import find_verb, split_names, without_parens
from .patterns import phrase, plain
from .vocabulary import BODY, LOOSE_BODY

_COORDINATE = phrase(
    r"(?i)(?<!\w)phối(?: hợp)?(?: (?:chặt chẽ|tốt|đồng bộ|thường xuyên|hiệu quả|cùng),?)*(?: với|, (?:hướng dẫn|hỗ trợ))? (?=\S)"
)
_LEAD = phrase(r"(?i)(?<!cơ quan )(?<!đơn vị )(?<!\w)chủ trì(?!\w)")
_LIST_END = phrase(
    r"[.;(]|(?<!ác Sở)(?<!ác sở)(?<!ác Bộ)(?<!ác huyện)(?<!ác tỉnh)(?<!ác xã)(?<!ác phường):|(?<!\w)(?:để|trong (?:việc|công tác|quá trình|lĩnh vực)|nhằm|theo|khi|tại|về việc)(?!\w)"
)
_THIRD_PARTY = phrase(
    r"(?i)(?<!\w)(?:chỉ đạo|đôn đốc|yêu cầu|tham mưu|vận động|mời|đề nghị)(?:,? (?:tham mưu )?(?:chỉ đạo|hướng dẫn|đôn đốc))* "
)
_ASKED = phrase(r"(?i:đề nghị|yêu cầu|mời)(?! và)")
_CLAUSE = phrase(r"[.;:](?= )")
_INTRO = phrase(r"(?i:[^.;:]{0,80}\bphối (?:hợp)?[^.;:]{3,220}):")


def intro_end(mask: str, start: int, end: int) -> int | None:
    """End of an opening "Chủ trì, phối hợp với …:", the colon included, or None."""
    intro = _INTRO.match(mask, start, end)
    return intro.end() if intro else None


def leads_explicitly(mask: str, start: int, end: int) -> bool:
    """Whether the text says of its own addressee "chủ trì"."""
    return any(not _other_subject(_clause_before(mask, start, hit.start())) for hit in _LEAD.finditer(mask, start, end))


def coordinating_in(mask: str, start: int, end: int) -> list[str]:
    """Names after "phối hợp …", in order, each once. Work ordered between third parties does not count."""
    names: list[str] = []
    for hit in _COORDINATE.finditer(mask, start, end):
        if _told_to_others(_clause_before(mask, start, hit.start())):
            continue
        names.extend(_names_from(mask, hit.end(), end))
    return list(dict.fromkeys(names))


def _clause_before(mask: str, start: int, at: int) -> str:
    piece = mask[max(start, at - 400) : at]
    breaks = [m.end() for m in _CLAUSE.finditer(without_parens(piece))]
    return piece[breaks[-1] :] if breaks else piece


def _told_to_others(clause: str) -> bool:
    for hit in _THIRD_PARTY.finditer(clause):
        # "Đề nghị Ủy ban … phối hợp" opens the task: the body is the addressee itself.
        if hit.start() == 0 and _ASKED.match(clause):
            continue
        if BODY.match(clause, hit.end()) or LOOSE_BODY.match(clause, hit.end()):
            return True
    return False


def _other_subject(clause: str) -> bool:
    """A body named after "theo hướng:" leads its own business, not the addressee's."""
    return ":" in clause[-3:] or _told_to_others(clause)


def _names_from(mask: str, at: int, end: int) -> list[str]:
    while at < end and mask[at].isspace():
        at += 1
    if not (BODY.match(mask, at, end) or LOOSE_BODY.match(mask, at, end)):
        return []
    piece = without_parens(mask[at : min(end, at + 320)])
    stop = _LIST_END.search(piece)
    limit = at + (stop.start() if stop else len(piece))
    verb = find_verb(mask, at, limit)
    return [name for name in split_names(plain(mask[at : verb or limit])) if len(name) > 1]
