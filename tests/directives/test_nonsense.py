"""Letters that no database keeps and numbers that none holds: answered with a page, never with a breakdown.

The client of these tests raises what a view raises, so a breakdown fails by itself.
"""

import re
from itertools import cycle

import lxml.html
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

# The world of one of everything, its day, and the table of all addresses.
from tests.directives.test_access import TABLE, WHO, everything_once, folder, pinned, world  # noqa: F401

NUL, LONG = "a\0b", "9" * 40
NUMBERS = (LONG, f"-{LONG}", "99/99/99999", "1e999")
# Ways out of the session, and what fetches nothing from a form.
LEFT_OUT = {"account_logout", "look_end", "healthz"}
# Pages of a form that begin with what the address says.
FORMS = ("agency_succession_create", "bulk_create", "report_create", "note_create", "directive_close", "round_page")
QUERY = (
    *("q", "so", "tim", "trang", "co-quan", "van-ban", "tinh-trang", "thoi-gian", "loai", "theo-doi", "vien-dan"),
    *(
        "gia-han",
        "xem",
        "xep",
        "tu",
        "den",
        "tep",
        "nv",
        "bo-loc",
        "tat-ca",
        "muc",
        "vai-tro",
        "nguoi",
        "ky",
        "den-ngay",
        "nam",
        "ngay",
    ),
)


# What is gone was perhaps ended by a first press: that is told on the page of the others.
TOLD = {"absence_end", "directive_discard", "saved_view_delete", "workday_remove"}


def address_of(world, name):  # noqa: F811
    return reverse(name, args=world["arguments"][TABLE[name][1]])


@pytest.fixture(params=["admin", "liaison"])
def visitor(world, request):  # noqa: F811
    """Who asks, with the names of the pages that there are for them."""
    client = Client()
    client.force_login(world["people"][request.param])
    place = WHO.index(request.param)
    client.pages = [name for name in TABLE if name not in LEFT_OUT and TABLE[name][2].split()[place] != "404"]
    return client


@pytest.mark.parametrize("words", [dict.fromkeys(QUERY, NUL), dict(zip(QUERY, cycle(NUMBERS)))], ids=["nul", "number"])
def test_behind_the_question_mark(world, visitor, words):  # noqa: F811
    for name in visitor.pages:
        if TABLE[name][0] == "get" or name in FORMS:
            answer = visitor.get(address_of(world, name), words)
            assert answer.status_code < 500, name


@pytest.mark.parametrize("nonsense", [LONG, f"a%00{LONG}"])
def test_in_the_address(world, visitor, nonsense):  # noqa: F811
    """What is named by such a key does not exist."""
    for name, (method, which, _) in TABLE.items():
        for place, argument in enumerate(arguments := world["arguments"][which]):
            if name in LEFT_OUT or name.startswith(("account_", "invitation")):
                continue
            address = reverse(name, args=arguments)
            part = f"/{argument}"
            assert part in address, (name, place)
            found = getattr(visitor, method)(address.replace(part, f"/{nonsense}", 1))
            told = found.status_code == 302 and name in TOLD
            assert told or found.status_code in (404, 403), (name, found.status_code)


def forms_of(client, address):
    """Each form of a page: where it goes, how, its fields with what stands in them, and what to type into each."""
    answer = client.get(address)
    if answer.status_code not in (200, 422) or "html" not in answer.headers.get("Content-Type", ""):
        return
    for form in lxml.html.fromstring(answer.content.decode()).forms:
        fields, typed = {}, {}
        for field in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name] | .//button[@name]"):
            value = field.value if field.tag in ("textarea", "select") else field.get("value")
            takes_text = field.tag == "textarea" or field.get("type") in ("text", "search", "email")
            if field.get("name") not in (*fields, "csrfmiddlewaretoken"):
                fields[field.get("name")] = value if isinstance(value, str) else ""
                typed[field.get("name")] = (NUL if takes_text else LONG, (field.get("id") or "").startswith("id_"))
        yield form.get("action") or address, (form.get("method") or "get").lower(), fields, typed


def test_in_the_fields_of_every_form(world, visitor):  # noqa: F811
    """It is refused or taken, and the page stands.

    All fields together; and one after the other, the rest as the page has it, those that no form of Django's reads.
    """
    seen = set()
    for name in visitor.pages:
        if name.startswith("account_"):
            continue
        for action, method, fields, typed in forms_of(visitor, address_of(world, name)):
            # Rows of a list have the same form again, and every page the one for looking.
            kind = (re.sub(r"\d+", "0", action), *(re.sub(r"\d+", "0", field) for field in fields))
            if not action.startswith("/") or "dang-xuat" in action or kind in seen:
                continue
            seen.add(kind)
            each = [{field: words} for field, (words, is_read_by_form) in typed.items() if not is_read_by_form]
            for changed in ({field: words for field, (words, _) in typed.items()}, *each):
                with transaction.atomic():
                    answer = getattr(visitor, method)(action, fields | changed)
                    assert answer.status_code < 500, (action, changed)
                    transaction.set_rollback(True)
    assert len(seen) > 5
