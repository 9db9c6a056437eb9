"""Names are found however a document writes them."""

from pathlib import Path

import pytest

from agencies.models import Agency
from agencies.names import fold, is_plural, key
from agencies.registers import directory, find, find_or_create, load_register
from directives.notices import read

from .conftest import DAY

NOTICE = Path(__file__).parents[1] / "notices" / "samples" / "86-TB-UBND.txt"
pytestmark = pytest.mark.django_db


@pytest.fixture
def register():
    load_register("quang-tri-2023")


@pytest.fixture(scope="module")
def notice():
    return read(NOTICE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Hướng  Hóa", "huong hoa"), ("HƯỚNG HOÁ", "huong hoa"), ("Đakrông", "dakrong"), ("Sở KH&ĐT", "so kh&dt")],
)
def test_fold_forgets_case_tone_marks_and_extra_spaces(text, folded):
    assert fold(text) == folded


def test_fold_reads_decomposed_letters():
    assert fold("U\u0309y ban") == fold("Ủy ban")


def test_abbreviations_share_a_key_with_the_full_words():
    assert key("Ủy ban nhân dân huyện Hải Lăng") == key("UBND huyện Hải Lăng")
    assert key("Liên minh Hợp tác xã tỉnh") == key("Liên minh HTX tỉnh")


CODES = [
    "lmhtx",
    "skhdt",
    "snnptnt",
    "skhcn",
    "stc",
    "sct",
    "sgtvt",
    "nhnn",
    "so-ban-nganh",
    "tgv",
    "btg",
    "ubnd-cap-huyen",
]


def test_the_twelve_addressees_of_the_notice_are_known(register, notice):
    assert [find(a.name, place=notice.place).code for a in notice.addressees] == CODES


def test_the_order_of_the_register_is_the_order_of_the_notice(register):
    assert list(Agency.objects.filter(code__in=CODES).values_list("code", flat=True)) == CODES


def test_the_issuer_is_known(register, notice):
    assert find(notice.issuer).code == "ubnd-tinh"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Liên minh HTX tỉnh", "lmhtx"),
        ("Liên minh Hợp tác xã tỉnh Quảng Trị", "lmhtx"),
        ("Sở Nông nghiệp và Phát triển nông thôn", "snnptnt"),
        ("Sở NN&PTNT", "snnptnt"),
        ("SỞ TÀI CHÍNH TỈNH QUẢNG TRỊ", "stc"),
        ("Sở Tài chính tỉnh", "stc"),
        ("UBND cấp huyện", "ubnd-cap-huyen"),
        ("huyện Hướng Hóa", "huonghoa"),
        ("huyện Hướng Hoá", "huonghoa"),
        ("Hướng Hóa", "huonghoa"),
        ("Đakrông", "dakrong"),
        ("Ủy ban nhân dân huyện Đakrông", "dakrong"),
        ("thị xã Quảng Trị", "quangtri"),
        ("UBND thị xã Quảng Trị", "quangtri"),
        ("UBND tỉnh Quảng Trị", "ubnd-tinh"),
        ("UBND tỉnh", "ubnd-tinh"),
        ("TP. Đông Hà", "dongha"),
        ("Ban Tuyên giáo Tỉnh uỷ", "btg"),
        ("Ngân hàng nhà nước tỉnh", "nhnn"),
        ("Thanh tra tỉnh", "ttt"),
    ],
)
def test_a_body_is_found_by_every_usual_name(register, name, code):
    assert find(name).code == code


def test_coordinators_that_name_one_body_are_known(register, notice):
    named = {name for task in notice.tasks for name in task.coordinating if not is_plural(name)}
    assert named == {"Liên minh HTX tỉnh", "Sở Nông nghiệp và Phát triển nông thôn"}
    assert all(find(name) for name in named)


@pytest.mark.parametrize("name", ["Sở Tài chính tỉnh Nghệ An", "Quảng Trị", "các sở, ban, ngành", "", "Bộ Tài chính"])
def test_what_names_no_body_of_the_register_finds_nothing(register, name):
    assert find(name) is None


def test_no_two_bodies_share_a_name(register):
    seen = {}
    for agency in Agency.objects.all():
        for name in {key(n) for n in [agency.name, agency.short_name, *agency.aliases]}:
            assert seen.setdefault(name, agency.code) == agency.code


def test_a_living_body_goes_before_an_ended_one(register):
    Agency.objects.filter(code="stc").update(ended_on=DAY)
    heir = Agency.objects.create(code="stc-moi", name="Sở Tài chính", short_name="Sở Tài chính", sort_key="999")
    assert directory()["so tai chinh"] == heir


def test_an_unknown_body_is_made_once_and_is_unverified(register):
    made = find_or_create("sở Du lịch", day=DAY)
    assert (made.code, made.name, made.is_group, made.is_verified) == ("so-du-lich", "Sở Du lịch", False, False)
    assert find_or_create("Sở  Du lịch", day=DAY) == made


@pytest.mark.parametrize("name", ["các sở, ban, ngành", "UBND các xã, thị trấn", "UBND cấp xã", "các địa phương"])
def test_a_plural_name_makes_a_group(name):
    assert find_or_create(name, day=DAY).is_group


def test_codes_stay_unique_for_long_names():
    first = find_or_create("Trung tâm hỗ trợ phát triển doanh nghiệp nhỏ và vừa phía Bắc", day=DAY)
    second = find_or_create("Trung tâm hỗ trợ phát triển doanh nghiệp nhỏ và vừa phía Nam", day=DAY)
    assert first.code != second.code
    assert len(second.code) <= 40


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Sở Du lịch", "Sở Du lịch"),
        (
            "Ban Quản lý dự án đầu tư xây dựng các công trình thủy lợi, nông nghiệp tỉnh",
            "Ban Quản lý dự án đầu tư xây dựng các công trình thủy lợi…",
        ),
        ("T" * 80, "T" * 59 + "…"),
        (("một hai " * 8).strip(), "Một hai một hai một hai một hai một hai một hai một hai một…"),
    ],
)
def test_a_long_short_name_is_cut_at_a_word(name, short):
    made = find_or_create(name, day=DAY)
    assert made.short_name == short
    assert len(made.short_name) <= 60


def test_an_overlong_name_is_one_body():
    name = "Hội đồng " * 40
    assert find_or_create(name, day=DAY) == find_or_create(name, day=DAY)


@pytest.mark.parametrize(("written", "code"), [("Sở TC", "stc"), ("Sở CT", "sct"), ("Sở TP", "stp")])
def test_the_curt_abbreviations_are_still_understood(register, written, code):
    assert find(written).code == code
