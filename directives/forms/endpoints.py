"""An address where a gateway takes reminders."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from agencies.forms_base import VerbForm
from directives.gateways import LONGEST


class UrlForm(VerbForm):
    """The address, new or another one."""

    url = forms.CharField(
        label="Địa chỉ nhận tin của cổng",
        max_length=LONGEST,
        help_text="Do đơn vị vận hành cổng tin nhắn cung cấp. Ví dụ: https://sms.vidu.vn/nhac-viec",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Xin ghi địa chỉ."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class KeyForm(VerbForm):
    """`submission` names the press that makes a key: pressed twice, it is the same key."""

    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"submission": uuid.uuid4()}, **kwargs})


class AddForm(UrlForm, KeyForm):
    """A new endpoint: its address, and the press that makes its key."""
