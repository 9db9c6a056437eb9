"""What the database itself refuses to change (design, section 3.8)."""

import pgtrigger


def append_only(name: str) -> list[pgtrigger.Trigger]:
    """Refuses UPDATE, DELETE and TRUNCATE in the database itself."""
    return [
        pgtrigger.Protect(name=f"{name}_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        no_truncate(name),
    ]


def no_truncate(name: str) -> pgtrigger.Trigger:
    """Refuses TRUNCATE, which triggers on rows do not see."""
    return pgtrigger.Trigger(
        name=f"{name}_no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;",
    )
