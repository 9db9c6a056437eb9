"""What day it is. Only the outermost layer (a view, a job, a command) may ask; all others are told."""

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The business day in Asia/Ho_Chi_Minh, or the pinned day of the training clock (KTTT_TODAY)."""
    return settings.TODAY or timezone.localdate()
