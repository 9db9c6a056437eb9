"""A line of a round that is being typed, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from directives.models import Part


def typed_text(typed: dict[str, Any], parts: Iterable[Part] = ()) -> str:
    """A line of a draft for reading, a sentence each."""
    reasons = "; ".join(filter(None, (typed.get("unchanged_why"), typed.get("unchanged_more"))))
    ticked = "; ".join(part.text for part in parts if str(part.pk) in typed.get("parts", ()))
    lines = (
        (
            "Không thay đổi: " if typed.get("unchanged") else "",
            reasons if typed.get("unchanged") else typed.get("result"),
        ),
        ("Tỷ lệ đạt chỉ tiêu (%): ", typed.get("percent")),
        ("Đầu việc đã xong: ", ticked),
        ("Khó khăn, vướng mắc: ", typed.get("obstacle")),
        ("Kiến nghị: ", typed.get("proposal")),
        ("Vướng mắc trước đã được tháo gỡ", " " if typed.get("clears_obstacles") else ""),
        ("Đề nghị hoàn thành", " " if typed.get("claims_completion") else ""),
        ("Văn bản kết quả: ", typed.get("document_number")),
        ("Không có minh chứng, lý do: ", typed.get("no_evidence_reason")),
        ("Số tệp kèm theo: ", str(len(typed.get("kept", ()))) if typed.get("kept") else ""),
    )
    return "\n".join(f"{label}{value}".strip() for label, value in lines if value) or "(để trống)"
