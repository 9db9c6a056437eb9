"""Half an hour of a leader: the numbers, what waits for a word, the report."""

from playwright.sync_api import Page

from tests.guide.book import Book


def tell(book: Book) -> None:
    _union_claims(book)
    book.say("Hình và tên người lấy từ bản chạy thử (dữ liệu minh hoạ).")
    page = book.sign_in("lanhdao")
    _summary(book, page)
    _claims(book, page)
    _obstacles(book, page)
    _report(book, page)


def _union_claims(book: Book) -> None:
    """The standing office finishes a task of its own: only a leader may confirm that."""
    page = book.sign_in("lmhtx")
    page.goto("/nhiem-vu/2/lmhtx/bao-cao/")
    page.get_by_label("Kết quả thực hiện").fill("Đã tổ chức đủ ba diễn đàn (minh hoạ).")
    page.get_by_label("Đề nghị hoàn thành nhiệm vụ").check()
    page.locator("summary", has_text="Văn bản kết quả").click()
    page.get_by_label("Hoặc văn bản kết quả: số, ký hiệu").fill("77/BC-LMHTX (minh hoạ)")
    page.get_by_label("Ngày văn bản").fill("20/11/2023")
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_role("heading", name="Đang chờ xác nhận hoàn thành").wait_for()


def _summary(book: Book, page: Page) -> None:
    book.chapter("Tổng hợp trong ba mươi giây")
    book.say(
        """Trang đầu là **Tổng hợp**: bốn con số (**Đếm theo nhiệm vụ**), rồi việc cần ý kiến: đề nghị **Chờ xác nhận**, việc
        **Quá hạn**, **Vướng mắc chưa trả lời** của các đơn vị; sau đó là từng cơ quan (**Đếm theo phân công**). Bấm vào một
        con số là tới đúng danh sách ấy; bấm vào một nhiệm vụ là tới nội dung, diễn biến và minh chứng.""",
        page,
    )
    book.picture(page, "Trang Tổng hợp")
    book.say(
        """- Tỷ lệ luôn ghi rõ tính trên số nào: *tất cả nhiệm vụ*, hoặc *số đã hoàn thành và quá hạn*.
        - Cơ quan được *đề nghị* (không phải giao) đứng riêng, không xếp hạng.
        - Nút **In trang này** in trang đang xem trên khổ A4.""",
        page,
    )
    page.get_by_role("main").get_by_role("link", name="Chưa hoàn thành, quá hạn").click()
    page.wait_for_url("**/phan-cong/**")
    book.say(
        """Danh sách mở ra sắp được theo từng cột, đếm **Theo nhiệm vụ** hay **Theo phân công**, và lưu được
        (**Lưu bộ lọc đang xem**) để lần sau bấm một lần.""",
        page,
    )


def _claims(book: Book, page: Page) -> None:
    book.chapter("Xác nhận, gia hạn, thôi giao")
    page.goto("/cho-xac-nhan/?ai=toi")
    book.say(
        """Đề nghị hoàn thành của Liên minh HTX do bạn xác nhận (mục **Chờ xác nhận**, thẻ **Tôi được xét**): xem kết quả và
        minh chứng, rồi **Xác nhận hoàn thành** hoặc **Đề nghị bổ sung** kèm lý do.""",
        page,
    )
    claim = page.get_by_role("article").filter(has_text="Liên minh HTX tỉnh:")
    claim.locator("summary", has_text="Xác nhận hoàn thành").click()
    book.picture(page, "Xác nhận một việc của Liên minh HTX", of='article:has-text("Liên minh HTX tỉnh:")')
    claim.get_by_role("button", name="Xác nhận hoàn thành").click()
    claim.wait_for(state="detached")
    page.goto("/de-nghi/")
    asked = page.get_by_role("article").filter(has_text="Huyện đảo Cồn Cỏ:")
    asked.locator("summary", has_text="Xét đề nghị thôi giao").click()
    asked.get_by_label("Đồng ý", exact=True).check()
    asked.get_by_label("Lý do").fill("Huyện đảo chưa có hợp tác xã (minh hoạ).")
    book.say(
        """Mục **Đề nghị**: gia hạn những thời hạn do bạn ấn định, và cho thôi giao. **Ghi quyết định** xong, đơn vị thấy
        ngay. Thời hạn ban đầu luôn đứng cạnh thời hạn mới; số lần gia hạn của mỗi cơ quan ghi ở trang Cơ quan.""",
        page,
    )
    asked.get_by_role("button", name="Ghi quyết định").click()
    asked.wait_for(state="detached")


def _obstacles(book: Book, page: Page) -> None:
    book.chapter("Vướng mắc chờ ý kiến")
    page.goto("/vuong-mac/")
    asked = page.get_by_role("article").filter(has_text="Huyện Cam Lộ: Rà soát, đánh giá")
    asked.locator("summary", has_text="Trả lời").click()
    asked.get_by_label("Ý kiến chỉ đạo").fill("Giao Sở KH&ĐT rà soát HTX ngừng hoạt động trong tháng 12 (minh hoạ).")
    book.say(
        """Vướng mắc **chưa trả lời** đứng theo số ngày đã chờ, lâu nhất trước, ai cũng thấy. Bấm **Trả lời**, ghi ý kiến,
        **Gửi ý kiến**: đơn vị thấy ngay ở trang đầu. Nếu ý kiến giao việc, cán bộ thường trực bấm “Giao thành nhiệm vụ” để
        theo dõi như mọi nhiệm vụ khác.""",
        page,
    )
    book.picture(page, "Trả lời một vướng mắc đã chờ lâu", of='article:has-text("Huyện Cam Lộ: Rà soát, đánh giá")')
    asked.get_by_role("button", name="Gửi ý kiến").click()
    asked.wait_for(state="detached")


def _report(book: Book, page: Page) -> None:
    book.chapter("Báo cáo")
    page.goto("/")
    book.say("Trên trang Tổng hợp, bấm **Lập báo cáo PDF**.", page)
    page.get_by_role("link", name="Lập báo cáo PDF").click()
    book.say(
        """Chọn **Phạm vi** và ngày số liệu (**Số liệu tính đến ngày**), bấm **Lập báo cáo**; khoảng nửa phút sau có PDF,
        Word, Excel và bản tóm tắt một trang A4 để mang đi họp. Số liệu chốt một lần, không đổi về sau. Báo cáo kỳ của
        từng đơn vị ở mục **Kỳ báo cáo**.""",
        page,
    )
