"""The page that accounts for every character of a directive."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access import overseers_only
from directives.models import Task
from directives.views.directive_page import trail
from directives.views.directives import directive_or_404
from directives.views.finding import me
from directives.views.reading_page import Stretch, count, pieces, stretches, working_part


@require_safe
@overseers_only
def directive_text(request: HttpRequest, pk: int) -> HttpResponse:
    """What each stretch of the text was understood to be, and how much of it is work."""
    directive = directive_or_404(me(request), pk)
    tasks = list(Task.objects.visible_to(me(request)).filter(directive=directive).prefetch_related("parts"))
    found = stretches(directive)
    part = working_part(directive.text, found)
    context = {
        "directive": directive,
        "crumbs": trail(directive),
        "task_count": len(tasks),
        "part_count": sum(len(task.parts.all()) for task in tasks),
        "counts": count(found, part.start, part.end) if part else count(found, 0, 0),
        "characters": len(directive.text),
        "stretch_count": len(found),
        "part": part,
        "pieces": pieces(directive.text, found, tasks),
        "suspects": _suspects(directive.text, found),
    }
    return render(request, "directives/directive_text.html", context)


def _suspects(text: str, found: list[Stretch]) -> list[dict[str, object]]:
    """What staff should look at, each with the anchor that `pieces` gives it."""
    suspect = [each for each in found if each.kind.suspect]
    return [
        {"anchor": f"can-xem-{number}", "text": text[each.start : each.end].strip()[:160], "size": each.size}
        for number, each in enumerate(suspect, 1)
    ]
