"""What agencies ask for in the story: one extension that was shortened, one that waits, one release that waits."""

from collections.abc import Mapping
from datetime import date

from agencies.models import User
from directives.actions.extensions import ask_extension, decide_extension
from directives.actions.releases import ask_release
from directives.models import Answer, Assignment, Directive, Ground

# (day, agency, task, until, reason)
EXTENSIONS = [
    (date(2023, 11, 14), "btg", 20, date(2024, 1, 31), "Chuyên mục cuối năm lùi lịch phát sóng (minh hoạ)."),
    (date(2023, 11, 17), "skhdt", 9, date(2023, 12, 15), "Còn chờ góp ý của ba sở (minh hoạ)."),
]
# (day, agency, task, until, reason): the others still wait
SHORTENED = (date(2023, 11, 16), "btg", 20, date(2023, 12, 29), "Cần có kết quả trước khi tổng kết năm (minh hoạ).")
# (day, agency, task, reason)
RELEASE = (date(2023, 11, 15), "conco", 23, "Huyện đảo chưa có hợp tác xã để vận động (minh hoạ).")


def tell(people: Mapping[str, User], directive: Directive) -> None:
    """Through the same verbs that people use, each on its day."""

    def found(agency: str, task: int) -> Assignment:
        return Assignment.objects.get(task__directive=directive, task__position=task, agency__code=agency)

    for day, agency, task, until, reason in EXTENSIONS:
        ask_extension(assignment=found(agency, task), asked_until=until, reason=reason, by=people[agency], day=day)
    day, agency, task, until, reason = SHORTENED
    decide_extension(
        extension=found(agency, task).extensions.get(),
        answer=Answer.SHORTENED,
        granted_until=until,
        reason=reason,
        by=people["thuongtruc"],
        day=day,
    )
    day, agency, task, reason = RELEASE
    row = found(agency, task)
    ask_release(assignment=row, ground=Ground.NOT_APPLICABLE, reason=reason, by=people[agency], day=day)
