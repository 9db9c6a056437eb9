"""Where to go next, when a form says where it came from."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def asked_address(request: HttpRequest, field: str, otherwise: str) -> str:
    """The address of this site that the form names in `field`; anything else, and other sites, give `otherwise`."""
    asked = request.POST.get(field, "")
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    return asked if ours else otherwise
