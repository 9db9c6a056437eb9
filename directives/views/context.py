"""What every page needs to know: the day, whether this is a demonstration, where one may go from here.

Runs for every page, so it asks the database nothing.
"""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from agencies.clock import today
from agencies.models import Agency, Role, User
from kttt_tracker.preferences import has_large_type


@dataclass(frozen=True)
class Place:
    """One entry of the navigation. `within`: names of addresses that belong to it, by their beginning."""

    label: str
    name: str
    within: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return _address(self.name)

    def holds(self, name: str) -> bool:
        return name == self.name or any(name.startswith(start) for start in self.within)


DIRECTIVES = Place("Văn bản", "directive_list", ("directive", "old_book"))
AGENCIES = Place("Cơ quan", "agency_list", ("agency",))
REVIEWS = Place("Chờ xác nhận", "review_queue", ("review",))
REQUESTS = Place("Đề nghị", "request_list", ("request", "extension_decide", "release_decide"))
SUMMARY = Place("Tổng hợp", "summary", ("summary",))
REPORTS = Place("Báo cáo", "report_list", ("report",))
OBSTACLES = Place("Vướng mắc", "obstacle_list", ("obstacle", "instruction"))
COORDINATION = Place("Phối hợp", "coordination_list", ("coordination",))
ROUNDS = Place("Kỳ báo cáo", "round_list", ("round",))
URGING = Place("Đôn đốc", "urging_list", ("urging",))
WORKLIST = Place("Nhiệm vụ", "worklist", ("worklist", "bulk", "saved_view", "cited", "task", "assignment"))
PEOPLE = Place("Người dùng", "user_list", ("user",))
# What waits for somebody first, then what is kept, then what goes out.
STAFF = (
    Place("Bàn làm việc", "home"),
    REVIEWS,
    REQUESTS,
    OBSTACLES,
    ROUNDS,
    DIRECTIVES,
    WORKLIST,
    AGENCIES,
    SUMMARY,
    REPORTS,
    Place("Nhắc việc", "reminder_list", ("reminder", "workday", "pause")),
    URGING,
    PEOPLE,
)
PLACES = {
    Role.LIAISON: (
        Place("Việc của đơn vị", "home", ("task", "assignment")),
        WORKLIST,
        ROUNDS,
        DIRECTIVES,
        COORDINATION,
    ),
    Role.STAFF: STAFF,
    Role.ADMIN: (*STAFF, Place("Thiết lập", "office_settings", ("office", "rung"))),
    Role.LEADER: (
        Place("Tổng hợp", "home", ("summary",)),
        WORKLIST,
        OBSTACLES,
        REVIEWS,
        REQUESTS,
        AGENCIES,
        DIRECTIVES,
        REPORTS,
        ROUNDS,
        URGING,
    ),
}


def page(request: HttpRequest) -> dict[str, object]:
    """`demo`, `today`, `nav` (places, each with `current`), `large_type`; in the demonstration more."""
    values: dict[str, object] = {
        "demo": settings.DEMO,
        "today": today(),
        "training_day": settings.TODAY,
        "large_type": has_large_type(request),
        "nav": _navigation(request),
        "own_agency": _agency_at_hand(request),
    }
    if settings.DEMO:
        values["demo_password"] = settings.DEMO_PASSWORD
        values["mail_sink_url"] = _address("mail_list")
    return values


def _navigation(request: HttpRequest) -> list[dict[str, object]]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    match = getattr(request, "resolver_match", None)
    here = (match.url_name if match else None) or ""
    places = [place for place in PLACES.get(user.role, ()) if place.url]
    current = next((place for place in places if place.holds(here)), None)
    return [{"place": place, "current": place is current} for place in places]


def _agency_at_hand(request: HttpRequest) -> Agency | None:
    """The agency of the person, where whoever loaded them loaded it too: this page asks for nothing more."""
    user = getattr(request, "user", None)
    loaded = user is not None and user.is_authenticated and User.agency.is_cached(user)  # type: ignore[attr-defined]
    return user.agency if user is not None and loaded else None


@cache
def _address(name: str) -> str:
    """Where that page is; empty where this installation has none of that name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
