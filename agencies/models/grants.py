"""Guardian's grants on agencies, in tables with real foreign keys: a grant dies with its agency."""

import pghistory
from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from agencies.models.agency import APPROVE, LEAD, REPRESENT, RIGHTS, Agency

__all__ = ["APPROVE", "LEAD", "REPRESENT", "RIGHTS", "AgencyGroupPermission", "AgencyUserPermission"]


@pghistory.track()
class AgencyUserPermission(UserObjectPermissionBase):
    """What this person may do for this agency: one row for each of RIGHTS that they hold."""

    content_object = models.ForeignKey(Agency, models.CASCADE, related_name="user_grants")

    class Meta(UserObjectPermissionBase.Meta):
        default_permissions = ()


class AgencyGroupPermission(GroupObjectPermissionBase):
    """Guardian asks for this table too; no grants are made through groups of users."""

    content_object = models.ForeignKey(Agency, models.CASCADE, related_name="group_grants")

    class Meta(GroupObjectPermissionBase.Meta):
        default_permissions = ()
