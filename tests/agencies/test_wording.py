"""How people are spoken to: courteously, and never as "bạn"."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = [
    *ROOT.glob("agencies/**/*.py"),
    *ROOT.glob("templates/agencies/**/*.*"),
    *ROOT.glob("templates/account/**/*.*"),
]
CURT = re.compile(r"\b(bạn|hãy|vui lòng)\b", re.IGNORECASE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_is_spoken_to_curtly(path):
    assert CURT.findall(path.read_text(encoding="utf-8")) == []
