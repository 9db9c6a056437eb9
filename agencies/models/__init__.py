"""Agencies and people."""

from agencies.models.absence import Absence
from agencies.models.agency import APPROVE, LEAD, REPRESENT, RIGHT_WORDS, RIGHTS, Agency, Kind, Membership
from agencies.models.grants import AgencyGroupPermission, AgencyUserPermission
from agencies.models.invitation import Invitation
from agencies.models.succession import (
    AgencyCode,
    Scheme,
    Shape,
    Succession,
    SuccessionLink,
    with_predecessors,
    with_successors,
)
from agencies.models.support import SupportPage, SupportView
from agencies.models.user import Role, User

__all__ = [
    "APPROVE",
    "LEAD",
    "REPRESENT",
    "RIGHT_WORDS",
    "RIGHTS",
    "Absence",
    "Agency",
    "AgencyCode",
    "AgencyGroupPermission",
    "AgencyUserPermission",
    "Invitation",
    "Kind",
    "Membership",
    "Role",
    "Scheme",
    "Shape",
    "Succession",
    "SuccessionLink",
    "SupportPage",
    "SupportView",
    "User",
    "with_predecessors",
    "with_successors",
]
