"""Loading a notice in the browser: what becomes of a good one, and what is said of everything else."""

import io
import random
import time
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.models import Agency, Role, User
from directives import notices
from directives.actions.import_notice import MAX_CHARS, import_notice
from directives.models import Assignment, Directive, Task

pytestmark = pytest.mark.django_db
FILE = Path(__file__).resolve().parents[2] / "directives/demo/86-TB-UBND.txt"
TEXT = FILE.read_text()
DAY = date(2023, 11, 20)
LETTER = "Đây là một bức thư thăm hỏi bạn bè, không giao việc cho ai."


@pytest.fixture(autouse=True)
def training_day(settings):
    settings.TODAY = DAY


@pytest.fixture
def keeper():
    return User.objects.create(username="thuongtruc", full_name="Lê Thị Hà", role=Role.STAFF)


@pytest.fixture
def load(client, keeper):
    client.force_login(keeper)

    def send(text="", content=None, name="86-TB-UBND.txt", follow=True):
        content = content.encode() if isinstance(content, str) else content
        data = {"text": text} | ({} if content is None else {"file": SimpleUploadedFile(name, content)})
        return client.post(reverse("directive_import"), data, follow=follow)

    return send


def nothing_is_kept():
    return not Directive.objects.exists() and not Task.objects.exists() and not Agency.objects.exists()


def word_file(text):
    document, kept = docx.Document(), io.BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(kept)
    return kept.getvalue()


def test_a_file_becomes_a_draft(load):
    answer = load(content=TEXT)
    made = Directive.objects.get()
    assert answer.redirect_chain == [(reverse("directive_detail", args=[made.pk]), 302)]
    assert "12 mục đơn vị, 26 nhiệm vụ, 80 phân công" in answer.content.decode()
    assert (made.published_on, made.source_name, made.created_on) == (None, "86-TB-UBND.txt", DAY)


def test_pasted_text_and_a_word_file_give_the_same_tasks(load):
    load(TEXT)
    read = notices.read(notices.text_of(word_file(TEXT), "86.docx"))
    assert [task.text for task in read.tasks] == [task.text for task in Task.objects.all()]


def test_a_word_file_becomes_a_draft(load):
    load(content=word_file(TEXT), name="86-TB-UBND.docx")
    assert Directive.objects.get().tasks.count() == 26


def test_the_same_notice_again_goes_to_what_is_here(load):
    load(content=TEXT)
    made = Directive.objects.get()
    answer = load(TEXT)
    assert answer.redirect_chain[-1][0] == reverse("directive_detail", args=[made.pk])
    assert "đã có trong sổ từ ngày 20/11/2023" in answer.content.decode()
    assert "khác với bản đang lưu" not in answer.content.decode()
    assert (Directive.objects.count(), Task.objects.count(), Assignment.objects.count()) == (1, 26, 80)


def test_another_text_of_the_same_number_is_told_and_changes_nothing(load):
    load(content=TEXT)
    answer = load(TEXT.replace("Hướng dẫn các Sở, ban, ngành", "Hướng dẫn mọi ngành"))
    assert "khác với bản đang lưu" in answer.content.decode()
    assert "Hướng dẫn các Sở, ban, ngành" in Directive.objects.get().text


SECRET = TEXT.replace("THÔNG BÁO\n", "MẬT\n\nTHÔNG BÁO\n", 1)
random.seed(7)
NOISE = "".join(random.choices("abcdefghiklmnopqrstuvxy     \n", k=5 * 1024 * 1024 - 100))
REFUSED = {
    "no notice": (LETTER, "văn bản giao nhiệm vụ"),
    "blank": ("  \n\n ", "Văn bản trống"),
    "secret": (SECRET, "dấu chỉ độ mật"),
    "without a number": (TEXT.replace("Số: 86 /TB-UBND", ""), "Chưa đọc được số"),
    "noise": (NOISE, "quá 500.000 ký tự"),
    "short noise": (NOISE[:90_000], "không giống văn bản hành chính"),
}


@pytest.mark.parametrize("case", [case for case in REFUSED if case != "blank"])
def test_a_refused_text_is_explained_and_still_typed(load, case):
    text, words = REFUSED[case]
    answer = load(text)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert answer.context["form"]["text"].value() == text
    assert 'aria-invalid="true"' in page
    assert nothing_is_kept()


@pytest.mark.parametrize("case", [case for case in REFUSED if case != "without a number"])
def test_a_refused_file_is_named_and_explained(load, case):
    text, words = REFUSED[case]
    answer = load(content=text, name="dự thảo.txt")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Chưa nạp được văn bản; chưa lưu gì." in page and "vẫn còn nguyên" not in page
    assert "Tệp “dự thảo.txt”" in page
    assert "chọn lại tệp" in page
    assert nothing_is_kept()


SAMPLES = Path(__file__).resolve().parents[1] / "notices/samples"
LAO_CAI = (SAMPLES / "014-tb-vp-lao-cai-cum-cong-nghiep.txt").read_text()
SON_LA = (SAMPLES / "012-tb-vpcp-son-la.txt").read_text()


def shown(answer):
    """What a browser would send of the form that it was shown."""
    form = answer.context["form"]
    return {name: form[name].value() or "" for name in ("text", "known", "number", "symbol", "issued_on")}


def test_the_form_asks_for_a_number_only_where_it_must(client, keeper, load):
    client.force_login(keeper)
    assert 'name="number"' not in client.get(reverse("directive_import")).content.decode()
    assert 'name="number"' not in load(LETTER).content.decode()


def test_a_file_without_a_number_comes_back_as_text_to_be_completed(client, load):
    answer = load(content=word_file(LAO_CAI), name="dự thảo.docx")
    page = answer.content.decode()
    assert answer.status_code == 422 and nothing_is_kept()
    assert "Chưa đọc được số, ngày ban hành trong văn bản, nên chưa lưu gì. Xin ghi theo bản giấy rồi gửi lại." in page
    assert "Nội dung của tệp “dự thảo.docx” đã được chép vào ô “Hoặc dán toàn văn”, không cần chọn lại tệp." in page
    assert page.index("Chưa đọc được số") < page.index('name="number"') < page.index('name="text"')
    assert list(answer.context["form"].errors) == ["__all__", "number", "issued_on"]
    data = shown(answer)
    assert data == {
        "text": notices.text_of(word_file(LAO_CAI), "x.docx"),
        "known": "symbol",
        "number": "",
        "symbol": "TB-VP",
        "issued_on": "",
    }
    assert 'value="TB-VP"' in page and page.count("readonly") == 1
    assert page.count("Đã đọc được trong văn bản; nếu chưa đúng, xin sửa ở bản nháp.") == 1
    client.post(reverse("directive_import"), data | {"number": "321", "issued_on": "20/6/2026"})
    made = Directive.objects.get()
    assert (made.code, made.issued_on, made.tasks.count()) == ("321/TB-VP", date(2026, 6, 20), 16)


def test_a_pasted_text_without_any_of_them_is_completed(client, load):
    data = shown(load(SON_LA))
    assert data == {"text": SON_LA, "known": "", "number": "", "symbol": "", "issued_on": ""}
    client.post(reverse("directive_import"), data | {"number": "645", "symbol": "/TB-VPCP", "issued_on": "26/11/2025"})
    assert Directive.objects.get().code == "645/TB-VPCP"


def test_a_slip_in_the_number_keeps_the_rest(client, load):
    data = shown(load(LAO_CAI)) | {"number": "321/TB-VP", "issued_on": "32/6/2026"}
    answer = client.post(reverse("directive_import"), data)
    page = answer.content.decode()
    assert answer.status_code == 422 and nothing_is_kept()
    assert "Chỉ ghi số đứng trước dấu gạch chéo" in page and "Không có ngày này" in page
    assert shown(answer) == data
    assert page.count("readonly") == 1


def test_what_is_still_missing_is_asked_again_and_what_was_typed_stays(client, load):
    data = shown(load(SON_LA)) | {"number": "645", "symbol": "TB-VPCP"}
    answer = client.post(reverse("directive_import"), data)
    assert list(answer.context["form"].errors) == ["__all__", "issued_on"]
    assert shown(answer) == data
    assert "readonly" not in answer.content.decode()


def test_what_was_read_of_one_text_is_not_given_to_another(client, load):
    data = shown(load(LAO_CAI)) | {"text": SON_LA, "number": "645", "issued_on": "26/11/2025"}
    answer = client.post(reverse("directive_import"), data)
    assert list(answer.context["form"].errors) == ["__all__", "symbol"]
    assert shown(answer) == data | {"known": "", "symbol": ""}
    assert nothing_is_kept()


def archive_bomb():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (60 * 1024 * 1024))
    return kept.getvalue()


UNREADABLE = {
    "empty": ("trống.txt", lambda: b"", "Văn bản trống"),
    "binary": ("ảnh.txt", lambda: bytes(range(256)) * 40, "không phải tệp văn bản đọc được"),
    "broken word": ("hỏng.docx", lambda: b"PK\x03\x04" + b"x" * 500, "không phải tệp Word"),
    "bomb": ("nén.docx", archive_bomb, "khi mở ra quá lớn"),
    "broken pdf": ("hỏng.pdf", lambda: b"%PDF-1.7\n" + b"x" * 500, "đã hỏng hoặc có mật khẩu"),
    "too large": ("lớn.txt", lambda: b"a" * (5 * 1024 * 1024 + 1), "lớn quá giới hạn 5 MB"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_without_text_is_named_and_explained(load, case):
    name, content, words = UNREADABLE[case]
    answer = load(content=content(), name=name)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"“{name}”" in page and words in page
    assert nothing_is_kept()


def test_nothing_and_both_are_asked_to_be_one(load):
    assert "Xin chọn tệp văn bản, hoặc dán toàn văn" in load().content.decode()
    both = load(TEXT, content=TEXT)
    assert "Xin chỉ dùng một cách" in both.content.decode()
    assert (both.status_code, both.context["form"]["text"].value()) == (422, TEXT)
    assert nothing_is_kept()


def monster(lines):
    head, rest = TEXT.split("1. Liên minh", 1)
    line = "- Sở Tài chính chủ trì, phối hợp với Sở Công Thương thực hiện Quyết định số {}/QĐ-UBND ngày 01/3/2023.\n"
    return (
        head + "1. Sở Tài chính:\n\n" + "".join(line.format(n) for n in range(lines)) + rest[rest.index("Trên đây") :]
    )


def test_no_text_holds_a_worker_for_long(load):
    started = time.monotonic()
    for text in (NOISE, monster(4_000), monster(40_000)):
        assert load(text).status_code == 422
    assert time.monotonic() - started < 20
    assert nothing_is_kept()


def test_a_document_just_short_of_the_limit_is_read(keeper):
    long = TEXT.replace(
        "I. Đánh giá chung\n\n", "I. Đánh giá chung\n\n" + "Các sở, ban, ngành đã làm tốt.\n\n" * 12_000
    )
    assert MAX_CHARS * 0.7 < len(long) < MAX_CHARS
    assert import_notice(text=long, by=keeper, day=DAY).directive.tasks.count() == 26


def test_words_longer_than_their_column_are_cut(keeper):
    long = TEXT.replace("- Chủ tịch, PCT Hà Sỹ Đồng;", f"- Chủ tịch, {'PCT Hà Sỹ Đồng, ' * 60};")
    made = import_notice(text=long, name="x" * 300 + ".txt", by=keeper, day=DAY).directive
    assert max(map(len, made.recipients)) <= 300
    assert len(made.source_name) == 200


def test_a_nul_character_does_not_stop_the_import(keeper):
    assert import_notice(text=TEXT.replace("KT_{Tuân}", "KT\x00Tuân"), by=keeper, day=DAY).created


@pytest.mark.parametrize("who", ["leader", "liaison"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_page_is_for_staff_alone(client, request, who, method):
    client.force_login(request.getfixturevalue(who))
    assert getattr(client, method)(reverse("directive_import"), {"text": TEXT}).status_code == 404
    assert not Directive.objects.exists()


def test_the_empty_form_is_shown(client, staff):
    client.force_login(staff)
    page = client.get(reverse("directive_import"))
    assert page.status_code == 200
    assert 'accept=".txt,.docx,.pdf"' in page.content.decode()
