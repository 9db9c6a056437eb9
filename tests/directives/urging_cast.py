"""What tests of urging begin with: an agency that is late, one that is silent, one that is asked."""

from datetime import date

from agencies.models import Agency
from directives.actions.urging import answer_day, draft_letter, log_urging
from directives.models import Assignment, Issuer, Office
from directives.models.to_urge import to_urge
from directives.reports import urging_content

DAY = date(2023, 11, 20)


def urged(agency, day=DAY):
    mine = Assignment.objects.filter(agency=agency)
    return list(to_urge(mine, day, Office.current()).values_list("pk", flat=True).order_by("pk"))


def draft(agency, by, day=DAY, **changes):
    given = {
        "agency": agency,
        "assignments": changes.pop("assignments", None) or urged(agency, day),
        "issuer": Issuer.OWN,
        "report_by": answer_day(day),
        "by": by,
        "day": day,
        "write": urging_content.compose,
    }
    return draft_letter(**given | changes)


def call(agency, by, day=DAY, **changes):
    given = {
        "agency": agency,
        "assignments": urged(agency, day),
        "on": day,
        "means": "phone",
        "spoken_to": "Ông A",
        "said": "Đề nghị gửi báo cáo.",
        "by": by,
        "day": day,
    }
    return log_urging(**given | changes)


def party():
    return Agency.objects.create(
        code="btg", name="Ban Tuyên giáo Tỉnh ủy", short_name="Ban Tuyên giáo", kind="party", sort_key="7"
    )


def words(letter):
    """All that it says, in one line."""
    said = urging_content.printed(letter)
    cells = [text for group in said["groups"] for row in group["rows"] for cell in row for text in cell]
    heads = [text for group in said["groups"] for text in (group["title"], *group["columns"])]
    parts = (said["about"], said["to"], *said["before"], *heads, *cells, *said["after"])
    return " ".join(parts).replace("\xa0", " ")
