"""Addresses of directives, tasks, assignments, reports and reminders."""

from django.urls import path

from directives.views import (
    agencies,
    assignments,
    desk,
    directive_draft,
    directive_import,
    directive_text,
    directives,
    mail,
    notes,
    office,
    reminders,
    reports,
    reviews,
    tasks,
)

DIRECTIVE = "van-ban/<int:pk>/"
TASK = "nhiem-vu/<int:pk>/"
ASSIGNMENT = f"{TASK}<slug:code>/"

urlpatterns = [
    path("", desk.home, name="home"),
    path("tong-hop/", desk.summary, name="summary"),
    path("co-quan/", agencies.agency_list, name="agency_list"),
    path("co-quan/<slug:code>/", agencies.agency_detail, name="agency_detail"),
    path("cho-xac-nhan/", reviews.review_queue, name="review_queue"),
    path("minh-chung/<uuid:uuid>/", notes.evidence, name="evidence"),
    path("van-ban/", directives.directive_list, name="directive_list"),
    path("van-ban/nap/", directive_import.directive_import, name="directive_import"),
    path(DIRECTIVE, directives.directive_detail, name="directive_detail"),
    path(f"{DIRECTIVE}doc-hieu/", directive_text.directive_text, name="directive_text"),
    path(f"{DIRECTIVE}tep-goc/", directives.directive_source, name="directive_source"),
    path(f"{DIRECTIVE}sua/", directive_draft.directive_edit, name="directive_edit"),
    path(f"{DIRECTIVE}bo/", directive_draft.directive_discard, name="directive_discard"),
    path(f"{DIRECTIVE}cong-bo/", directives.directive_publish, name="directive_publish"),
    path("nhac-viec/", reminders.reminder_list, name="reminder_list"),
    path("nhac-viec/lap/", reminders.reminder_plan, name="reminder_plan"),
    path("nhac-viec/thu-lai/", reminders.reminder_retry, name="reminder_retry"),
    path("hop-thu/", mail.mail_list, name="mail_list"),
    path("hop-thu/<str:name>/", mail.mail_detail, name="mail_detail"),
    path("hop-thu/<str:name>/html/", mail.mail_html, name="mail_html"),
    path(TASK, tasks.task_detail, name="task_detail"),
    path(f"{TASK}sua/", tasks.task_edit, name="task_edit"),
    path(ASSIGNMENT, assignments.assignment_detail, name="assignment_detail"),
    path(f"{ASSIGNMENT}bao-cao/", notes.note_create, name="note_create"),
    path(f"{ASSIGNMENT}nhap-ho/", notes.note_enter, name="note_enter"),
    path(f"{ASSIGNMENT}<slug:verb>/", assignments.assignment_verb, name="assignment_verb"),
    path("bao-cao/", reports.report_list, name="report_list"),
    path("bao-cao/lap/", reports.report_create, name="report_create"),
    path("bao-cao/<int:pk>/", reports.report_detail, name="report_detail"),
    path("bao-cao/<int:pk>/tien-do/", reports.report_progress, name="report_progress"),
    path("bao-cao/<int:pk>/pdf/", reports.report_pdf, name="report_pdf"),
    path("bao-cao/<int:pk>/thu-lai/", reports.report_retry, name="report_retry"),
    path("thiet-lap/", office.office_settings, name="office_settings"),
]
