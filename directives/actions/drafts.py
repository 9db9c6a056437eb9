"""What may still be done to a draft: put right what was read of the document, or throw all of it away.

Nobody has been given anything yet. Once published, a directive stays as it is.
"""

from __future__ import annotations

import zlib
from datetime import date
from typing import Any

from agencies import registers
from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives.actions.locking import Stale, require_keeper
from directives.actions.read_fields import one_line
from directives.actions.turnstile import one_at_a_time
from directives.models import Addressee, Assignment, CitedDocument, Directive, Task

CORRECTABLE = ("number", "symbol", "doc_type", "issued_on", "place", "issuer", "title", "chair", "signer")
NEEDED = {"number": "số", "symbol": "ký hiệu", "doc_type": "loại văn bản"}
# Everything that may hang on a body; one on which nothing hangs is nobody's.
HANGS_ON_A_BODY = (
    "addressed",
    "assignments",
    "led_tasks",
    "coordinated",
    "bound_parts",
    "members",
    "groups",
    "people",
    "user_grants",
    "group_grants",
    "codes",
    "invitations",
    "successions",
    "predecessions",
    "submissions",
    "shelf",
    "coordinates",
    "reminders",
    "pauses",
    "endpoints",
    "urging_letters",
    "urgings",
    "reports",
)


def fingerprint(directive: Directive) -> int:
    """A number made of all that may be corrected: another one means that somebody has changed something."""
    return zlib.crc32("\x00".join(str(getattr(directive, name)) for name in CORRECTABLE).encode())


def require_draft(directive: Directive) -> Directive:
    """The directive, unless it is published: then agencies have it in their hands, and Refused is raised."""
    if directive.is_published:
        raise Refused(f"{directive.code} đã được công bố, nên không còn sửa hoặc bỏ được.")
    return directive


def locked_directive(pk: int) -> Directive:
    """The directive under a row lock. Raises Refused where somebody has just thrown it away."""
    found = Directive.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise Refused("Bản nháp này vừa được bỏ, không còn trong sổ.")
    return found


def correct_draft(
    *, directive: Directive, by: User | None, day: date, version: int | None = None, **changes: Any
) -> Directive:
    """Change some of `CORRECTABLE`; tasks and their deadlines stay as they were read.

    `version` is the fingerprint that the person saw. Raises Stale, or Refused: published, or an identity that
    another document has.
    """
    require_keeper(by)
    if unknown := changes.keys() - set(CORRECTABLE):
        raise TypeError(f"not to be corrected: {sorted(unknown)}")
    with acting(by, "correct_draft", day):
        # Two documents at once may be given the same number, here or by an import.
        one_at_a_time("import_notice")
        row = require_draft(locked_directive(directive.pk))
        _require_fresh(row, version)
        for name, value in changes.items():
            setattr(row, name, one_line(value) if isinstance(value, str) else value)
        require_identity(row)
        row.save(update_fields=changes)
        return row


def discard_draft(*, directive: Directive, by: User | None, day: date) -> None:
    """Delete a draft with all that only it has, and the bodies that nothing but its import brought in.

    The history keeps its rows, the shelf its file. Raises Refused for what is published.
    """
    require_keeper(by)
    with acting(by, "discard_draft", day):
        # An import that runs now may be giving work to one of the bodies.
        one_at_a_time("import_notice")
        row = require_draft(locked_directive(directive.pk))
        if row.withdrawn_on:
            raise Refused(f"{row.code} đã được rút khỏi sổ cùng sổ theo dõi cũ; vết đã ghi được giữ lại.")
        bodies = _brought_along(row)
        _delete(row)
        _delete_unused(bodies)


def _require_fresh(row: Directive, version: int | None) -> None:
    if version is not None and version != (present := fingerprint(row)):
        raise Stale(
            "Trong lúc ông/bà đang mở trang, người khác đã sửa thông tin của văn bản này. Thay đổi của ông/bà chưa "
            "được ghi; nội dung đã nhập vẫn còn. Xin xem lại rồi gửi lại nếu cần.",
            present,
        )


def require_identity(row: Directive) -> None:
    """Raises Refused unless number and symbol are there, and no other document has them with this date."""
    for name, words in NEEDED.items():
        if not getattr(row, name):
            raise Refused(f"Xin ghi {words}.", name)
    same = Directive.objects.kept().filter(number=row.number, symbol=row.symbol, issued_on=row.issued_on)
    if other := same.exclude(pk=row.pk).first():
        state = "đã công bố" if other.is_published else "bản nháp"
        raise Refused(f"{other.code} ngày {other.issued_on:%d/%m/%Y} đã có trong sổ ({state}).", "number")


def _brought_along(directive: Directive) -> list[int]:
    """Keys of the bodies that an import made for want of a known one; locked, so that nothing new hangs on them."""
    made = Agency.objects.filter(is_verified=False, sort_key__startswith=registers.UNVERIFIED_LAST)
    addressed = made.filter(pk__in=directive.addressees.values("agency"))
    return list(addressed.select_for_update().values_list("pk", flat=True))


def _delete(directive: Directive) -> None:
    """From the leaves to the root; parts and coordinators go with their task."""
    Assignment.objects.filter(task__directive=directive).delete()
    for model in (Task, CitedDocument, Addressee):
        model.objects.filter(directive=directive).delete()  # type: ignore[attr-defined]
    directive.delete()


def _delete_unused(bodies: list[int]) -> None:
    nothing = {f"{name}__isnull": True for name in HANGS_ON_A_BODY}
    Agency.objects.filter(pk__in=bodies, **nothing).delete()
