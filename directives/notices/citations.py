"""Documents that the text cites: number, kind, date, issuer, abstract; and which task cites which."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from .dates import DAY, date_of
from .document import CitedDocument
from .patterns import UPPER, phrase, plain
from .vocabulary import CITED_TYPES, DOC_TYPES

_CODE = rf"[{UPPER}][A-Za-zĐđ]{{0,5}}"
_NUMBER = re.compile(
    rf"(?<![\w/.-])(?:\d{{1,5}}\s?/\s?\d{{4}}\s?/\s?{_CODE}\d{{0,2}}(?:\s?-\s?[{UPPER}][\w&]{{0,12}}){{0,3}}|"
    rf"\d{{1,5}}\s?/\s?{_CODE}(?:\s?-\s?[{UPPER}][\w&.]{{0,12}}\b){{1,3}}|"
    rf"\d{{1,5}}\s?-\s?{_CODE}\s?/\s?[{UPPER}][\w]{{0,11}}(?:-[{UPPER}]\w{{0,8}})?)(?![\w/])"
)
_TYPE_BEFORE = phrase(rf"({CITED_TYPES}) (?:số )?\Z")
_SHORT = phrase(rf"({CITED_TYPES}) (?:số )?(\d{{1,5}})(?![\w/-]|[.,]\d|\s?[/-]\s?\w)")
_BY = rf"(?:(?! (?:về|[Pp]hê duyệt|ban hành|quy định|ngày|để|theo|và (?:{CITED_TYPES})) )[^,;.():]){{2,90}}"
_AFTER = phrase(
    rf"\s*(?:của (?P<by>{_BY}))?(?:\s*,?\s*ngày {DAY})?(?: của (?P<by2>{_BY}))?"
    rf"(?:,? (?P<about>(?:về|[Pp]hê duyệt|[Bb]an hành|quy định) [^;.()…“”]{{5,300}}))?"
)
_ABOUT_END = phrase(rf"(?:,? và (?:{CITED_TYPES}) (?:số )?\d|, (?:trọng tâm|trong đó|như)|,? khóa [IVX]+ về).*")


@dataclass
class _Found:
    document: CitedDocument
    spans: list[tuple[int, int]] = field(default_factory=list)


class Citations:
    """The documents cited in a text, in order of first mention."""

    def __init__(self, mask: str, own: str | None, regions: Iterable[tuple[int, int]]) -> None:
        """Look for numbers in the given regions of the text; `own` is the document's own number."""
        self._found: dict[str, _Found] = {}
        self._mask = mask
        own_key = re.sub(r"\s+", "", own or "").lower()
        for start, end in regions:
            for hit in _NUMBER.finditer(mask, start, end):
                number = re.sub(r"\s+", "", hit.group()).rstrip(".-")
                if number.lower() != own_key:
                    self._add(number, hit)

    @property
    def documents(self) -> tuple[CitedDocument, ...]:
        return tuple(f.document for f in self._found.values())

    def within(self, start: int, end: int) -> tuple[str, ...]:
        """Numbers cited in the span, "Nghị quyết số 20" counted as the full number it stands for."""
        hits = [(s, key) for key, f in self._found.items() for s, _ in f.spans if start <= s < end]
        for short in _SHORT.finditer(self._mask, start, end):
            for key, f in self._found.items():
                same_type = f.document.doc_type == plain(short[1])
                if same_type and re.match(rf"{short[2]}\b", key):
                    hits.append((short.start(), key))
                    break
        return tuple(dict.fromkeys(key for _, key in sorted(hits)))

    def _add(self, number: str, hit: re.Match[str]) -> None:
        seen = describe(self._mask, number, hit.start(), hit.end())
        known = self._found.setdefault(number, _Found(seen))
        known.spans.append(hit.span())
        known.document = replace(
            known.document,
            **{
                name: getattr(known.document, name) or getattr(seen, name)
                for name in ("doc_type", "issued_on", "issuer", "abstract")
            },
        )


def describe(mask: str, number: str, start: int, end: int) -> CitedDocument:
    """What the words around one mention say of the document."""
    before = _TYPE_BEFORE.search(mask[max(0, start - 60) : start])
    after = _AFTER.match(mask, end, min(len(mask), end + 600))
    doc_type = plain(before[1]) if before else _type_of(number)
    if not after:
        return CitedDocument(number, doc_type, None, None, None, start, end)
    issuer = plain(after["by"] or after["by2"] or "").strip(" ,")
    about = _ABOUT_END.sub("", plain(after["about"] or "")).strip(" ,")
    return CitedDocument(number, doc_type, date_of(after), issuer or None, about or None, start, end)


def _type_of(number: str) -> str | None:
    code = re.search(rf"[/-]({_CODE})(?:[-/]|\Z)", number)
    return DOC_TYPES.get(code[1]) if code else None
