"""What a succession of bodies must be like before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agencies import registers
from agencies.errors import Refused
from agencies.models import Agency, Shape, Succession

# The people of these go on in the new body, with all their rights; for the others staff name liaisons anew.
PEOPLE_PASS = (Shape.RENAME, Shape.MERGE)


@dataclass(frozen=True)
class NewBody:
    """A body that begins with the succession; an empty `short_name`, `code` or `sort_key` is made from the others."""

    name: str
    short_name: str = ""
    kind: str = ""
    code: str = ""
    aliases: tuple[str, ...] = ()
    sort_key: str = ""
    is_verified: bool = True


def ending_of(agency: Agency) -> Succession | None:
    """The succession that ended a body."""
    ended = Succession.objects.filter(links__old=agency).exclude(shape=Shape.TRANSFER)
    return ended.order_by("-on", "-pk").first()


def check(
    shape: Shape,
    on: date,
    instrument: str,
    function: str,
    old: list[Agency],
    new: Sequence[Agency | NewBody],
    day: date,
) -> None:
    """The rules, before anything is written. Raises Refused."""
    if not instrument:
        raise Refused("Xin ghi văn bản làm căn cứ (số, ngày).", "instrument")
    if on > day:
        raise Refused("Chỉ ghi khi việc sắp xếp đã có hiệu lực: ngày này còn ở phía trước.", "on")
    _check_numbers(shape, old, new)
    if shape == Shape.TRANSFER and not function:
        raise Refused("Xin ghi chức năng được chuyển.", "function")
    if len({before.is_group for before in old}) > 1:
        raise Refused("Nhóm cơ quan chỉ hợp nhất với nhóm cơ quan. Xin chọn lại cơ quan cũ.", "old")
    for before in old:
        _check_old(before, on)
    for after in new:
        _check_new(after, on, old)
    names = [registers.fold(body.name) for body in new]
    if len(set(names)) < len(names):
        raise Refused("Một cơ quan kế thừa được ghi hai lần.", "new_lines")


def _check_numbers(shape: Shape, old: Sequence[object], new: Sequence[object]) -> None:
    if not old:
        raise Refused("Xin chọn cơ quan cũ.", "old")
    if not new:
        raise Refused("Xin chọn hoặc ghi cơ quan kế thừa.", "new_lines")
    if shape != Shape.MERGE and len(old) > 1:
        raise Refused("Chỉ việc hợp nhất mới có nhiều cơ quan cũ. Xin ghi từng cơ quan một.", "old")
    if shape in PEOPLE_PASS and len(new) > 1:
        raise Refused(
            "Đổi tên hoặc hợp nhất chỉ có một cơ quan kế thừa; nếu có nhiều, xin chọn chia, tách.", "new_lines"
        )
    if shape == Shape.SPLIT and len(new) < 2:
        raise Refused("Chia, tách cần ít nhất hai cơ quan kế thừa; nếu chỉ có một, xin chọn đổi tên.", "new_lines")


def _check_old(body: Agency, on: date) -> None:
    if body.ended_on:
        why = ending_of(body)
        words = f" theo {why.instrument}" if why else ""
        raise Refused(f"“{body.name}” đã kết thúc từ ngày {body.ended_on:%d/%m/%Y}{words}.", "old")
    if body.started_on and on <= body.started_on:
        raise Refused(f"“{body.name}” chỉ có từ ngày {body.started_on:%d/%m/%Y}; xin kiểm tra lại ngày.", "on")


def _check_new(body: Agency | NewBody, on: date, old: list[Agency]) -> None:
    if isinstance(body, NewBody):
        if not body.name.strip():
            raise Refused("Xin ghi tên cơ quan mới.", "new_lines")
        name = registers.fold(body.name)
        others = Agency.objects.living().exclude(pk__in=[each.pk for each in old])
        if any(registers.fold(other.name) == name for other in others.only("name")):
            raise Refused(f"Đã có “{body.name}” đang hoạt động cùng tên; nếu đúng là nó, xin chọn.", "new_lines")
        if body.code and Agency.objects.filter(code=body.code).exists():
            raise Refused(f"Mã “{body.code}” đã thuộc về một cơ quan khác.", "new_lines")
        return
    if body.pk in {each.pk for each in old}:
        raise Refused(
            f"“{body.name}” không thể kế thừa chính mình. Giữ nguyên tên thì ghi như một cơ quan mới cùng tên.", "new"
        )
    if body.ended_on or (body.started_on and body.started_on > on):
        raise Refused(f"“{body.label}” không hoạt động vào ngày {on:%d/%m/%Y}.", "new")
    if body.is_group != old[0].is_group:
        raise Refused("Nhóm cơ quan chỉ được kế thừa bởi nhóm cơ quan.", "new")
