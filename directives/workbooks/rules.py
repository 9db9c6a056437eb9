"""What Excel says while one types; what was pasted over it is found when the workbook is handed in."""

from __future__ import annotations

from datetime import date
from typing import Any

from directives.workbooks.columns import Column, Kind


def rule_for(column: Column, listed: str) -> dict[str, Any] | None:
    """A data validation of XlsxWriter for an open column; `listed`: the range that its choices stand in."""
    if rule := _rule(column, listed):
        told = {"input_title": column.head[:32], "input_message": column.hint} if column.hint else {}
        return {**rule, **told, "error_title": column.head[:32]}
    return None


def _rule(column: Column, listed: str) -> dict[str, Any] | None:
    if column.kind == Kind.TICK:
        return {"validate": "list", "source": ["x"], "error_message": "Xin ghi x hoặc để trống."}
    if column.kind == Kind.PERCENT:
        return _between("integer", 0, 100, "Xin ghi số nguyên từ 0 đến 100.")
    if column.kind == Kind.DAY:
        return _between("date", date(1945, 1, 1), date(2100, 12, 31), "Xin ghi ngày/tháng/năm, ví dụ 20/11/2023.")
    if column.kind in (Kind.REASON, Kind.RAISED_TO):
        return {"validate": "list", "source": listed, "show_error": False}
    if column.longest:
        most = {"criteria": "<=", "value": column.longest}
        return {"validate": "length", **most, "error_message": f"Ô này nhận nhiều nhất {column.longest} ký tự."}
    return None


def _between(kind: str, least: Any, most: Any, words: str) -> dict[str, Any]:
    return {"validate": kind, "criteria": "between", "minimum": least, "maximum": most, "error_message": words}
