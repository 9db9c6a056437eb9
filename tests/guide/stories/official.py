"""What the standing office issues and keeps: a directive's end, the report, its signed copy, the whole file, an old book."""

import re
from pathlib import Path

from playwright.sync_api import Page

from directives.archive.check import check
from tests.guide.book import Book
from tests.guide.papers import old_book, signed_copy

SLOW = 120_000  # milliseconds: a worker makes the files


def tell(book: Book, page: Page) -> None:
    _directive_ends(book, page)
    _report(book, page)
    _signed(book, page)
    _archive(book, page)
    _old_book(book, page)


def _directive_ends(book: Book, page: Page) -> None:
    book.chapter("Kết thúc theo dõi một văn bản")
    page.goto("/van-ban/1/ket-thuc/")
    book.say(
        """*Kết thúc theo dõi* (ở trang văn bản): mỗi phân công còn mở cần một quyết định: chuyển tiếp sang **Văn bản tiếp
        theo**, kết thúc, hoặc đánh giá. **Quyết định chung cho cả mục** điền một lần cho nhiều dòng; **Xem lại trước khi
        kết thúc** rồi mới ghi.""",
        page,
    )


def _report(book: Book, page: Page) -> None:
    book.chapter("Lập, sửa, phát hành báo cáo")
    page.goto("/bao-cao/lap/")
    book.say(
        """Báo cáo chính thức lấy số liệu một lần rồi chốt lại, để trên màn hình, bản PDF, Word và Excel luôn là cùng những
        con số.

        1. Báo cáo → **Lập báo cáo**: chọn **Phạm vi** (văn bản, cơ quan, nhóm cơ quan hoặc mọi văn bản) và ngày số liệu.
        Rời trang khi máy đang lập cũng không mất. **Số văn bản để trống cho văn thư**.""",
        page,
    )
    page.get_by_role("main").get_by_role("button", name="Lập báo cáo").click()
    page.get_by_role("heading", name="Xem thử dự thảo").wait_for(timeout=SLOW)
    book.say(
        """2. **Xem thử dự thảo**: PDF, Word, Excel, bản tóm tắt một trang.
        3. Bấm **Sửa nội dung** để sửa từng đoạn; bản soạn từ số liệu vẫn được giữ bên cạnh, tệp được lập lại ngay.""",
        page,
    )
    book.picture(page, "Dự thảo báo cáo và các tệp", of="[aria-labelledby=tep]")
    address = page.url
    page.get_by_role("link", name="Sửa nội dung").click()
    closing = page.get_by_label("Kết thúc")
    closing.fill(f"Kính đề nghị các đồng chí quan tâm chỉ đạo (minh hoạ).\n{closing.input_value()}")
    page.get_by_role("button", name="Lưu nội dung").click()
    page.get_by_text("Đã lưu nội dung").wait_for()
    page.get_by_role("heading", name="Xem thử dự thảo").wait_for(timeout=SLOW)
    page.locator("summary", has_text="Phát hành").click()
    book.say(
        """4. Nội dung đã đúng thì bấm **Phát hành**. Văn thư đã cấp số thì ghi **Số báo cáo** và **Ngày ban hành**; chưa có
        thì để trống. Phát hành rồi, số liệu và nội dung không đổi được nữa.""",
        page,
    )
    page.get_by_label("Số báo cáo").fill("05")
    page.get_by_label("Ngày ban hành").fill("20/11/2023")
    page.get_by_role("button", name="Phát hành báo cáo").click()
    page.get_by_role("heading", name="Tệp báo cáo").wait_for(timeout=SLOW)
    page.goto("/bao-cao/")
    book.say(
        """Hết hạn gửi của các đơn vị trong kỳ, dự thảo báo cáo kỳ được lập sẵn và báo qua thư, chuông; không báo cáo nào tự
        phát hành. Danh sách **Báo cáo** cho biết ai lập, ai **Phát hành**, đã tải mấy lần.""",
        page,
    )
    page.goto(address)


def _signed(book: Book, page: Page) -> None:
    """From the page of the published report on."""
    book.chapter("Nộp bản ký của báo cáo")
    paper = page.request.get(f"{page.url}tep/pdf/").body()
    page.locator("summary", has_text="Nộp bản ký").click()
    book.say(
        """Tệp mà lãnh đạo đã ký số, hoặc bản quét của bản ký tay, mới là bản chính thức, nên xin nộp lại vào trang của báo
        cáo.

        1. Ở trang của báo cáo đã phát hành, mở **Nộp bản ký**.
        2. Chọn tệp ở **Bản đã ký, đóng dấu (PDF)**; ghi **Số**, **Ký hiệu**, **Ngày ban hành** đúng như trên bản ký.
        3. Bấm **Lưu bản ký**. Lưu rồi không sửa, không xóa được; nhầm thì nộp bản khác, bản nộp sau cùng là bản chính
        thức.""",
        page,
    )
    page.get_by_label("Bản đã ký, đóng dấu (PDF)").set_input_files(signed_copy(paper))
    page.get_by_role("button", name="Lưu bản ký").click()
    page.get_by_role("heading", name="Chữ ký số trong tệp").wait_for()
    book.say(
        """Mục **Chữ ký số trong tệp** cho biết ai ký, lúc nào, chứng thư do nơi nào cấp, và một câu kết luận:

        - **Chữ ký đúng, chứng thư tin cậy**: tệp còn nguyên từ lúc ký, chứng thư thuộc nơi cấp mà cơ quan tin cậy.
        - *Chữ ký đúng, chưa xác minh chứng thư*: tệp còn nguyên, nhưng máy chủ chưa có chứng thư gốc của nơi cấp; xin báo
        người quản trị.
        - *Chứng thư hết hiệu lực* hoặc *đã bị thu hồi*: xin hỏi lại người ký.
        - *Tệp bị sửa hoặc chữ ký hỏng*: không nên dùng bản này, xin lấy lại bản ký.
        - Bản quét không có chữ ký số thì trang nói rõ như vậy; xin đối chiếu bằng mắt.

        Chữ trên bản ký khác báo cáo đã phát hành thì trang nêu từng chỗ để đối chiếu.""",
        page,
    )
    book.picture(page, "Bản chính thức và chữ ký số trong tệp", of="#ban-ky")


def _archive(book: Book, page: Page) -> None:
    book.chapter("Xuất toàn bộ hồ sơ của văn bản đã kết thúc")
    _close(page)
    book.say(
        """Văn bản đã kết thúc theo dõi thì xuất được cả hồ sơ thành một tệp ZIP để nộp lưu trữ: văn bản, các báo cáo, dữ
        liệu, minh chứng, lịch sử và bảng kê có mã kiểm tra.

        1. Ở trang của văn bản, bấm **Xuất toàn bộ hồ sơ**.""",
        page,
    )
    page.get_by_role("link", name="Xuất toàn bộ hồ sơ").click()
    book.say("2. Bấm **Xuất hồ sơ**. Có thể rời trang; hồ sơ vẫn được xuất tiếp.", page)
    page.get_by_role("button", name="Xuất hồ sơ").click()
    link = page.get_by_role("link", name="Tải hồ sơ")
    link.wait_for(timeout=SLOW)
    with page.expect_download() as download:
        link.click()
    found = check(Path(download.value.path()))
    assert found.good and not found.problems
    page.reload()
    book.say(
        """3. Xong thì bấm **Tải hồ sơ**. Ai đã tải, lúc nào đều được ghi lại. Tệp nào không còn trên máy chủ, trang nêu tên.
        4. Kiểm tra hồ sơ, ngay hôm nay hay nhiều năm sau: giải nén, rồi chạy **sha256sum -c MANIFEST.txt** trong thư mục ấy;
        hoặc nhờ người quản trị chạy **python manage.py check_archive** với tệp ZIP. Lệnh nói *Nguyên vẹn*, hoặc nêu từng
        tệp đã khác.""",
        page,
    )
    book.picture(page, "Hồ sơ đã xuất", of="main")


def _close(page: Page) -> None:
    """The notice that was loaded at the beginning of the month, with a word on each of its assignments."""
    page.goto("/van-ban/")
    page.locator("main").get_by_role("link", name="112/TB-UBND").first.click()
    page.get_by_role("link", name="Kết thúc theo dõi").click()
    page.get_by_label("Văn bản làm căn cứ").fill("Báo cáo 12/BC-UBND (minh hoạ)")
    for verdict in page.locator("select[name^=pc-]").all():
        verdict.select_option(index=2)
    for reason in page.locator("[name^=pc-][name$=-reason]").all():
        reason.fill("Không còn phù hợp (minh hoạ)")
    page.get_by_role("button", name="Xem lại trước khi kết thúc").click()
    page.locator("button[name=buoc][value=ghi]").click()
    page.get_by_role("link", name="Xuất toàn bộ hồ sơ").wait_for()


def _old_book(book: Book, page: Page) -> None:
    book.chapter("Đưa sổ theo dõi cũ vào")
    page.goto("/van-ban/so-cu/nap/")
    book.say(
        """Sổ Excel mà cơ quan đã theo dõi nhiều năm đưa vào được một lần, để số liệu có cả những năm trước. Không có thư nhắc
        nào về các thời hạn đã qua.

        1. Văn bản → “Sổ theo dõi cũ” → “Đưa sổ cũ vào”: chọn **Tệp sổ theo dõi**, bấm **Đọc tệp**.""",
        page,
    )
    page.get_by_label("Tệp sổ theo dõi").set_input_files(old_book())
    page.get_by_role("button", name="Đọc tệp").click()
    book.say(
        """2. **Ghép cột**: máy đã đề nghị mỗi nội dung lấy ở cột nào; xin xem lại, sửa nếu cần, rồi bấm
        **Tiếp tục: ghép từ ngữ**.""",
        page,
    )
    page.get_by_role("button", name="Tiếp tục: ghép từ ngữ").click()
    page.get_by_label("“đang làm”").select_option(label="Đang thực hiện")
    page.get_by_label("“Sở NN”").select_option(label="Sở Nông nghiệp và Phát triển nông thôn")
    book.say(
        """3. **Ghép từ ngữ**: chọn mỗi cách ghi **Tình trạng** nghĩa là gì, mỗi tên chưa nhận ra là cơ quan nào. Lựa chọn được
        nhớ cho lần sau. Bấm **Tiếp tục: xem trước**.""",
        page,
    )
    page.get_by_role("button", name="Tiếp tục: xem trước").click()
    page.get_by_role("heading", name="Dòng có lỗi").wait_for()
    book.say(
        """4. **Xem trước**: số liệu trước và sau, **Dòng có lỗi** kèm ô bị lỗi, dòng giống nhiệm vụ đã có. Chưa có gì được
        ghi. Xin sửa trong tệp rồi tải lên lại, hoặc đánh dấu *Không đưa dòng … vào*.""",
        page,
    )
    book.picture(page, "Xem trước sổ cũ, có một ngày không có trong lịch", of='section[aria-labelledby="h-problems"]')
    page.get_by_label(re.compile("Không đưa dòng")).check()
    page.get_by_role("button", name=re.compile(r"Đưa \d+ dòng vào sổ")).click()
    page.get_by_text("Hoàn tác cả lần đưa vào").click()
    book.say(
        """5. Bấm “Đưa … dòng vào sổ”: tất cả cùng vào, hoặc không dòng nào vào.
        6. Nhầm thì mở **Hoàn tác cả lần đưa vào**, bấm **Hoàn tác**: các nhiệm vụ ấy không còn tính vào số liệu nào. Chỉ
        làm được khi chưa ai ghi thêm vào các nhiệm vụ ấy.""",
        page,
    )
    page.get_by_role("button", name="Hoàn tác", exact=True).click()
    page.get_by_text("không còn tính vào số liệu nào").first.wait_for()
