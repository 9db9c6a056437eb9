"""What a reader may set for this browser alone, signed in or not: the size of type."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from kttt_tracker.addresses import asked_address

TYPE_SIZE_COOKIE = "co_chu"
LARGE, MEDIUM = "lon", "vua"
YEAR = 365 * 24 * 3600


def has_large_type(request: HttpRequest) -> bool:
    """Whether this browser asked for large type."""
    return request.COOKIES.get(TYPE_SIZE_COOKIE) == LARGE


@login_not_required
@require_POST
def type_size(request: HttpRequest) -> HttpResponse:
    """Keep the chosen size for a year and go back to the page it was chosen on."""
    response = HttpResponseRedirect(asked_address(request, "next", "/"))
    size = LARGE if request.POST.get("co_chu") == LARGE else MEDIUM
    response.set_cookie(TYPE_SIZE_COOKIE, size, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return response
