"""Lời mời: made and withdrawn on an agency's page, answered by whoever holds the link."""

from __future__ import annotations

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import invitations
from agencies.clock import today
from agencies.errors import Refused
from agencies.forms_delegation import InviteForm
from agencies.forms_invitation import JoinForm
from agencies.models import RIGHT_WORDS, Invitation
from agencies.models.invitation import checksum
from agencies.views.delegation import named_agency, page_of
from agencies.views.people import _me

KEY = "loi_moi"


@require_POST
def people_invite(request: HttpRequest, code: str) -> HttpResponse:
    """The link is shown in this answer only, and mailed where an address was given."""
    agency, by = named_agency(request, code), _me(request)
    form = InviteForm(request.POST, by=by)
    if not form.is_valid():
        return page_of(request, agency, status=422, invite=form)
    made = form.carry_out(invitations.invite, agency=agency, by=by, day=today(), **form.cleaned_data)
    if not made:
        return page_of(request, agency, status=422, invite=form)
    invitation, token = made
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    sent = bool(invitation.email) and invitations.send(invitation, link, RIGHT_WORDS[invitation.right])
    return page_of(request, agency, link=link, invited=invitation, sent=sent)


@require_POST
def invitation_withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The link stops working now."""
    agency = named_agency(request, code)
    invitation = get_object_or_404(Invitation, agency=agency, pk=pk)
    if invitations.withdraw(invitation=invitation, by=_me(request), day=today()):
        messages.success(request, "Đã thu hồi lời mời; đường dẫn không còn dùng được.")
    else:
        messages.info(request, "Lời mời này đã được nhận hoặc đã thu hồi từ trước.")
    return redirect("agency_people", code=code)


@require_safe
@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the secret out of the address before anything is shown: no referrer, no history, no log has it then.

    The session keeps its checksum only. Reading consumes nothing: messengers fetch links to preview them.
    """
    request.session[KEY] = checksum(token)
    answer = redirect("invitation_answer")
    answer["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(answer)
    return answer


@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def invitation_answer(request: HttpRequest) -> HttpResponseBase:
    """Who invites to what; a new person makes an account, a liaison accepts with one press."""
    sha256 = request.session.get(KEY, "")
    found = invitations.find(sha256) if sha256 else None
    if found is None:
        return _gone(request)
    if request.method == "POST" and (slow := ratelimit.consume_or_429(request, action="accept_invitation", key=sha256)):
        return slow
    try:
        return _accept(request, found) if request.user.is_authenticated else _join(request, found)
    except invitations.Gone:
        return _gone(request)


def _accept(request: HttpRequest, found: Invitation) -> HttpResponseBase:
    user = _me(request)
    if request.method == "POST" and user.is_liaison:
        try:
            invitations.accept(invitation=found, user=user, day=today())
            return _welcome(request, found)
        except Refused as refusal:
            messages.error(request, str(refusal))
    return _page(request, found, status=422 if request.method == "POST" else 200)


def _join(request: HttpRequest, found: Invitation) -> HttpResponseBase:
    form = JoinForm(request.POST or None, invitation=found)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("username", "full_name", "email")}
        password = form.cleaned_data["password1"]
        user = form.carry_out(invitations.accept_as_new, invitation=found, password=password, day=today(), **data)
        if user:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            return _welcome(request, found)
    return _page(request, found, form=form, status=422 if request.method == "POST" else 200)


def _welcome(request: HttpRequest, found: Invitation) -> HttpResponse:
    request.session.pop(KEY, None)
    right = RIGHT_WORDS[found.right].lower()
    messages.success(request, f"Đã nhận lời mời: ông/bà là {right} của {found.agency}.")
    return redirect("home")


def _page(request: HttpRequest, found: Invitation, status: int, form: JoinForm | None = None) -> HttpResponse:
    context = {"invitation": found, "right": RIGHT_WORDS[found.right], "form": form}
    return render(request, "agencies/invitation.html", context, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    """One page for every link that does not work: it tells a stranger nothing."""
    request.session.pop(KEY, None)
    return render(request, "agencies/invitation_gone.html", status=410)
