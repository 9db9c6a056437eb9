"""What a report is made of: plain JSON values, dates in it ISO strings (see `content`)."""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]
