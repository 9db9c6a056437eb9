"""Every address of the product."""

from django.urls import include, path

from kttt_tracker.health import healthz
from kttt_tracker.preferences import type_size

handler429 = "agencies.views.sign_in.too_many"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("co-chu/", type_size, name="type_size"),
    path("", include("agencies.urls")),
    path("", include("directives.urls")),
]
