"""The rest of the staff's month: groups, the list of tasks, agencies that change, what is official, people."""

from playwright.sync_api import Page

from tests.guide.book import Book
from tests.guide.stories import official


def tell(book: Book, page: Page) -> None:
    _groups(book, page)
    _list(book, page)
    _agencies(book, page)
    official.tell(book, page)
    _reminders(book, page)
    _urging(book, page)
    _people(book, page)


def _groups(book: Book, page: Page) -> None:
    book.chapter("Nhóm, thành viên, cơ quan phối hợp")
    page.goto("/nhiem-vu/22/")
    book.say(
        """Nhiệm vụ giao cho nhóm có bảng của từng đơn vị, tỷ lệ chung và tên những đơn vị **Còn thiếu**. **Mọi nhiệm vụ của
        nhóm** mở bảng của cả nhóm.""",
        page,
    )
    book.picture(page, "Bảng của một nhiệm vụ giao cho nhóm", of='[aria-labelledby="phan-cong"]')
    page.goto("/co-quan/so-ban-nganh/thanh-vien/")
    book.say(
        """**Thành viên của nhóm** (từ trang của nhóm hoặc trang sửa nhiệm vụ): thêm thành viên từ một ngày, theo một văn
        bản; thành viên mới nhận việc đang mở của nhóm. Đưa ra khỏi nhóm thì phải ghi lý do.""",
        page,
    )
    page.get_by_label("Văn bản làm căn cứ").fill("Công văn 18/BCĐ (minh hoạ)")
    page.get_by_role("checkbox", name="Sở Xây dựng").check()
    page.get_by_role("button", name="Thêm vào nhóm và giao việc").click()
    page.get_by_role("heading", name="1 thành viên").wait_for()
    page.goto("/nhiem-vu/22/pham-vi/")
    book.say(
        """**Phần việc của từng đơn vị** (từ trang sửa nhiệm vụ): đơn vị nào chỉ làm một phần thì ghi ở đây rồi **Lưu phần
        việc**; đơn vị thấy phần việc ấy trên trang nhiệm vụ của mình.""",
        page,
    )
    page.goto("/nhiem-vu/23/phoi-hop/")
    book.say(
        """**Cơ quan phối hợp**: chữ như “các sở, ngành liên quan” chỉ là chữ cho đến khi nêu tên ở đây, rồi **Lưu các cơ
        quan này**. Cơ quan được nêu tên đọc được báo cáo đã gửi; không phải báo cáo.""",
        page,
    )


def _list(book: Book, page: Page) -> None:
    book.chapter("Danh sách nhiệm vụ")
    page.goto("/phan-cong/?so=qua-han")
    book.say(
        """Mục **Nhiệm vụ**: lọc (**Lọc và tìm trong danh sách**), bấm đầu cột để sắp, đếm **Theo phân công** hay **Theo
        nhiệm vụ**. Bộ lọc nằm trong địa chỉ trang nên gửi cho nhau được; **Lưu bộ lọc đang xem** để dùng lại.""",
        page,
    )
    page.goto("/phan-cong/?xem=nhiem-vu")
    for number in (10, 12):
        page.get_by_role("checkbox", name=f"Chọn nhiệm vụ {number}, 86/TB-UBND").check()
    page.get_by_role("button", name="Đổi các nhiệm vụ đã chọn").click()
    page.get_by_role("radio", name="Thời hạn", exact=True).check()
    page.get_by_role("textbox", name="Thời hạn mới").fill("29/12/2023")
    page.get_by_label("Văn bản làm căn cứ").fill("Công văn 19/BCĐ (minh hoạ)")
    page.get_by_role("button", name="Xem trước").click()
    book.say(
        """*Đổi hàng loạt* cơ quan chủ trì, thời hạn, loại thời hạn: đánh dấu các dòng, “Đổi các nhiệm vụ đã chọn”, **Xem
        trước khi đổi** giá trị cũ và mới của từng nhiệm vụ, rồi đổi. Thời hạn đổi cho mọi cơ quan của nhiệm vụ.""",
        page,
    )
    book.picture(page, "Xem trước khi đổi thời hạn hai nhiệm vụ", of="main")
    page.get_by_role("button", name="Đổi 2 nhiệm vụ").click()
    page.locator("summary", has_text="Hoàn tác").click()
    book.say(
        """Nhầm thì **Hoàn tác**: mỗi nhiệm vụ trở lại như trước, trừ nhiệm vụ đã có người đổi tiếp. Mọi lần đổi nằm ở “Các
        lần đổi hàng loạt”.""",
        page,
    )
    page.get_by_role("button", name="Hoàn tác lần đổi này").click()
    page.get_by_text("Đã hoàn tác").first.wait_for()
    page.goto("/vien-dan/?so=281/QĐ-UBND")
    book.say(
        """*Văn bản được viện dẫn.* Bấm số văn bản ở trang nhiệm vụ: **việc chưa hoàn thành trước** theo văn bản ấy, của mọi
        cơ quan.""",
        page,
    )
    page.goto("/nhiem-vu/22/lich-su/")
    book.say(
        """*Lịch sử* của nhiệm vụ hay của cơ quan: ai, lúc nào, giá trị cũ và mới, thư nhắc đã gửi, ai đã xem minh chứng;
        **Tải về Excel**. Tạm dừng, hủy, mở lại đều cần lý do và được ghi lại trong “Diễn biến”.""",
        page,
    )


def _agencies(book: Book, page: Page) -> None:
    book.chapter("Cơ quan đổi tên, hợp nhất, chia tách")
    page.goto("/co-quan/ke-thua/moi/")
    page.get_by_label("Hình thức").select_option(label="Đổi tên")
    page.get_by_label("Văn bản làm căn cứ").fill("Quyết định 25/QĐ-UBND (minh hoạ)")
    page.get_by_role("checkbox", name="Sở GTVT").check()
    page.get_by_label("Cơ quan mới", exact=True).fill("Sở Vận tải (minh hoạ); Sở Vận tải")
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("heading", name="phân công đang làm").wait_for()
    book.say(
        """Cơ quan → “Kế thừa của các cơ quan” → “Ghi một việc kế thừa”: đổi tên, hợp nhất, chia tách hoặc chuyển một chức
        năng, theo ngày và văn bản. Bước sau cho **xem trước** những gì sẽ chuyển; việc đang làm chuyển sang cơ quan kế
        thừa, việc đã xong và báo cáo đã lập giữ tên cũ. Đợt sắp xếp năm 2025 có sẵn trong chương trình.""",
        page,
    )
    book.picture(page, "Xem trước một lần đổi tên", of="main")
    page.goto("/co-quan/dongha/ma-dinh-danh/")
    book.say("**Mã định danh** (ở trang của cơ quan): ghi cả mã mới và mã cũ, có ngày hiệu lực.", page)


def _reminders(book: Book, page: Page) -> None:
    book.chapter("Nhắc việc")
    page.goto("/nhac-viec/sap-toi/")
    book.say(
        """**Sắp gửi**: ngày làm việc tới gửi gì, cho ai, **Vì sao**; xem được cả hôm nay. Việc xong hoặc đổi thời hạn trước
        lúc gửi thì lời nhắc tự bỏ.""",
        page,
    )
    book.picture(page, "Sẽ gửi gì vào ngày làm việc tới")
    page.goto("/nhac-viec/")
    book.say(
        """**Nhắc việc**: trang này cho biết thư nào **Chờ gửi**, **Đã gửi**, **Gửi chưa được** và vì sao; ai chưa có địa
        chỉ thư. Danh sách được lập lúc 6 giờ 30 mỗi sáng làm việc; nút **Gửi nhắc việc hôm nay** làm việc ấy ngay; lời
        nhắc đã gửi không gửi lại.""",
        page,
    )
    page.goto("/nhac-viec/tam-ngung/")
    book.say(
        """**Tạm ngừng nhắc** một người, một cơ quan hay một văn bản: ghi lý do, ngày kết thúc nếu có. Thời hạn vẫn tính; hết
        tạm ngừng, mỗi việc chỉ gửi lời nhắc gần nhất.""",
        page,
    )
    page.goto("/nhac-viec/nhac-ngay/")
    book.say(
        """**Nhắc ngay** một đơn vị hoặc mọi đơn vị quá hạn, ngoài lịch thường kỳ: xem trước ai nhận, việc gì, nhắc gần nhất
        khi nào, bỏ dấu chọn đơn vị chưa cần nhắc, rồi **Gửi nhắc việc**.""",
        page,
    )
    page.goto("/nhac-viec/loi-nhan/skhdt/")
    book.say(
        """*Lời nhắn soạn sẵn cho Zalo* (ở trang Nhắc ngay và trang Đôn đốc): **Chép lời nhắn**, dán vào Zalo; gửi xong bấm
        **Ghi đã đôn đốc**.""",
        page,
    )
    page.goto("/lich-lam-viec/?nam=2026")
    book.say(
        """*Lịch làm việc* (từ trang Nhắc việc): ngày nghỉ, ngày hoán đổi, ngày làm bù theo thông báo chính thức. Nhắc việc và
        kỳ báo cáo theo lịch này.""",
        page,
    )


def _urging(book: Book, page: Page) -> None:
    book.chapter("Đôn đốc bằng công văn, điện thoại, Zalo")
    page.goto("/don-doc/")
    book.say(
        """**Đôn đốc**: cơ quan có nhiệm vụ quá hạn hoặc chưa báo cáo kỳ, đã nhắc lần gần nhất khi nào. Cơ quan được đề nghị
        thực hiện đứng riêng, không tính quá hạn.""",
        page,
    )
    book.picture(page, "Cơ quan cần đôn đốc", of="main")
    page.goto("/don-doc/soan/conco/")
    book.say(
        """*Soạn công văn*: chọn nhiệm vụ, ngày đề nghị báo cáo, nơi ban hành (cơ quan thường trực gửi, hoặc soạn trình Ban
        Chỉ đạo, Văn phòng UBND tỉnh ký). Đọc lại dự thảo, tải PDF hoặc Word trình ký. Số để trống cho văn thư; phát hành
        xong thì ghi số và ngày vào, một lần.""",
        page,
    )
    page.goto("/don-doc/ghi/conco/")
    book.say(
        """*Ghi đã đôn đốc*: gọi điện, nhắn Zalo hay gặp trực tiếp thì ghi ngày, với ai, đã nói gì. Công văn đã phát hành và
        những lần trao đổi hiện trong diễn biến của từng nhiệm vụ.""",
        page,
    )


def _people(book: Book, page: Page) -> None:
    book.chapter("Người dùng")
    page.goto("/nguoi-dung/")
    page.get_by_role("link", name="Nguyễn Thị Bích Ngọc").click()
    book.say(
        """**Người dùng**: thêm đầu mối, chọn cơ quan được thay mặt, cấp đường dẫn đặt mật khẩu, **Khóa tài khoản**. Lời mời
        và người của một đơn vị ở trang “Nhân sự của đơn vị” của cơ quan ấy; vắng mặt cũng ghi hộ được ở đó. **Xem như
        người này** để giúp từ xa: phải ghi lý do, chỉ đọc, có giờ, từng trang được ghi nhật ký mà người ấy đọc được.""",
        page,
    )
    page.get_by_role("link", name="Xem như người này").click()
    page.get_by_label("Lý do").fill("Hướng dẫn qua điện thoại (minh hoạ)")
    page.get_by_role("button", name="Bắt đầu xem").click()
    page.get_by_text("Đang xem như Nguyễn Thị Bích Ngọc").wait_for()
    page.get_by_role("button", name="Thôi xem").click()
    page.get_by_text("Đang xem như Nguyễn Thị Bích Ngọc").wait_for(state="detached")
