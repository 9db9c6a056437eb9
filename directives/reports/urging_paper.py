"""An urging letter as a paper: the frozen words of `urging_content`, for the clerk to number (Decree 30, Annex I)."""

from __future__ import annotations

from directives.models import UrgingLetter
from directives.reports.paper import (
    Annex,
    Block,
    Column,
    End,
    Heading,
    Kind,
    Letterhead,
    Paper,
    Paragraph,
    Row,
    Style,
    Table,
)
from directives.reports.record import Record
from directives.reports.urging_content import printed

# Of the five columns that every list has, and of the days in the third.
WIDTHS = (6, 39, 16, 19.5, 19.5)
KINDS = (Kind.NUMBER, Kind.TEXT, Kind.DATE, Kind.TEXT, Kind.TEXT)


def file_name(letter: UrgingLetter, ending: str) -> str:
    """ "Công văn 05-LMHTX-VP gửi Sở KH&ĐT.docx"; of a draft without the number."""
    what = f"Công văn {letter.code}" if letter.is_issued else "Dự thảo công văn"
    return f"{what} gửi {letter.agency.short_name}.{ending}".replace("/", "-")


def paper_of(letter: UrgingLetter) -> Paper:
    """What is printed of a letter; the same for as long as it is kept."""
    said = printed(letter)
    office, lists = said["office"], _lists(said)
    annexes = [Annex(said["annex"], said["with"], lists, is_landscape=False)] if said["annex"] else []
    return Paper(
        letterhead=Letterhead(
            parent=office["parent_name"],
            name=[office["name"]],
            number=said["number"],
            dateline=f"{office['place']}, {said['dateline']}",
            about=f"V/v {said['about']}",
        ),
        addressed=[said["to"]],
        blocks=[*_before(said), *([] if annexes else lists), *_after(said)],
        end=End(office["signs_as"], [*office["recipients"], office["kept_at"]], office["signer"]),
        annexes=annexes,
        title=f"V/v {said['about']}",
        author=office["called"],
        is_illustrative=said["is_illustrative"],
    )


def _before(said: Record) -> list[Block]:
    """The last one leads to the list, where the list stands in the text."""
    *texts, last = said["before"]
    return [*map(Paragraph, texts), Paragraph(last, Style.BODY if said["annex"] else Style.LEADS)]


def _after(said: Record) -> list[Block]:
    *texts, last = said["after"]
    return [*map(Paragraph, texts), Paragraph(last, Style.CLOSING)]


def _lists(said: Record) -> list[Block]:
    """A table for each group, under its name where there are two."""
    blocks: list[Block] = []
    for group in said["groups"]:
        blocks += [Heading(group["title"])] if group["title"] else []
        blocks.append(_list(group))
    return blocks


def _list(group: Record) -> Table:
    columns = zip(group["columns"], WIDTHS, KINDS, strict=True)
    return Table(
        columns=[Column(title, width, kind) for title, width, kind in columns],
        rows=[Row([tuple(texts) for texts in row]) for row in group["rows"]],
        head_column=1,
    )
