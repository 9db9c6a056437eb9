"""Agencies and people."""

from agencies.models.agency import Agency, Membership
from agencies.models.grants import REPRESENT, AgencyGroupPermission, AgencyUserPermission
from agencies.models.user import Role, User

__all__ = [
    "REPRESENT",
    "Agency",
    "AgencyGroupPermission",
    "AgencyUserPermission",
    "Membership",
    "Role",
    "User",
]
