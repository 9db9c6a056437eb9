"""What the administrator keeps: settings, people, their rights, the log of looking, the health of the machine."""

from playwright.sync_api import Page

from tests.guide.book import Book


def tell(book: Book) -> None:
    book.say("Hình và tên người lấy từ bản chạy thử (dữ liệu minh hoạ).")
    page = book.sign_in("quantri")
    _settings(book, page)
    _people(book, page)
    _looks(book, page)
    _machine(book)


def _settings(book: Book, page: Page) -> None:
    book.chapter("Thiết lập, kỳ báo cáo")
    page.goto("/thiet-lap/")
    book.say(
        """**Thiết lập**: tên cơ quan và người ký trên báo cáo, **Nơi nhận**, giờ không gửi thư (**Không gửi thư từ**),
        số ngày **Sắp đến hạn (ngày)**, **Hạn bổ sung (ngày làm việc)**, **Số lần gia hạn cho mỗi nhiệm vụ**. Mỗi thay đổi
        được ghi ở **Ai đã thay đổi những gì**; báo cáo đã lập không đổi theo.""",
        page,
    )
    page.get_by_role("heading", name="Nhắc việc và xét báo cáo").evaluate("heading => heading.scrollIntoView()")
    book.picture(page, "Các số ngày dùng khi nhắc việc và xét báo cáo")
    page.goto("/thiet-lap/nhac-viec/")
    book.say(
        """**Quy định nhắc việc** (từ **Thiết lập**): mỗi loại lời nhắc nói bằng một câu nó đang làm gì. Bấm vào tên loại để
        đổi ngày nhắc và người nhận, rồi **Lưu quy định nhắc việc**.""",
        page,
    )
    page.goto("/thiet-lap/ky-bao-cao/")
    book.say(
        """**Quy định kỳ báo cáo** (từ mục **Kỳ báo cáo**): chưa chọn kỳ nào thì chưa ai phải báo cáo kỳ. Ngày gửi không bao
        giờ sớm hơn ngày làm việc thứ hai sau ngày chốt số liệu.""",
        page,
    )


def _people(book: Book, page: Page) -> None:
    book.chapter("Người dùng và quyền")
    page.goto("/nguoi-dung/")
    book.say(
        """*Người quản trị đầu tiên* tạo bằng lệnh `python manage.py create_admin`; sau đó **Thêm người dùng** ở trang
        **Người dùng**. Mật khẩu do người dùng tự đặt qua đường dẫn dùng một lần.

        *Vai trò*: quản trị, cán bộ thường trực, lãnh đạo, đầu mối. Đầu mối chỉ thấy và làm việc của cơ quan được cấp quyền;
        khóa tài khoản hay thu hồi quyền có hiệu lực ngay.""",
        page,
    )
    page.goto("/co-quan/dongha/nhan-su/")
    book.say(
        """*Nhân sự của từng cơ quan*: trang của cơ quan → **Nhân sự của đơn vị**. Cử thủ trưởng một lần; từ đó thủ trưởng tự
        cử đầu mối, cấp phó và **Mời bằng đường dẫn**. Lời mời chưa trả lời thì thu hồi được, quá 7 ngày tự hết. Người
        vắng: **Ghi vắng mặt**, quyền và thư nhắc sang người thay trong những ngày ấy. **Kết thúc quyền** có hiệu lực
        ngay.""",
        page,
    )
    book.picture(page, "Người đang có quyền ở một đơn vị")


def _looks(book: Book, page: Page) -> None:
    book.chapter("Xem như người khác, nhật ký")
    page.goto("/nguoi-dung/")
    page.get_by_role("link", name="Phạm Thị Diệu Linh").click()
    page.get_by_role("link", name="Xem như người này").click()
    page.get_by_label("Lý do").fill("Không thấy nhiệm vụ 22 (minh hoạ)")
    book.say(
        """Để giúp người dùng: trang của người ấy → “Xem như người này”, ghi **Lý do**, **Bắt đầu xem**. **Chỉ đọc**, có giờ;
        bấm “Thôi xem” để dừng.""",
        page,
    )
    page.get_by_role("button", name="Bắt đầu xem").click()
    page.get_by_text("Đang xem như Phạm Thị Diệu Linh").wait_for()
    book.picture(page, "Đang xem như một đầu mối")
    page.get_by_role("button", name="Thôi xem").click()
    page.get_by_text("Đang xem như Phạm Thị Diệu Linh").wait_for(state="detached")
    page.goto("/nhat-ky-xem-nhu/")
    book.say(
        """**Nhật ký xem như** (menu dưới tên bạn): ai đã xem như ai, vì sao, những trang nào. Người được xem đọc được phần của
        mình.""",
        page,
    )
    book.picture(page, "Nhật ký xem như", of="main")


def _machine(book: Book) -> None:
    book.chapter("Máy chủ")
    book.say(
        """- *Máy chủ thư*: biến `KTTT_EMAIL_URL`. Khi máy chủ thư hỏng, thư được giữ và thử lại; trang Nhắc việc nói rõ
        nguyên nhân.
        - *Kiểm tra sức khỏe*: địa chỉ `/healthz` trả lời 200 khi mọi phần chạy tốt, 503 kèm tên phần bị hỏng.
        - *Chứng thư gốc* của các tổ chức chứng thực mà cơ quan tin cậy: đặt tệp `.pem`, `.crt`, `.cer` hoặc `.der` vào thư mục
        `signature-roots` (biến `KTTT_SIGNATURE_ROOTS_FOLDER`), thì trang báo cáo mới nói được chứng thư nào tin cậy.
        - *Kiểm tra hồ sơ đã xuất*: `python manage.py check_archive TEP.zip`; không cần cơ sở dữ liệu.
        - *Chế độ minh hoạ* chỉ để xem thử (`make run`); bản cài đặt thật bắt đầu trống và không nhận tài khoản minh hoạ.
        - *Hướng dẫn này* viết lại bằng lệnh `make guide`, từ chương trình đang chạy."""
    )
