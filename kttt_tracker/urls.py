"""Every address of the product."""

from django.urls import include, path

from kttt_tracker.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("agencies.urls")),
    path("", include("directives.urls")),
]
