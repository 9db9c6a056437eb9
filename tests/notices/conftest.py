"""The samples: real documents with hand-made answers."""

import json
from pathlib import Path

import pytest

from directives.notices import read

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(scope="session")
def samples():
    return SAMPLES


@pytest.fixture(scope="session")
def text86():
    return (SAMPLES / "86-TB-UBND.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def answer86():
    return json.loads((SAMPLES / "86-TB-UBND.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def notice86(text86):
    return read(text86)
