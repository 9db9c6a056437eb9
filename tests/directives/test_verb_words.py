"""Whatever is written into an event row as its verb has words for people."""

import re
from pathlib import Path

from directives.actions.words import VERBS
from directives.archive import make
from directives.reports import lease

ROOT = Path(__file__).resolve().parents[2]


def test_every_verb_has_its_words():
    used = {*make.LEASE.verbs, *lease.LEASE.verbs}
    for folder in ("agencies", "directives"):
        for file in (ROOT / folder).rglob("*.py"):
            used |= set(re.findall(r'acting\(\s*[\w.()]+,\s*"(\w+)"', file.read_text(encoding="utf-8")))
    assert len(used) > 30
    assert used - VERBS.keys() == set()
