"""Bad input is refused quickly, with a message in Vietnamese that says what to do."""

import random
import string
import time

import pytest

from directives.notices import NotANotice, SecretDocument, read

VIETNAMESE = "aàáảãạăâbcdđeêghiklmnoôơpqrstuưvxy ABCDĐÊ.;:,-/()\n1234567890|*"
SIZE = 5_000_000


@pytest.mark.parametrize("text", ["", " \n\t ", "\ufeff", "12345 67890", "\x00\x01\x02" * 50, "\ufffd" * 100])
def test_nothing_to_read(text):
    with pytest.raises(NotANotice):
        read(text)


def test_prose_is_no_notice():
    with pytest.raises(NotANotice, match="Xin kiểm tra"):
        read("Hôm nay trời đẹp, chúng tôi đi dạo quanh hồ rồi về nhà ăn cơm.\n\nNgày mai có thể có mưa.")


@pytest.mark.parametrize(
    "noise",
    [
        lambda r: "".join(r.choices(string.printable, k=SIZE)),
        lambda r: "".join(r.choices(VIETNAMESE, k=SIZE)),
        lambda r: "Số: 1/TB-UBND\nTHÔNG BÁO\n" + "".join(r.choices(VIETNAMESE, k=SIZE)),
        lambda r: "".join(r.choices(VIETNAMESE.replace("\n", ""), k=SIZE)),
        lambda r: "THÔNG BÁO\n" + "- A\n" * (SIZE // 4),
        lambda r: "THÔNG BÁO\n1. Sở A:\n- Chủ trì" + "\n" * (SIZE // 2) + "x",
        lambda r: "".join(map(chr, r.choices(range(1, 0xD7FF), k=SIZE))),
        lambda r: "a" + "\u0301\u0327" * (SIZE // 2),
    ],
    ids=["ascii", "vietnamese letters", "behind a real head", "one line", "bullets", "blank lines", "any", "marks"],
)
def test_five_megabytes_of_noise_are_refused_in_two_seconds(noise):
    text = noise(random.Random(86))
    begun = time.perf_counter()
    with pytest.raises(NotANotice):
        read(text)
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    "run",
    [
        "phối hợp với các sở, ban ",
        "Các sở, ",
        "trước ngày 1 ",
        "Quyết định số 1/",
        "(",
        "Đối với các ",
        "chủ trì, ",
        "Sở A; ",
    ],
)
def test_a_long_run_inside_a_notice_costs_little(run):
    text = "Số: 1/TB-UBND\nTHÔNG BÁO\nKết luận\n\n1. Sở Tài chính:\n- " + run * (36_000 // len(run)) + "\n"
    begun = time.perf_counter()
    read("Thực hiện công tác của các sở và tỉnh.\n" + text) if len(text) < 20_000 else _try(text)
    assert time.perf_counter() - begun < 2


def _try(text):
    try:
        read(text)
    except NotANotice:
        pass


@pytest.mark.parametrize(
    "stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "**TỐI MẬT**", "Độ mật: Mật", "| MẬT |", "(TUYỆT MẬT)"]
)
def test_a_stamp_of_secrecy_is_refused(text86, stamp):
    with pytest.raises(SecretDocument, match="không được đưa vào"):
        read(text86.replace("THÔNG BÁO", f"{stamp}\n\nTHÔNG BÁO", 1))


@pytest.mark.parametrize("words", ["Bảo mật", "bí mật nhà nước", "BẢO MẬT THÔNG TIN", "Giữ bí mật", "MẬT ONG RỪNG"])
def test_words_about_secrets_are_no_stamp(text86, words):
    assert read(text86.replace("I. Đánh giá chung", f"{words}\n\nI. Đánh giá chung", 1)).addressees
