"""A long annex is typeset in parts and joined: nobody who reads the file, or has it read to them, can tell."""

import faulthandler
import io
import os
import re
import signal
import time
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from pikepdf import Array, Dictionary

from directives.reports import child, in_parts, typeset
from directives.reports.child import BROKEN, TOO_LARGE, TOO_LONG, CannotRender
from directives.reports.paper import RowKind
from tests.papers.invented import AGENCIES, annex, paper

HEAD = "Nội dung nhiệm vụ"
FIRST = 2  # the first page of the annex, counted from nought


@pytest.fixture(autouse=True)
def short_parts(monkeypatch):
    monkeypatch.setattr(in_parts, "LONG", 20)
    monkeypatch.setattr(in_parts, "PART", 25)


def long_paper(tasks=60):
    return paper(annexes=(annex(tasks, "Rà soát hợp tác xã", "Đang tổng hợp."),))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    target = tmp_path_factory.mktemp("parts") / "whole.pdf"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(in_parts, "LONG", 20)
        patch.setattr(in_parts, "PART", 25)
        told = []
        in_parts.write(long_paper(), str(target), lambda percent, words: told.append((percent, words)))
    assert [percent for percent, _ in told] == sorted(percent for percent, _ in told)
    assert len(told) > 3
    return target.read_bytes()


@pytest.fixture(scope="module")
def pages(made):
    with pdfplumber.open(io.BytesIO(made)) as document:
        yield document.pages


@pytest.fixture
def whole(made):
    with pikepdf.open(io.BytesIO(made)) as document:
        yield document


def elements(whole):
    """The whole tree of tags, from its root."""
    waiting = [whole.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [kid for kid in element.get("/K", []) if isinstance(kid, Dictionary)]


def test_a_short_paper_is_typeset_in_one():
    assert in_parts.parts_of(paper(5)) == [in_parts.Part(paper(5))]


def test_every_row_is_in_one_part_and_in_order():
    one = long_paper()
    body, *pieces = in_parts.parts_of(one)
    assert body.paper.annexes == ()
    assert [piece.is_continued for piece in pieces] == [False] + [True] * (len(pieces) - 1)
    tables = [piece.annex.blocks[0] for piece in pieces]
    assert [row for table in tables for row in table.rows] == list(one.annexes[0].blocks[0].rows)
    assert all(table.rows[0].kind is RowKind.GROUP for table in tables)
    assert all(len(table.rows) <= 1.5 * in_parts.PART for table in tables)


def test_what_stands_before_and_after_a_table_stays_there():
    long = annex(60)
    table, remark = long.blocks
    captioned = replace(long, blocks=(remark, replace(table, caption="Bảng 1", unit="việc"), remark))
    _, *pieces = in_parts.parts_of(paper(annexes=(captioned, annex(2))))
    blocks = [piece.annex.blocks for piece in pieces]
    assert blocks[0][0] == remark and blocks[-2][-1] == remark
    assert [block.caption for each in blocks[:-1] for block in each if block != remark] == ["Bảng 1"] + [""] * (
        len(pieces) - 2
    )
    assert not pieces[-1].is_continued


def test_one_group_that_is_long_by_itself_is_cut_too():
    table = annex(100).blocks[0]
    rows = [row for row in table.rows if row.kind is RowKind.PLAIN]
    _, *pieces = in_parts.parts_of(paper(annexes=(replace(annex(2), blocks=(replace(table, rows=rows),)),)))
    assert [len(piece.annex.blocks[0].rows) for piece in pieces] == [25, 25, 25, 25]


def test_pages_of_the_annex_are_numbered_as_if_it_were_typeset_in_one(pages):
    numbers = [page.crop((0, 0, page.width, 56)).extract_text().strip() for page in pages]
    assert numbers == ["", "2", "", *map(str, range(2, len(pages) - FIRST + 1))]
    places = {
        (
            round(word["x0"]),
            round(word["bottom"]),
            word["fontname"].partition("+")[2],
            round(word["bottom"] - word["top"], 1),
        )
        for page in pages[FIRST + 1 : FIRST + 9]
        for word in page.crop((0, 0, page.width, 56)).extract_words(extra_attrs=["fontname"])
    }
    assert len(places) == 1


def test_every_task_stands_once_and_every_page_has_the_head(pages):
    text = " ".join(" ".join(page.extract_text() for page in pages[FIRST:]).split())
    flat = text.replace(" ", "")
    for number in range(1, 61):
        assert flat.count(f"việcsố{number}.") == 1, number
    assert all(HEAD in page.extract_text() for page in pages[FIRST:])
    assert all("MINH HOẠ" in page.extract_text() for page in pages)
    assert text.count("(Kèm theo") == 1


def test_bookmarks_lead_to_every_agency(whole):
    places = {page.obj.objgen: number for number, page in enumerate(whole.pages)}
    root = whole.open_outline().root
    assert [item.title for item in root] == ["BÁO CÁO", "Phụ lục"]
    assert [item.title.partition(". ")[2] for item in root[-1].children] == list(AGENCIES)
    led_to = [places[item.destination[0].objgen] for item in root[-1].children]
    assert led_to == sorted(led_to) and led_to[0] == FIRST and led_to[-1] == len(whole.pages) - 1


def test_each_page_knows_the_tags_of_what_it_shows(whole):
    keys = whole.Root.StructTreeRoot.ParentTree.Nums
    tree = {int(keys[place]): keys[place + 1] for place in range(0, len(keys), 2)}
    assert list(tree) == sorted(tree)
    for page in whole.pages:
        owners = tree.pop(int(page.obj.StructParents))
        shown = [
            int(operands[1].MCID)
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and "/MCID" in operands[1]
        ]
        assert sorted(shown) == list(range(len(owners)))
        assert all(owner.Pg.objgen == page.obj.objgen for owner in owners)
    assert not tree


def test_the_tree_of_tags_is_one_tree(whole):
    count = 0
    for element in elements(whole):
        count += 1
        assert all(kid.P.objgen == element.objgen for kid in element.get("/K", []) if isinstance(kid, Dictionary))
    assert count > 600
    pages = {page.obj.objgen for page in whole.pages}
    assert {element.Pg.objgen for element in elements(whole) if "/Pg" in element} == pages


def test_cells_find_their_heads_in_their_own_table(whole):
    tables = [element for element in elements(whole) if element.S == "/Table"]
    names = [str(element.ID) for element in elements(whole) if "/ID" in element]
    assert len(names) == len(set(names)) > 0
    for table in tables:
        cells, heads = [], set()
        waiting = [table]
        while waiting:
            element = waiting.pop()
            heads |= {str(element.ID)} if "/ID" in element else set()
            cells += [element] if element.S == "/TD" else []
            waiting += [kid for kid in element.get("/K", []) if isinstance(kid, Dictionary)]
        assert all(str(name) in heads for cell in cells for name in cell.A.get("/Headers", Array()))


def test_no_two_subsets_of_fonts_have_one_name(whole):
    fonts = [each for each in whole.objects if isinstance(each, Dictionary) and each.get("/Type") == "/FontDescriptor"]
    names = [str(font.FontName) for font in fonts]
    assert len(names) == len(set(names)) > 4
    assert all(re.fullmatch(r"/[A-Z]{6}\+Liberation-Serif(-Bold)?(-Italic)?", name) for name in names)
    named = [each for each in whole.objects if isinstance(each, Dictionary) and "/BaseFont" in each]
    for font in named:
        below = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        assert font.BaseFont == below.BaseFont == below.FontDescriptor.FontName


def test_the_file_says_what_it_is_and_is_sound(whole):
    assert str(whole.docinfo.Title) == "Báo cáo tiến độ thực hiện Thông báo số 86/TB-UBND"
    assert str(whole.Root.Lang) == "vi"
    assert bool(whole.Root.ViewerPreferences.DisplayDocTitle)
    with whole.open_metadata() as metadata:
        assert str(metadata["pdfuaid:part"]) == "1"
    assert whole.check() == [] if hasattr(whole, "check") else whole.get_warnings() == []


def test_in_parts_or_in_one_the_words_are_the_same(made, tmp_path):
    one = tmp_path / "one.pdf"
    typeset.write(long_paper(), str(one), lambda *_: None)

    def words(document):
        return [
            word["text"]
            for page in document.pages
            for word in page.extract_words()
            if 56 < word["top"] < page.height - 56
        ]

    with pdfplumber.open(one) as single, pdfplumber.open(io.BytesIO(made)) as joined:
        of_one, of_parts = words(single), words(joined)
    head = 18  # words that are repeated on each page
    assert abs(len(of_one) - len(of_parts)) <= 3 * head
    assert set(of_one) == set(of_parts)


def falling(monkeypatch, folder, end):
    """The second piece of the annex ends so; the others would run for ever."""

    def fall(part, target, number):
        (folder / f"pid-{os.getpid()}").touch()
        if number != 2:
            signal.pause()
        if end == "memory":
            raise MemoryError
        if end == "failure":
            raise ValueError
        faulthandler.disable()  # it would tell of a fault that is meant
        os.kill(os.getpid(), end)

    monkeypatch.setattr(in_parts, "_write_annex", fall)
    monkeypatch.setattr(typeset, "write", lambda *_: None)
    monkeypatch.setattr(in_parts.os, "sched_getaffinity", lambda _: {0, 1, 2})


ENDS = [
    ("memory", TOO_LARGE), (signal.SIGSEGV, TOO_LARGE), (signal.SIGKILL, TOO_LARGE), (signal.SIGXCPU, TOO_LONG),
    ("failure", BROKEN),
]  # fmt: skip


@pytest.mark.parametrize(("end", "reason"), ENDS)
def test_a_part_that_fails_fails_the_whole_for_its_reason(monkeypatch, tmp_path, end, reason):
    falling(monkeypatch, tmp_path, end)
    with pytest.raises(CannotRender, match=re.escape(reason)):
        child.run(lambda tell: in_parts.write(long_paper(), str(tmp_path / "whole.pdf"), tell))
    assert not (tmp_path / "whole.pdf").exists()
    nobody_is_left(tmp_path)


def test_who_is_stopped_stops_the_parts(monkeypatch, tmp_path):
    falling(monkeypatch, tmp_path, signal.SIGCONT)  # which ends nobody: the second has nothing to write
    with pytest.raises(CannotRender, match=re.escape(TOO_LONG)):
        child.run(lambda tell: in_parts.write(long_paper(), str(tmp_path / "x"), tell), limits=child.Limits(wall=1.5))
    nobody_is_left(tmp_path)


def test_what_was_made_goes_with_the_folder_of_the_target(monkeypatch, tmp_path):
    """Who is killed cleans nothing up; its parent does, which gave it the folder."""
    falling(monkeypatch, tmp_path, signal.SIGCONT)
    given, elsewhere = tmp_path / "given", tmp_path / "elsewhere"
    given.mkdir(), elsewhere.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    monkeypatch.setattr(child, "_stop", lambda one: (os.kill(one.pid, signal.SIGKILL), one.join()))
    with pytest.raises(CannotRender):
        child.run(lambda tell: in_parts.write(long_paper(), str(given / "x"), tell), limits=child.Limits(wall=1.5))
    nobody_is_left(tmp_path)
    assert not list(elsewhere.iterdir())


@pytest.mark.parametrize(("cores", "most"), [({0}, 1), (set(range(64)), in_parts.MOST_AT_ONCE)])
def test_so_many_at_once_as_cores_may_be_used_and_never_very_many(monkeypatch, tmp_path, cores, most):
    falling(monkeypatch, tmp_path, signal.SIGCONT)
    monkeypatch.setattr(in_parts.os, "sched_getaffinity", lambda _: cores)
    monkeypatch.setattr(in_parts, "_ended", lambda running: pytest.fail(f"{len(running)} at once"))
    with pytest.raises(pytest.fail.Exception, match=f"^{most} at once"):
        in_parts.write(long_paper(200), str(tmp_path / "x"))


def nobody_is_left(folder):
    processes = [int(file.name.partition("-")[2]) for file in folder.glob("pid-*")]
    assert processes
    end = time.monotonic() + 60
    while any(map(runs, processes)):
        assert time.monotonic() < end
        time.sleep(0.05)


def runs(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
