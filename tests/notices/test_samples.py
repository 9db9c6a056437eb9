"""The twelve other samples: never a failure, every character accounted for, and floors on what is understood."""

import contextlib
import importlib.util
import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directives.notices import NotANotice, SecretDocument, read

SAMPLES = Path(__file__).parent / "samples"
TEXTS = sorted(SAMPLES.glob("*.txt"))
FLOORS = {
    "header": 0.97, "tasks_recall": 0.97, "tasks_precision": 0.97, "agencies": 0.97, "leads": 0.97, "deadlines": 0.97,
    "dated": 0.97, "recurring": 0.97, "coordinating_recall": 0.95, "coordinating_precision": 0.95, "cited_recall": 0.97,
    "cited_precision": 0.97,
}  # fmt: skip


def assert_accounted_for(notice):
    at = 0
    for segment in notice.segments:
        assert segment.start == at < segment.end
        at = segment.end
    assert at == len(notice.text)
    for task in notice.tasks:
        assert 0 <= task.start < task.end <= len(notice.text)
        assert notice.text[task.start : task.end] == task.text


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_a_sample_is_read_and_wholly_covered(path):
    notice = read(path.read_text(encoding="utf-8"))
    assert_accounted_for(notice)
    assert notice.addressees
    json.dumps(notice.as_dict())


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_parts_lie_in_their_task_in_order(path):
    for task in read(path.read_text(encoding="utf-8")).tasks:
        end = task.start
        assert len(task.parts) != 1
        for part in task.parts:
            assert end <= part.start < part.end <= task.end
            end = part.end


def load_score():
    spec = importlib.util.spec_from_file_location("notice_score", Path(__file__).with_name("score.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reader_holds_its_floors(monkeypatch):
    score = load_score()
    floors = [word for name, value in FLOORS.items() for word in ("--floor", f"{name}={value}")]
    command = [sys.executable, "-m", "directives.notices"]
    monkeypatch.chdir(Path(__file__).parents[2])
    monkeypatch.setattr(sys, "argv", ["score.py", "--set", str(SAMPLES), *floors, "--", *command])
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = score.main()
    assert status == 0, said.getvalue()


@st.composite
def mangled(draw):
    text = draw(st.sampled_from(TEXTS)).read_text(encoding="utf-8")
    start = draw(st.integers(0, len(text) // 2))
    text = text[start : draw(st.integers(start, len(text)))] if draw(st.booleans()) else text
    noise = st.text(alphabet="aăđêỦSở .;:,-–()/%|*\n\t0123456789IVX[]\u0301\u00a0", max_size=12)
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(noise) + text[at + draw(st.integers(0, 40)) :]
    return text


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(mangled())
def test_a_mangled_notice_is_read_or_courteously_refused(text):
    try:
        notice = read(text)
    except (NotANotice, SecretDocument) as refusal:
        assert str(refusal)
    else:
        assert_accounted_for(notice)
        json.dumps(notice.as_dict())
