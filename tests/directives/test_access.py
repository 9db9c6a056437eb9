"""Every address by every role. An address that is missing here fails; a denied call changes nothing."""

import uuid
from datetime import date

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from agencies.models import Absence, Agency, Invitation, Role, User
from directives.actions.feeds import make_feed
from directives.models import (
    Addressee,
    Archive,
    ArchiveDownload,
    Assignment,
    BulkChange,
    CalendarDay,
    Coordinator,
    Directive,
    Download,
    Evidence,
    EvidenceView,
    Extension,
    Instruction,
    OldBook,
    Pause,
    ProgressNote,
    Release,
    Report,
    ReportFile,
    Round,
    SavedView,
    SignedCopy,
    Submission,
    Task,
    Upload,
    UrgingLetter,
    WorkbookUpload,
)
from directives.reminders.preferences import stop_token
from tests.directives.conftest import DAY, person
from tests.directives.test_shelf import pdf

WHO = ("nobody", "liaison", "stranger", "leader", "staff", "admin")
MAIL = "20231120T000000.000000Z-abcdef12.eml"

# Name of the address: method, what its arguments name, and the status for each of WHO in order.
# 422 is a form that was shown again because it was sent empty: whoever gets it may send it.
OPEN_TO_ALL = {
    "invitation": ("get", "token", "302 302 302 302 302 302"),
    "invitation_answer": ("get", None, "410 410 410 410 410 410"),  # without the link that leads there
    "healthz": ("get", None, "503 503 503 503 503 503"),  # the suite runs neither worker nor beat
    "type_size": ("post", None, "302 302 302 302 302 302"),
    # A secret address is its own key (tests/directives/test_feeds.py: when it opens nothing).
    "calendar_feed": ("get", "feed", "200 200 200 200 200 200"),
    # The word in the mail is its own key, and opens one thing (tests/directives/test_mail_choice.py).
    "reminder_stop": ("get", "stop", "200 200 200 200 200 200"),
    "account_login": ("get", None, "200 302 302 302 302 302"),
    "account_logout": ("post", None, "302 302 302 302 302 302"),
    "account_inactive": ("get", None, "200 200 200 200 200 200"),
    "account_reset_password": ("get", None, "200 200 200 200 200 200"),
    "account_reset_password_done": ("get", None, "200 200 200 200 200 200"),
    "account_reset_password_from_key": ("get", "key", "200 200 200 200 200 200"),
    "account_reset_password_from_key_done": ("get", None, "200 200 200 200 200 200"),
    "account_signup": ("get", None, "404 404 404 404 404 404"),
    "account_email": ("get", None, "404 404 404 404 404 404"),
    "account_email_verification_sent": ("get", None, "404 404 404 404 404 404"),
    "account_set_password": ("get", None, "404 404 404 404 404 404"),
    "account_confirm_email": ("get", "one key", "404 404 404 404 404 404"),
}
SIGNED_IN = {
    "absence_list": ("get", None, "302 200 200 200 200 200"),
    "look_end": ("post", None, "302 302 302 302 302 302"),
    "look_log": ("get", None, "302 200 200 200 200 200"),
    "account_reauthenticate": ("get", None, "302 200 200 200 200 200"),
    "account_change_password": ("get", None, "302 200 200 200 200 200"),
    "home": ("get", None, "302 200 200 200 200 200"),
    "agency_list": ("get", None, "302 302 200 200 200 200"),
    "directive_list": ("get", None, "302 200 200 200 200 200"),
    "shelf_list": ("get", None, "302 200 200 200 200 200"),
    "round_list": ("get", None, "302 200 200 200 200 200"),
    "round_open": ("post", None, "302 302 302 302 302 302"),
    "mail_list": ("get", None, "302 200 200 200 200 200"),
    "mail_detail": ("get", "mail", "302 200 200 200 200 200"),
    "mail_html": ("get", "mail", "302 200 200 200 200 200"),
    "search": ("get", None, "302 200 200 200 200 200"),
    "worklist": ("get", None, "302 200 200 200 200 200"),
    "cited": ("get", None, "302 200 200 200 200 200"),
    "calendar_list": ("get", None, "302 200 200 200 200 200"),
    "calendar_create": ("post", None, "302 200 200 200 200 200"),
    "bell_list": ("get", None, "302 200 200 200 200 200"),
    "bell_see": ("post", None, "302 400 400 400 400 400"),  # sent without what was seen
    "mail_preferences": ("get", None, "302 200 200 200 200 200"),
    "saved_view_create": ("post", None, "302 302 302 302 302 302"),
    # One's own, whoever one is.
    "own_endpoint": ("get", None, "302 200 200 200 200 200"),
    "own_endpoint_act": ("post", "button", "302 302 302 302 302 302"),
}
OWN_AGENCY = {
    "own_people": ("get", None, "302 200 200 404 302 302"),
    "agency_leave": ("post", "agency", "302 302 302 302 302 302"),
    "agency_detail": ("get", "agency", "302 200 404 200 200 200"),
    "directive_detail": ("get", "directive", "302 200 404 200 200 200"),
    "directive_source": ("get", "directive", "302 200 404 200 200 200"),
    "task_detail": ("get", "task", "302 302 404 302 302 302"),
    "assignment_detail": ("get", "assignment", "302 200 404 200 200 200"),
    "evidence": ("get", "upload", "302 200 404 200 200 200"),
    # One's own only, whoever asks.
    "calendar_revoke": ("post", "own feed", "302 302 404 404 404 404"),
    "saved_view_rename": ("post", "own view", "302 302 404 404 404 404"),
    "saved_view_delete": ("post", "own view", "302 302 404 404 404 404"),
    "shelf_detail": ("get", "upload", "302 200 404 200 200 200"),
    "shelf_page": ("get", "page of upload", "302 200 404 200 200 200"),
    "task_history": ("get", "task", "302 200 404 200 200 200"),
    "agency_history": ("get", "agency", "302 200 404 200 200 200"),
    "note_create": ("post", "assignment", "302 422 404 404 404 404"),
    "extension_ask": ("post", "assignment", "302 422 404 404 404 404"),
    "extension_withdraw": ("post", "assignment", "302 302 404 404 404 404"),
    "release_ask": ("post", "assignment", "302 422 404 404 404 404"),
    "release_withdraw": ("post", "assignment", "302 302 404 404 404 404"),
    "request_file": ("get", "request file", "302 200 404 200 200 200"),
    "coordination_list": ("get", None, "302 200 200 404 404 404"),
    "coordination_detail": ("get", "task", "302 200 200 404 404 404"),  # the stranger, and who stands in
    "agency_workbook": ("get", "agency", "302 200 404 404 404 404"),
    "agency_workbook_send": ("post", "agency", "302 422 404 404 404 404"),
    "agency_workbook_check": ("get", "workbook", "302 200 404 404 404 404"),
    "round_page": ("post", "round", "302 302 404 404 404 404"),
    "round_save": ("post", "round", "302 422 404 404 404 404"),
    "round_upload": ("post", "round", "302 422 404 404 404 404"),
    "round_word": ("get", "sent round", "302 200 404 200 200 200"),
    "assignment_verb": ("post", "verb", "302 422 404 422 422 422"),
    "urging_letter_pdf": ("get", "issued letter", "302 200 404 200 200 200"),
    "urging_letter_word": ("get", "issued letter", "302 200 404 200 200 200"),
}
OVERSEERS = {
    "summary": ("get", None, "302 404 404 200 200 200"),
    "obstacle_list": ("get", None, "302 404 404 200 200 200"),
    "instruction_give": ("post", "assignment", "302 404 404 422 422 422"),
    "directive_group": ("get", "addressee", "302 404 404 200 200 200"),
    "review_queue": ("get", None, "302 404 404 200 200 200"),
    "review_preview": ("get", None, "302 404 404 200 200 200"),
    "review_confirm": ("post", None, "302 404 404 302 302 302"),
    "request_list": ("get", None, "302 404 404 200 200 200"),
    "extension_decide": ("post", "extension", "302 404 404 422 422 422"),
    "release_decide": ("post", "release", "302 404 404 422 422 422"),
    "directive_text": ("get", "directive", "302 404 404 200 200 200"),
    "round_detail": ("get", "one round", "302 404 404 200 200 200"),
    "report_list": ("get", None, "302 404 404 200 200 200"),
    "report_create": ("post", None, "302 404 404 422 422 422"),
    "report_detail": ("get", "report", "302 404 404 200 200 200"),
    "report_progress": ("get", "report", "302 404 404 286 286 286"),
    "round_report": ("get", "one round", "302 404 404 404 404 404"),  # where one was drafted: test_round_reports
    "report_file": ("get", "report file", "302 404 404 200 200 200"),
    "report_retry": ("post", "report", "302 404 404 302 302 302"),
    "signed_copy": ("get", "signed copy", "302 404 404 200 200 200"),
    "archive_list": ("get", "directive", "302 404 404 200 200 200"),
    "archive_progress": ("get", "archive", "302 404 404 286 286 286"),
    "archive_file": ("get", "archive", "302 404 404 200 200 200"),
    "urging_list": ("get", None, "302 404 404 200 200 200"),
    "urging_letter": ("get", "draft letter", "302 404 404 200 200 200"),  # issued, its agency reads it too
}
STAFF = {
    "report_text": ("get", "report", "302 404 404 404 200 200"),
    "report_publish": ("post", "report", "302 404 404 404 422 422"),
    # A head of the agency too: tests/agencies/test_delegation_access.py
    "agency_people": ("get", "agency", "302 404 404 404 200 200"),
    "people_give": ("post", "agency", "302 404 404 404 422 422"),
    "people_end": ("post", "agency person", "302 404 404 404 302 302"),
    "people_approval": ("post", "agency", "302 404 404 404 302 302"),
    "people_invite": ("post", "agency", "302 404 404 404 422 422"),
    "invitation_withdraw": ("post", "invitation", "302 404 404 404 302 302"),
    # A head too: tests/directives/test_endpoints.py
    "agency_endpoint": ("get", "agency", "302 404 404 404 200 200"),
    "agency_endpoint_act": ("post", "agency button", "302 404 404 404 302 302"),
    "absence_create": ("post", "person", "302 404 422 404 422 422"),  # also the person themselves
    "absence_edit": ("post", "absence", "302 404 422 404 422 422"),
    "absence_end": ("post", "absence", "302 404 302 404 302 302"),
    "user_look": ("post", "person", "302 404 404 404 422 422"),
    "directive_tasks": ("get", "directive", "302 404 404 404 200 200"),
    "directive_import": ("post", None, "302 404 404 404 422 422"),
    "directive_publish": ("post", "directive", "302 404 404 404 302 302"),
    "old_book_list": ("get", None, "302 404 404 404 200 200"),
    "old_book_create": ("post", None, "302 404 404 404 422 422"),
    "old_book_detail": ("get", "brought book", "302 404 404 404 200 200"),
    "old_book_columns": ("post", "old book", "302 404 404 404 422 422"),
    "old_book_words": ("get", "old book", "302 404 404 404 302 302"),  # no column is matched: sent back to that
    "old_book_preview": ("get", "old book", "302 404 404 404 200 200"),
    "old_book_drop": ("post", "brought book", "302 404 404 404 302 302"),  # brought in: told why not
    "old_book_undo": ("post", "old book", "302 404 404 404 302 302"),  # not brought in: told so
    "directive_edit": ("post", "directive", "302 404 404 404 302 302"),  # published: told why not
    "directive_discard": ("post", "directive", "302 404 404 404 302 302"),
    "task_edit": ("get", "task", "302 404 404 404 200 200"),
    "instruction_task": ("post", "instruction", "302 404 404 404 422 422"),
    "agency_members": ("get", "group", "302 404 404 404 200 200"),
    "task_scope": ("post", "group task", "302 404 404 404 302 302"),
    "task_coordinators": ("get", "task", "302 404 404 404 200 200"),
    "note_enter": ("post", "assignment", "302 404 404 404 422 422"),
    "workday_list": ("get", None, "302 404 404 404 200 200"),
    "workday_edit": ("get", "calendar day", "302 404 404 404 200 200"),
    "workday_remove": ("post", "calendar day", "302 404 404 404 302 302"),
    "reminder_list": ("get", None, "302 404 404 404 200 200"),
    "bulk_list": ("get", None, "302 404 404 404 200 200"),
    "bulk_create": ("post", None, "302 404 404 404 422 422"),
    "bulk_detail": ("get", "bulk", "302 404 404 404 200 200"),
    "bulk_undo": ("post", "bulk", "302 404 404 404 302 302"),
    "reminder_forecast": ("get", None, "302 404 404 404 200 200"),
    "reminder_nudge": ("post", None, "302 404 404 404 422 422"),
    "reminder_text": ("get", "agency", "302 404 404 404 200 200"),
    "reminder_plan": ("post", None, "302 404 404 404 302 302"),
    "reminder_retry": ("post", None, "302 404 404 404 302 302"),
    "signed_copy_create": ("post", "report", "302 404 404 404 302 302"),  # not published: told so
    "user_list": ("get", None, "302 404 404 404 200 200"),
    "user_create": ("post", None, "302 404 404 404 422 422"),
    "user_edit": ("get", "person", "302 404 404 404 200 200"),
    "user_deactivate": ("post", "person", "302 404 404 404 302 302"),
    "user_reactivate": ("post", "person", "302 404 404 404 302 302"),
    "user_password_link": ("post", "person", "302 404 404 404 200 200"),
    "round_rules": ("post", None, "302 404 404 404 422 422"),
    "agency_succession_list": ("get", None, "302 404 404 404 200 200"),
    "agency_succession_create": ("post", None, "302 404 404 404 422 422"),
    "agency_reorganise": ("post", None, "302 404 404 404 302 302"),  # no such: told so
    "agency_codes": ("post", "agency", "302 404 404 404 422 422"),
    "directive_close": ("get", "directive", "302 404 404 404 200 200"),
    "directive_reopen": ("post", "directive", "302 404 404 404 302 302"),  # not closed: told so
    "urging_letter_create": ("post", "agency", "302 404 404 404 302 302"),  # neither late nor silent: told so
    "urging_contact_create": ("post", "agency", "302 404 404 404 422 422"),
    "urging_letter_issue": ("post", "draft letter", "302 404 404 404 422 422"),
    "urging_letter_withdraw": ("post", "draft letter", "302 404 404 404 302 302"),
    "office_settings": ("post", None, "302 404 404 404 404 422"),
    "rung_rules": ("post", None, "302 404 404 404 404 422"),
    "pause_list": ("post", None, "302 404 404 404 422 422"),
    "pause_lift": ("post", "pause", "302 404 404 404 302 302"),
}
# What an urging letter of this world says.
LETTER = {
    "paper": "letter",
    "made_on": "2023-11-20",
    "is_illustrative": False,
    "office": {
        "parent_name": "UBND TỈNH",
        "name": "LIÊN MINH",
        "called": "Liên minh",
        "symbol": "LMHTX",
        "place": "Quảng Trị",
        "signs_as": [],
        "signer": "",
        "recipients": ["Như trên"],
    },
    "about": "đề nghị báo cáo",
    "to": "Sở Kế hoạch",
    "before": ["x"],
    "groups": [],
    "after": ["x./."],
    "annex": "",
}
# A workbook of this world, with nothing in it.
FILLED = {"letters": {}, "rows": [], "blank": []}
# What an old tracking workbook of this world says.
COUNTS = dict.fromkeys(("lines", "tasks", "assignments", "directives", "agencies"), 1)
CELLS = {"sheets": [{"name": "2021", "rows": [[1, {"1": "TT", "2": "Nội dung"}]]}]}
# Where the method that is not in the table is for others: the shelf is read by all, and filled by whoever reports.
OTHER_METHOD = {"shelf_list": "302 302 302 404 404 404"}
# Looks at evidence, and who fetched a report or a whole file, are meant to be kept.
LOOKS = {each._meta.db_table: [] for each in (EvidenceView, Download, ArchiveDownload)}
TABLE = OPEN_TO_ALL | SIGNED_IN | OWN_AGENCY | OVERSEERS | STAFF


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What is kept, and the letter box."""
    folder = tmp_path_factory.mktemp("access")
    (folder / MAIL).write_bytes(
        b"Subject: x\r\nTo: a@kttt.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>x</p>"
    )
    return folder


def _settings(folder):
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder / "files"}}
    return {"TODAY": DAY, "MAIL_SINK": str(folder), "STORAGES": django_settings.STORAGES | {"default": disk}}


@pytest.fixture(scope="module")
def everything_once(begin_with, folder):
    with override_settings(**_settings(folder)):
        return begin_with(_world)


@pytest.fixture(autouse=True)
def pinned(settings, folder):
    for name, value in _settings(folder).items():
        setattr(settings, name, value)


@pytest.fixture
def world(db, everything_once):
    return everything_once


def _world():
    """One of everything, and who asks."""
    day = DAY
    standing = Agency.objects.create(code="lmhtx", name="Liên minh HTX tỉnh", short_name="Liên minh HTX", sort_key="1")
    agency = Agency.objects.create(code="skhdt", name="Sở Kế hoạch", short_name="Sở KH&ĐT", sort_key="2")
    other = Agency.objects.create(code="stc", name="Sở Tài chính", short_name="Sở Tài chính", sort_key="5")
    liaison = person("skhdt", Role.LIAISON, agency, [agency])
    stranger = person("stc", Role.LIAISON, other, [other])
    staff, leader = person("thuongtruc", Role.STAFF, standing), person("lanhdao", Role.LEADER)
    row = _assignment(agency)
    upload = Upload.objects.create(
        name="a.pdf", sha256="a" * 64, size=1, content_type="application/pdf", uploaded_by=liaison
    )
    default_storage.save(f"shelf/aa/{'a' * 64}", ContentFile(pdf(1)))
    note = ProgressNote.objects.create(assignment=row, said_on=day, author=liaison, result="x")
    Evidence.objects.create(note=note, upload=upload)
    words = {"assignment": row, "reason": "x", "upload": upload, "asked_on": day, "asked_by": liaison}
    extension = Extension.objects.create(asked_until=date(2023, 12, 29), old_deadline=row.deadline, **words)
    release = Release.objects.create(ground="not_ours", **words)
    report = Report.objects.create(
        as_of=day,
        made_on=day,
        made_by=staff,
        state="ready",
        figures={},
        figures_sha256="a" * 64,
        content_sha256="a" * 64,
    )
    report.directives.set([row.task.directive])
    ReportFile.objects.create(report=report, kind="pdf", path="r.pdf", size=5, sha256="a" * 64, content_sha256="a" * 64)
    default_storage.save(f"shelf/bb/{'b' * 64}", ContentFile(b"x"))
    default_storage.save("r.pdf", ContentFile(b"%PDF-"))
    copied = {"number": "05", "symbol": "BC", "signed_on": day, "kept_on": day, "kept_by": staff}
    copy = SignedCopy.objects.create(report=report, upload=upload, **copied)
    packed = {"state": "ready", "file": "h.zip", "sha256": "c" * 64, "size": 2}
    archive = Archive.objects.create(directive=row.task.directive, made_by=staff, made_on=day, **packed)
    default_storage.save("h.zip", ContentFile(b"PK"))
    invitation = Invitation.objects.create(
        agency=row.agency, right="represent", full_name="A", made_by=staff, made_on=day, expires_at=timezone.now()
    )
    absence = Absence.objects.create(user=stranger, deputy=liaison, since=day, until=day, recorded_by=staff)
    said = Instruction.objects.create(assignment=row, text="x", given_on=day, given_by=leader)
    Coordinator.objects.create(task=row.task, position=1, name="Sở Tài chính", agency=stranger.agency)
    group = Agency.objects.create(code="nhom", name="Nhóm", short_name="Nhóm", sort_key="9", is_group=True)
    part = Addressee.objects.create(
        directive=row.task.directive, position=9, name="Nhóm", agency=group, start=0, end=22
    )
    shared = Task.objects.create(directive=row.task.directive, addressee=part, position=9, text="x", start=0, end=22)
    november = Round.objects.create(
        cadence="month",
        start=date(2023, 10, 15),
        end=date(2023, 11, 14),
        due_local=day,
        due_agency=day,
        due_standing=day,
    )
    october = Round.objects.create(
        cadence="month",
        start=date(2023, 9, 15),
        end=date(2023, 10, 14),
        due_local=day,
        due_agency=day,
        due_standing=day,
    )
    Submission.objects.create(round=october, agency=row.agency, state="sent", sent_on=day, sent_by=liaison)
    worked = CalendarDay.objects.create(
        date=date(2023, 12, 2), is_working=True, instrument="x", recorded_on=day, recorded_by=staff
    )
    written = {"agency": row.agency, "issuer": "own", "drafted_on": day, "report_by": day, "content": LETTER}
    letter = UrgingLetter.objects.create(**written, made_by=staff)
    given = {"state": "issued", "number": "15", "symbol": "LMHTX", "issued_on": day}
    ended = {"ended_by": staff, "ended_on": day, "ended_at": timezone.now()}
    issued = UrgingLetter.objects.create(**written, made_by=staff, **given, **ended)
    admin = person("quantri", Role.ADMIN, standing)
    kept = {"name": "so.xlsx", "sha256": "c" * 64, "uploaded_on": day, "uploaded_by": staff}
    return {
        "people": {
            "nobody": None,
            "liaison": liaison,
            "stranger": stranger,
            "leader": leader,
            "staff": staff,
            "admin": admin,
        },
        "sessions": {user.pk: _session(user) for user in (liaison, stranger, leader, staff, admin)},
        "arguments": {
            None: [],
            "key": ["0", "set-password"],
            "one key": ["k"],
            "mail": [MAIL.removesuffix(".eml")],
            "agency": [row.agency.code],
            "directive": [row.task.directive_id],
            "task": [row.task_id],
            "assignment": [row.task_id, row.agency.code],
            "workbook": [
                row.agency.code,
                WorkbookUpload.objects.create(user=liaison, agency=agency, content=FILLED).pk,
            ],
            "verb": [row.task_id, row.agency.code, "tam-dung"],
            "upload": [upload.uuid],
            "page of upload": [upload.uuid, 1],
            "request file": [upload.uuid],
            "extension": [extension.pk],
            "release": [release.pk],
            "instruction": [said.pk],
            "group": ["nhom"],
            "group task": [shared.pk],
            "addressee": [row.task.directive_id, part.pk],
            "report": [report.pk],
            "report file": [report.pk, "pdf"],
            "signed copy": [report.pk, copy.pk],
            "archive": [row.task.directive_id, archive.pk],
            "round": [november.pk, row.agency.code],
            "one round": [november.pk],
            "sent round": [october.pk, row.agency.code],
            "person": [stranger.pk],
            "stop": [stop_token(liaison)],
            "feed": [_feed(liaison, day)[1]],
            "own feed": [_feed(liaison, day)[0].pk],
            "own view": [SavedView.objects.create(user=liaison, name="x", query="").pk],
            "bulk": [BulkChange.objects.create(kind="lead", words="x", rows=[], made_on=day, made_by=staff).pk],
            "token": ["t" * 43],
            "agency person": [row.agency.code, liaison.pk],
            "invitation": [row.agency.code, invitation.pk],
            "absence": [absence.pk],
            "calendar day": [worked.pk],
            "button": ["tat"],
            "agency button": [row.agency.code, "tat"],
            "draft letter": [letter.pk],
            "issued letter": [issued.pk],
            "old book": [OldBook.objects.create(cells=CELLS, **kept).pk],
            "brought book": [
                OldBook.objects.create(
                    brought_on=day, brought_at=timezone.now(), brought_by=staff, counts=COUNTS, **kept
                ).pk
            ],
            "pause": [Pause.objects.create(person=liaison, since=day, reason="x", recorded_by=staff).pk],
        },
    }


def _assignment(agency):
    directive = Directive.objects.create(
        number="86",
        symbol="TB-UBND",
        doc_type="Thông báo",
        issued_on=date(2023, 4, 24),
        title="Kết luận về kinh tế tập thể",
        text="Sở Kế hoạch và Đầu tư: rà soát chính sách.",
        created_on=date(2023, 4, 25),
        published_on=date(2023, 4, 25),
        source_sha256="b" * 64,
    )
    part = Addressee.objects.create(
        directive=directive, position=1, number="1", name=agency.name, agency=agency, start=0, end=22
    )
    due = date(2023, 11, 30)
    clock = {"clock": "dated", "first_deadline": due, "deadline": due}
    task = Task.objects.create(
        directive=directive, addressee=part, position=1, text="rà soát", start=24, end=42, lead=agency, **clock
    )
    return Assignment.objects.create(task=task, agency=agency, deadline=due, received_on=date(2023, 4, 25))


def _feed(who, day):
    return make_feed(agency=None, by=who, day=day, submission=uuid.uuid4())


def _session(user):
    """Signed in once for all tests."""
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def everything():
    """All that stands in the tables of this product, to see that a denied call changed nothing. One question."""
    models = [*apps.get_app_config("agencies").get_models(), *apps.get_app_config("directives").get_models()]
    tables = {model._meta.db_table for model in models} - {User._meta.db_table}
    hashed = "SELECT '{0}', count(*), coalesce(sum(hashtext(t::text)), 0) FROM {0} t"
    # To sign in changes a person's row; every other change of it is an event row.
    ask = [f"SELECT '{User._meta.db_table}', count(*), 0 FROM {User._meta.db_table}", *map(hashed.format, tables)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(ask))
        return {table: rest for table, *rest in cursor.fetchall()}


@pytest.mark.parametrize("name", TABLE)
def test_who_gets_what(world, name):
    method, arguments, statuses = TABLE[name]
    address = reverse(name, args=world["arguments"][arguments])
    before, found = everything(), {}
    for who, status in zip(WHO, statuses.split(), strict=True):
        with transaction.atomic():
            answer = ask(world, who, method, address)
            found[who] = str(answer.status_code)
            if status == "404" or (who == "nobody" and name not in OPEN_TO_ALL):
                assert everything() == before, who
            if who == "nobody" and name not in OPEN_TO_ALL:
                assert answer["Location"].startswith("/dang-nhap/")
            transaction.set_rollback(True)
    assert " ".join(found.values()) == statuses, found
    if name not in OPEN_TO_ALL:
        check_the_other_method(world, name, method, address, before)


def check_the_other_method(world, name, method, address, before):
    """What answers to GET and to POST is open to the same people by both."""
    other = "post" if method == "get" else "get"
    found = {}
    # From the right: whoever may do most says first whether there is such a method at all.
    statuses = OTHER_METHOD.get(name, TABLE[name][2])
    for who, status in reversed(list(zip(WHO, statuses.split(), strict=True))):
        with transaction.atomic():
            answer = ask(world, who, other, address)
            transaction.set_rollback(True)
        if answer.status_code == 405:
            return
        is_open = answer.status_code != 404 and not answer.get("Location", "").startswith("/dang-nhap/")
        found[who] = is_open == (status != "404" and who != "nobody")
        if not is_open:
            assert everything() == before, who
    assert all(found.values()), (other, found)


def ask(world, who, method, address):
    client = Client()
    if user := world["people"][who]:
        client.cookies["sessionid"] = world["sessions"][user.pk]
    return getattr(client, method)(address, {"gui": "1"})


def names(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        else:
            yield from names(pattern.url_patterns)


def test_every_address_stands_in_the_table():
    assert set(names(get_resolver().url_patterns)) == set(TABLE)


@pytest.mark.parametrize(("who", "status"), [("liaison", 404), ("leader", 404), ("staff", 200)])
def test_a_draft_is_for_staff_only(client, world, who, status):
    Directive.objects.update(published_on=None)
    client.force_login(world["people"][who])
    for name, arguments in (("directive_detail", "directive"), ("assignment_detail", "assignment")):
        assert client.get(reverse(name, args=world["arguments"][arguments])).status_code == status


def test_a_closed_account_gets_nothing_the_same_minute(client, world):
    from agencies.people import deactivate

    liaison = User.objects.get(pk=world["people"]["liaison"].pk)
    client.force_login(liaison)
    deactivate(user=liaison, by=None)
    assert client.get(reverse("home"))["Location"].startswith("/dang-nhap/")


def test_unsafe_addresses_want_the_token(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world["people"]["admin"])
    for name, (method, arguments, _) in TABLE.items():
        if method == "post":
            assert client.post(reverse(name, args=world["arguments"][arguments])).status_code == 403, name


def test_no_page_changes_anything_by_being_read(client, world):
    client.force_login(world["people"]["admin"])
    client.get(reverse("home"))  # makes the office's row
    before = everything() | LOOKS
    for name, (method, arguments, _) in TABLE.items():
        if method == "get":
            client.get(reverse(name, args=world["arguments"][arguments]))
    assert everything() | LOOKS == before
