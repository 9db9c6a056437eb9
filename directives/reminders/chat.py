"""The text of a letter for chat: as a gateway takes it, or as somebody pastes it into Zalo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from directives.reminders.lines import Letter, Line
from directives.templatetags.kttt import day as day_words


def chat_text(letter: Letter, day: date) -> str:
    """Short plain lines, each task with its link; without anybody's words, for others' hands pass it on."""
    return "\n".join(_lines(letter, day))


def _lines(letter: Letter, day: date) -> Iterator[str]:
    if letter.illustrative:
        yield "*** DỮ LIỆU MINH HOẠ, không phải yêu cầu thật ***"
    to = f" {letter.agency}" if letter.agency else " quý cơ quan"
    yield f"Kính gửi{to}: nội dung cần quan tâm đến ngày {day_words(day)} trong Sổ theo dõi nhiệm vụ KTTT."
    for section in letter.sections:
        yield ""
        yield f"{section.group.heading.upper()} ({len(section.lines)} {section.group.noun})"
        for number, line in enumerate(section.lines, 1):
            yield f"{number}. {line.text}{_term(line)}"
            for carrier in line.carriers:
                name = "" if letter.agency else f"{carrier.name}: "
                yield f"   {name}{carrier.url}"
        yield section.group.request
    yield ""
    yield "Trân trọng cảm ơn."


def _term(line: Line) -> str:
    return f" ({line.term.lower()} {day_words(line.deadline)}, {line.days})" if line.deadline else ""
