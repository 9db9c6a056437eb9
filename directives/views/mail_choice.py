"""Which mails a person gets: chosen when signed in, or stopped with the signed word that stands in each mail."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agencies.clock import today
from agencies.models import Agency
from directives.actions.reading_reminders import choose_mails
from directives.forms.mail_choice import MailChoiceForm, optional_words
from directives.reminders.preferences import person_of
from directives.views.finding import me


@require_http_methods(["GET", "HEAD", "POST"])
def mail_preferences(request: HttpRequest) -> HttpResponse:
    """What the person does without; what nobody does without, and why; where their mail goes."""
    # Nothing ticked sends nothing, and is a choice too.
    form = MailChoiceForm(request.POST if request.method == "POST" else None, by=me(request))
    if form.is_valid():
        form.save(today())
        messages.success(request, "Đã lưu. Thông báo trong phần mềm vẫn đầy đủ.")
        return redirect("mail_preferences")
    context = {"form": form, "standing": Agency.objects.standing()}
    return render(request, "directives/mail_preferences.html", context, status=422 if form.errors else 200)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def reminder_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the word in the mail lets it stop, in the browser or by one press in the mail program (RFC 8058).

    To look changes nothing: messengers and virus scanners follow links.
    """
    if (person := person_of(token)) is None:
        raise Http404
    if request.method == "POST":
        choose_mails(by=person, day=today(), wanted=())
    context = {"person": person, "kinds": optional_words(), "is_done": request.method == "POST"}
    answer = render(request, "directives/reminder_stop.html", context)
    answer["Referrer-Policy"] = "no-referrer"
    return answer
