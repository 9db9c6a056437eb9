"""The end of the liaison's month: who else works for the agency, who approves, who stands in."""

from playwright.sync_api import Page

from tests.guide.book import PHONE, Book

NEW = "Lê Thu Hương (minh hoạ)"


def tell(book: Book, page: Page) -> None:
    """`page` is the one of a head who is a liaison too."""
    book.chapter("Đồng nghiệp, vắng mặt, rời cơ quan")
    guest = _invite(book, page)
    _approval(book, page, guest)
    _absence(book, page)
    book.say(
        """Thư nhắc việc đến vào buổi sáng ngày làm việc, mỗi ngày nhiều nhất một thư, trước hạn 7, 3, 1 ngày, đúng ngày
        đến hạn và hằng tuần sau đó. Bấm vào dòng trong thư là tới ngay mẫu báo cáo."""
    )


def _invite(book: Book, page: Page) -> Page:
    page.goto("/nhan-su/")
    form = page.get_by_role("region", name="Mời bằng đường dẫn")
    book.say(
        """*Mời.* Thủ trưởng mở **Nhân sự của đơn vị**: **Cử** người đã có tài khoản, hoặc **Mời bằng đường dẫn** (dùng
        một lần, trong 7 ngày), với quyền **Đầu mối** hay **Cấp phó được uỷ quyền**.""",
        page,
    )
    form.get_by_label("Họ và tên").fill(NEW)
    form.get_by_role("button", name="Tạo lời mời").click()
    link = page.get_by_label("Đường dẫn", exact=True).input_value()
    guest = book.stranger(PHONE)
    guest.goto(link)
    book.say("Người được mời mở đường dẫn, đặt mật khẩu, bấm **Lập tài khoản và nhận lời mời**.", guest)
    guest.get_by_label("Họ và tên").fill(NEW)
    guest.get_by_label("Tên đăng nhập").fill("lthuong")
    guest.get_by_label("Thư điện tử").fill("lthuong@kttt.example")
    for box in guest.locator("[type=password]").all():
        box.fill("mot-cau-dai-de-nho-2023")
    guest.get_by_role("button", name="Lập tài khoản và nhận lời mời").click()
    guest.wait_for_url("**/")
    return guest


def _approval(book: Book, page: Page, guest: Page) -> None:
    page.goto("/nhan-su/")
    book.say(
        """*Duyệt.* Cơ quan muốn thủ trưởng duyệt trước khi gửi: ở trang ấy bấm **Yêu cầu duyệt trước khi gửi**.""",
        page,
    )
    page.get_by_role("button", name="Yêu cầu duyệt trước khi gửi").click()
    page.get_by_role("button", name="Bỏ yêu cầu duyệt").wait_for()
    for each in (guest, page):
        each.goto("/ky-bao-cao/")
        each.get_by_role("link", name="Báo cáo tháng 12/2023").click()
    book.say("Từ đó đầu mối soạn xong thì bấm **Trình thủ trưởng**, và rút lại được khi chưa duyệt.", guest)
    book.say("Thủ trưởng, cấp phó xem rồi bấm **Duyệt và gửi**, hoặc trả lại để sửa kèm lý do.", page)


def _absence(book: Book, page: Page) -> None:
    page.goto("/vang-mat/")
    page.get_by_label("Người thay").select_option(index=1)
    page.get_by_label("Vắng từ ngày").fill("27/11/2023")
    page.get_by_label("Đến hết ngày").fill("01/12/2023")
    book.say(
        """*Vắng mặt.* Menu → **Vắng mặt và bàn giao**: ghi ngày, **Người thay**, bấm **Ghi và bàn giao**. Trong những
        ngày ấy người thay có quyền của bạn ở cơ quan và nhận thư nhắc thay; hết đợt, mọi thứ tự trở lại.""",
        page,
    )
    page.get_by_role("button", name="Ghi và bàn giao").click()
    page.get_by_text("27/11/2023 đến hết 01/12/2023").first.wait_for()
    book.say(
        """*Rời cơ quan.* Cũng ở trang ấy, mục **Quyền của tôi** → **Rời cơ quan**: quyền và thư nhắc chấm dứt ngay;
        muốn có lại thì phải được cử hoặc mời lại.""",
        page,
    )
