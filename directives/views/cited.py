"""The page of a cited document: which work of which directives rests on it."""

from __future__ import annotations

import re

from django.core.paginator import Paginator
from django.db.models import Case, F, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.clock import today
from directives.deadlines import OPEN
from directives.forms.finding import cites
from directives.models import CitedDocument, Directive, Office, Task
from directives.search.words import Matches, Query, Term, folded, words
from directives.views.finding import assignments_for, me

PER_PAGE, LONGEST = 50, 60


@require_safe
def cited(request: HttpRequest) -> HttpResponse:
    """`so`: its number, however spaced or marked. Open work first, what falls due first in front."""
    user, number = me(request), _number(request.GET.get("so", "").replace("\0", "").strip()[:LONGEST])
    key = words(number)
    if not key:
        return render(request, "directives/cited.html", {"number": ""})
    rows = assignments_for(user, today(), Office.current()).published().filter(cites(number))
    unfinished = Case(When(life__in=OPEN, closed_on=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    page = Paginator(rows.order_by(unfinished, F("due").asc(nulls_last=True), "pk"), PER_PAGE).get_page(
        request.GET.get("trang")
    )
    mine = Task.objects.visible_to(user).values("pk")
    alike = CitedDocument.objects.annotate(folded=folded("number")).filter(folded=" ".join(key), tasks__in=mine)
    itself = Directive.objects.visible_to(user).filter(Matches("title", Query((Term(tuple(key)),))))
    context = {
        "number": number,
        "document": alike.order_by("doc_type", "pk").last(),
        "page": page,
        "open_count": rows.open().count(),
        "itself": next((each for each in itself.defer("text", "segments")[:20] if words(each.code) == key), None),
    }
    return render(request, "directives/cited.html", context)


def _number(typed: str) -> str:
    """ "Quyết định 281/QĐ-UBND" is found by its number."""
    return re.sub(r"^[^\d/]*\s(?=\d+\s*/)", "", typed)
