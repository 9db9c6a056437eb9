"""Guardian's grants on agencies, in tables with real foreign keys: a grant dies with its agency."""

import pghistory
from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from agencies.models.agency import REPRESENT, Agency

__all__ = ["REPRESENT", "AgencyGroupPermission", "AgencyUserPermission"]


@pghistory.track()
class AgencyUserPermission(UserObjectPermissionBase):
    """This person may act for this agency."""

    content_object = models.ForeignKey(Agency, models.CASCADE, related_name="user_grants")

    class Meta(UserObjectPermissionBase.Meta):
        default_permissions = ()


class AgencyGroupPermission(GroupObjectPermissionBase):
    """Guardian asks for this table too; no grants are made through groups of users."""

    content_object = models.ForeignKey(Agency, models.CASCADE, related_name="group_grants")

    class Meta(GroupObjectPermissionBase.Meta):
        default_permissions = ()
