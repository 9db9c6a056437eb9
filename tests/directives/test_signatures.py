"""What is read of the digital signatures in a PDF, and in which words it is told; made with certificates of our own."""

import random
import re
import time
from datetime import timedelta
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from asn1crypto import ocsp
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from agencies.errors import Refused
from directives.reports import examine, same_paper, signatures
from directives.reports.child import CannotRender, Limits, answer_of
from directives.reports.signature_words import has_bad, is_signed, summary, told
from directives.reports.signatures import Chain, Clock, Kept, Unreadable
from directives.reports.trust import roots_in
from tests.directives.signing import AGENCY, LEADER, NOW, Authority, apart, authority, sign, stamped, with_revocations
from tests.directives.test_shelf import pdf

DAYS = timedelta(days=1)


@cache
def signed():
    return sign(pdf())


def turned(paper):
    """The same paper with its first page turned after it was signed."""
    writer = IncrementalPdfFileWriter(BytesIO(paper))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = generic.NumberObject(90)
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def read(*arguments):
    return apart(signatures.read, *arguments)


def only(paper, roots=None, now=NOW):
    (found,) = read(paper, [authority().root] if roots is None else roots, now)
    return found


def words(*found):
    (one,) = told([each.as_json() for each in found])
    return one.badge, " ".join(one.lines)


class TestWhatIsRead:
    def test_a_whole_paper_by_somebody_trusted(self):
        found = only(signed())
        assert (found.name, found.organisation, found.issuer) == (LEADER, AGENCY, "Chứng thực thử nghiệm")
        assert (found.kept, found.chain, found.clock) == (Kept.WHOLE, Chain.TRUSTED, Clock.CLAIMED)
        badge, lines = words(found)
        assert badge == "Chữ ký đúng, chứng thư tin cậy"
        assert "Chưa kiểm tra chứng thư có bị thu hồi" in lines

    def test_nobody_is_asked(self, monkeypatch):
        """The certificate names an address where its service tells what was revoked; it is of the signer's choosing."""
        asked = []
        monkeypatch.setattr("socket.socket.connect", lambda _, address: asked.append(address))
        monkeypatch.setattr("socket.getaddrinfo", lambda *address, **_: asked.append(address))
        assert only(sign(pdf(), stamper=authority().stamper(NOW))).chain == Chain.TRUSTED
        assert asked == []

    @pytest.mark.parametrize(("roots", "chain"), [([], Chain.NO_ROOTS), ([Authority().root], Chain.UNKNOWN)])
    def test_nobody_is_trusted_without_the_root(self, roots, chain):
        found = only(signed(), roots)
        assert (found.kept, found.chain) == (Kept.WHOLE, chain)
        badge, lines = words(found)
        assert badge == "Chữ ký đúng, chưa xác minh chứng thư"
        assert "Chưa đủ căn cứ xác minh chứng thư" in lines

    def test_a_second_signature_leaves_the_first_as_it_was(self):
        first, second = read(sign(signed(), authority().signer(AGENCY), "CoQuan"), [authority().root], NOW)
        assert [(each.name, each.kept) for each in (first, second)] == [(LEADER, Kept.ADDED), (AGENCY, Kept.WHOLE)]
        assert not has_bad([first.as_json(), second.as_json()])
        assert summary([first.as_json(), second.as_json()]) == f"2 chữ ký số: {LEADER}; {AGENCY}"

    @pytest.mark.parametrize(
        ("spoil", "kept"), [(turned, Kept.CHANGED), (lambda paper: paper.replace(b"842", b"843", 1), Kept.BROKEN)]
    )
    def test_what_was_changed_is_said(self, spoil, kept):
        found = only(spoil(signed()))
        assert found.kept == kept
        assert words(found)[0] == "Tệp bị sửa hoặc chữ ký hỏng"
        assert "Không nên dùng bản này" in words(found)[1]
        assert has_bad([found.as_json()])

    def test_a_certificate_that_had_ended(self):
        found = only(sign(pdf(), authority().signer(until=NOW - 3 * DAYS)))
        assert (found.kept, found.chain) == (Kept.WHOLE, Chain.EXPIRED)
        assert "hết hiệu lực" in words(found)[0]
        assert "29/05/2026" in words(found)[1]

    def test_a_trusted_timestamp_keeps_a_signature_whose_certificate_ended_later(self):
        moment = NOW - 30 * DAYS
        signer, stamper = authority().signer(until=NOW - 3 * DAYS), authority().stamper(moment)
        found = only(sign(pdf(), signer, stamper=stamper))
        assert (found.chain, found.clock, found.signed_at) == (Chain.TRUSTED, Clock.TRUSTED, moment.isoformat())

    def test_a_timestamp_of_an_unknown_service_is_told_as_such(self):
        stranger = Authority("Lạ")
        found = only(sign(pdf(), stamper=stranger.stamper(NOW - DAYS)))
        assert (found.chain, found.clock) == (Chain.TRUSTED, Clock.STAMPED)

    def test_what_the_file_tells_of_revocation_is_believed_from_the_service_itself(self):
        signer = authority().signer()
        paper = sign(pdf(), signer)
        good, revoked = authority().revocations(), authority().revocations(signer)
        stale, stale_revoked = (authority().revocations(*who, until=NOW - 20 * DAYS) for who in ([], [signer]))
        found = only(with_revocations(paper, good))
        assert (found.chain, found.is_checked, found.kept) == (Chain.TRUSTED, True, Kept.ADDED)
        assert "Theo thông tin kèm trong tệp, chứng thư chưa bị thu hồi." in words(found)[1]
        for each in (revoked, stale_revoked):
            found = only(with_revocations(paper, each))
            assert (found.chain, words(found)[0]) == (Chain.REVOKED, "Chứng thư đã bị thu hồi")
            assert has_bad([found.as_json()])
        for other in (stale, Authority("Lạ").revocations(signer)):
            found = only(with_revocations(paper, other))
            assert (found.chain, found.is_checked) == (Chain.TRUSTED, False)

    @pytest.mark.parametrize(
        ("is_revoked", "until", "chain", "is_checked"),
        [
            (False, NOW + DAYS, Chain.TRUSTED, True),
            (False, NOW - 20 * DAYS, Chain.TRUSTED, False),
            (True, NOW + DAYS, Chain.REVOKED, False),
            (True, NOW - 20 * DAYS, Chain.REVOKED, False),
        ],
    )
    def test_so_are_the_answers_about_one_certificate(self, is_revoked, until, chain, is_checked):
        """What is out of date does not prove that it is good any more; but revoked is for good."""
        signer = authority().signer()
        answer = authority().answer(signer, is_revoked=is_revoked, until=until)
        found = only(with_revocations(sign(pdf(), signer), answers=[answer]))
        assert (found.chain, found.is_checked) == (chain, is_checked)

    def test_an_answer_without_an_answer_says_nothing(self):
        signer = authority().signer()
        busy = ocsp.OCSPResponse({"response_status": "try_later"})
        found = only(with_revocations(sign(pdf(), signer), answers=[busy]))
        assert (found.chain, found.is_checked) == (Chain.TRUSTED, False)

    def test_a_name_cannot_turn_the_line_around(self):
        found = only(sign(pdf(), authority().signer("A\u202eB\u2066<b>")))
        assert found.name == "A B <b>"

    def test_a_timestamp_of_the_document_is_nobodys_signature(self):
        rows = [each.as_json() for each in read(stamped(pdf()), [authority().root], NOW)]
        (one,) = told(rows)
        assert (one.who, one.badge) == (
            "Dấu thời gian: Dịch vụ cấp dấu thời gian",
            "Dấu thời gian đúng, chứng thư tin cậy",
        )
        assert one.lines[0] == "Dấu thời gian bao trùm toàn bộ tệp; tệp không thay đổi từ khi đóng dấu thời gian."
        assert (summary(rows), is_signed(rows)) == ("Không có chữ ký số trong tệp", False)
        both = [each.as_json() for each in read(stamped(signed()), [authority().root], NOW)]
        assert (summary(both), is_signed(both)) == (f"1 chữ ký số: {LEADER}", True)

    @pytest.mark.parametrize("chain", [Chain.UNFIT, Chain.TRUSTED])
    @pytest.mark.parametrize("kept", [Kept.WHOLE, Kept.CHANGED, Kept.BROKEN, Kept.UNKNOWN])
    def test_no_line_about_a_timestamp_calls_it_a_signature(self, kept, chain):
        one = only(stamped(pdf())).as_json() | {"kept": kept, "chain": chain, "clock": Clock.CLAIMED}
        (stamp,), (signature,) = told([one]), told([one | {"is_timestamp": False}])
        assert not re.search(r"chữ ký|ký số|người ký|(lúc|khi) ký", " ".join((stamp.badge, stamp.when, *stamp.lines)))
        assert re.search(r"[Cc]hữ ký|khi ký", signature.lines[0])

    def test_a_paper_without_signatures(self):
        assert read(pdf(), [authority().root], NOW) == []
        assert summary([]) == "Không có chữ ký số trong tệp"

    @pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7 nothing", b"%PDF-1.7\n" + b"\x00" * 4000])
    def test_garbage(self, content):
        with pytest.raises(Unreadable, match="đã hỏng"):
            read(content, [], NOW)

    def test_a_locked_paper(self):
        out = BytesIO()
        with pikepdf.open(BytesIO(pdf())) as document:
            document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
        with pytest.raises(Unreadable, match="mật khẩu"):
            read(out.getvalue(), [], NOW)

    def test_a_signature_that_is_no_signature(self):
        start = signed().index(b"/Contents <") + 40
        with pytest.raises(Unreadable, match="các chữ ký"):
            only(signed()[:start] + b"00" * 40 + signed()[start + 80 :])

    def test_roots_lie_in_a_folder(self, tmp_path):
        (tmp_path / "goc.pem").write_bytes(authority().pem)
        (tmp_path / "hong.crt").write_bytes(b"no certificate")
        (tmp_path / "doc.txt").write_bytes(authority().pem)
        assert [each.subject.native for each in roots_in(str(tmp_path))] == [authority().root.subject.native]
        assert roots_in("") == roots_in(str(tmp_path / "khong-co")) == []


def written(*pages):
    """A PDF of plain words, a page each."""
    from weasyprint import HTML

    return HTML(string="".join(f"<p style='break-after: page'>{page}</p>" for page in pages)).write_pdf()


class TestTheSamePaper:
    def test_number_and_day_may_be_added(self):
        ours = written("Số: /BC-LMHTX hoàn thành 16.051 nhiệm vụ", "Phụ lục")
        theirs = written("Số: 05/BC-LMHTX hoàn thành 16.051 nhiệm vụ ngày 25", "Phụ lục Nguyễn Văn Đức")
        assert same_paper.compare(theirs, ours).is_same

    def test_another_number_is_named_with_its_page(self):
        found = same_paper.compare(written("như nhau", "84,64%"), written("như nhau", "84,46%"))
        assert (found.is_same, found.missing) == (False, {"2": ["84,46"]})

    def test_a_page_less_and_a_page_of_something_else(self):
        assert not same_paper.compare(written("một"), written("một", "hai")).is_same
        assert same_paper.compare(written("một " + "khác " * 180), written("một")).is_longer

    def test_words_that_moved_to_another_page_are_the_same_words(self):
        assert same_paper.compare(written("một", "hai ba"), written("một hai", "ba")).is_same

    def test_a_damaged_page_is_warned_of_and_refuses_nothing(self):
        out = BytesIO()
        with pikepdf.open(BytesIO(written("một", "hai", "ba"))) as document:
            document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        damaged = re.sub(rb"(/Kids \[ \d+ 0 R )\d+( 0 R)", rb"\g<1>0\2", out.getvalue())
        found = same_paper.compare(damaged, written("một", "hai", "ba"))
        assert (found.pages, found.missing, found.is_same) == (3, {"2": ["hai"]}, False)

    def test_a_scan_has_no_words(self):
        found = same_paper.compare(pdf(), written("một"))
        assert (found.has_words, found.is_same) == (False, False)


class TestInAChild:
    def test_it_is_stopped_when_it_takes_too_long(self):
        begun = time.monotonic()
        with pytest.raises(CannotRender):
            answer_of(time.sleep, 30, limits=Limits(wall=0.3))
        assert time.monotonic() - begun < 20  # not 30

    @pytest.mark.parametrize("work", [lambda: bytearray(3 * 1024**3) and 1, lambda: 1 / 0])
    def test_it_may_break(self, work, capfd):
        with pytest.raises(CannotRender):
            answer_of(work)

    def test_what_is_found_comes_back(self, settings, tmp_path, kept_files):
        (tmp_path / "goc.pem").write_bytes(authority().pem)
        settings.SIGNATURE_ROOTS = str(tmp_path)
        found = examine.examine(signed(), written("một"), NOW)
        assert [each["chain"] for each in found.signatures] == ["trusted"]
        assert found.comparison["has_words"] is False
        assert examine.examine(signed(), b"", NOW).comparison == {}

    def test_what_cannot_be_read_is_refused_in_words(self, kept_files):
        with pytest.raises(Refused, match="đã hỏng"):
            examine.examine(b"%PDF-1.7 nothing", b"", NOW)
        with pytest.raises(Refused, match="thời gian và bộ nhớ"):
            examine.examine(signed(), b"", NOW, Limits(wall=0))

    def test_a_large_paper_is_read_in_time(self, kept_files):
        """20 MB, as much as may come."""
        out = BytesIO()
        with pikepdf.open(BytesIO(pdf())) as document:
            document.Root.Weight = document.make_stream(random.randbytes(19_000_000))
            document.save(out)
        large = sign(out.getvalue())
        assert len(examine.examine(large, b"", NOW, Limits(cpu=20)).signatures) == 1
