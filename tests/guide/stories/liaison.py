"""A working month of the liaison of a city, on a phone."""

from playwright.sync_api import Page

from tests.guide.book import PHONE, Book
from tests.guide.papers import excel, pdf
from tests.guide.stories import colleagues, neighbours

MINUTES = "Biên bản họp (minh hoạ).pdf"


def tell(book: Book) -> None:
    book.say(
        """Trang này kể một tháng làm việc của một đầu mối, bằng điện thoại; trên máy tính các nút vẫn như vậy.
        Hình và tên người lấy từ bản chạy thử (dữ liệu minh hoạ)."""
    )
    page = book.sign_in("dongha", PHONE)
    _first_page(book, page)
    _round(book, page)
    _note(book, page)
    _excel(book, page)
    _shelf(book, page)
    neighbours.tell(book)
    _looking_up(book, page)
    _notices(book, page)
    colleagues.tell(book, page)


def _first_page(book: Book, page: Page) -> None:
    book.chapter("Trang đầu")
    book.say(
        """Đăng nhập. Trang đầu là việc của cơ quan bạn: việc được đề nghị bổ sung, việc quá hạn, việc đến hạn tiếp theo
        (**Đến hạn tiếp theo**), việc chưa báo cáo kỳ này, rồi **Tất cả nhiệm vụ**. Ô đầu tiên nói kỳ này còn mấy nhiệm vụ
        chưa báo cáo và gửi chậm nhất ngày nào.""",
        page,
    )
    book.picture(page, "Trang đầu của đầu mối trên điện thoại")


def _round(book: Book, page: Page) -> None:
    book.chapter("Báo cáo kỳ: mọi nhiệm vụ trên một trang")
    book.say("Mỗi kỳ, bấm **Báo cáo cả kỳ trên một trang**. Kỳ cũ và kỳ sau ở Menu → **Kỳ báo cáo**.", page)
    page.get_by_role("link", name="Báo cáo cả kỳ trên một trang").click()
    row = page.get_by_role("group", name="Nhiệm vụ 21", exact=True)
    book.say(
        """- Mỗi nhiệm vụ một ô, có nội dung lần báo cáo trước để đối chiếu. Ghi **Kết quả thực hiện**, đánh dấu
        **Đầu việc đã xong**.
        - Không có gì mới: đánh dấu **Không thay đổi so với lần trước** và chọn **Lý do không thay đổi**.
        - **Khó khăn, kiến nghị** và **Minh chứng, đề nghị hoàn thành** gập lại ở cuối ô; bấm để mở.
        - Nhiệm vụ đã báo cáo riêng trong kỳ, hoặc đang chờ xác nhận, thì không phải ghi nữa.""",
        page,
    )
    row.get_by_role("checkbox").first.check()
    row.get_by_label("Lý do không thay đổi").select_option("Tiếp tục thực hiện thường xuyên như kỳ trước")
    book.picture(page, "Một nhiệm vụ không thay đổi, có lý do", of='[data-number="21"]')
    page.locator("[data-filled]").filter(has_text="1").wait_for()
    _line_lost(book, page)
    page.get_by_role("group", name="Nhiệm vụ 24", exact=True).get_by_label("Kết quả thực hiện").fill(
        "Đã hướng dẫn 3 HTX kết nạp thành viên liên kết (minh hoạ)."
    )
    book.say(
        """Xong, bấm **Gửi tất cả**. Chương trình xem cả bản báo cáo một lần: nhiệm vụ nào còn thiếu thì lỗi hiện ngay tại
        nhiệm vụ ấy và chưa gửi gì. Hai người cùng sửa một dòng thì người sau được cho xem nội dung của người trước để
        chọn. Gửi sau ngày quy định vẫn được, báo cáo ghi là gửi muộn. Bấm hai lần cũng chỉ gửi một lần.""",
        page,
    )
    page.get_by_role("button", name="Gửi tất cả").click()
    page.get_by_role("link", name="Tải báo cáo của đơn vị (Word)").wait_for()
    book.say("Gửi xong, **Tải báo cáo của đơn vị (Word)** để trình ký; số văn bản để trống cho văn thư.", page)
    book.say(
        """Sau khi gửi mà còn việc phải báo cáo (mới nhận, hoặc được đề nghị bổ sung), trang này mở lại riêng việc ấy, với nút
        *Gửi bổ sung*. Khó khăn đã nêu thì còn nguyên với số ngày chờ, đến khi được trả lời, hoặc bạn đánh dấu *đã được
        tháo gỡ* trong mục *Khó khăn, kiến nghị* của dòng.""",
        page,
    )


def _line_lost(book: Book, page: Page) -> None:
    page.context.set_offline(True)
    page.get_by_role("group", name="Nhiệm vụ 23", exact=True).get_by_label("Kết quả thực hiện").fill(
        "Đã vận động thành lập 1 HTX dịch vụ (minh hoạ)."
    )
    page.locator("[data-trouble]").filter(has_text="Mất kết nối").wait_for()
    book.say(
        """Bản nháp tự lưu trong khi gõ; nút **Lưu nháp** lưu ngay. Khi mạng rớt, chân trang báo **Mất kết nối**: nội dung
        được giữ trên máy này và tự gửi khi có mạng lại. Hết phiên làm việc cũng vậy: đăng nhập lại là thấy đủ. Ảnh chụp
        được thu nhỏ trên điện thoại rồi gửi từng tấm. Khi bấm Đăng xuất, bản nháp trên máy được xóa.""",
        page,
    )
    book.picture(page, "Mất kết nối, nội dung vẫn còn", of="[data-bar]")
    page.context.set_offline(False)
    page.get_by_role("button", name="Lưu nháp").last.click()
    page.locator("[data-trouble]").wait_for(state="hidden")


def _note(book: Book, page: Page) -> None:
    book.chapter("Báo cáo một nhiệm vụ, đề nghị hoàn thành")
    page.goto("/")
    book.say("Có kết quả giữa kỳ: bấm **Báo cáo** ở dòng của nhiệm vụ.", page)
    page.get_by_role("link", name="Báo cáo nhiệm vụ 26").first.click()
    book.say(
        """1. Ghi **Kết quả thực hiện**; đánh dấu đầu việc đã xong; nhiệm vụ có chỉ tiêu thì ghi
        **Tỷ lệ đạt chỉ tiêu (%)**.
        2. Có vướng mắc thì mở **Có khó khăn, kiến nghị**.
        3. **Tệp minh chứng**: PDF, Word, Excel, ảnh; mỗi tệp tối đa 20 MB.
        4. Khi việc đã xong, đánh dấu **Đề nghị hoàn thành nhiệm vụ**. Cần có tệp, hoặc số văn bản kết quả, hoặc lý do
        không có (mở **Văn bản kết quả, hoặc lý do không có minh chứng**). Ngày gửi là ngày được tính; thời gian chờ
        xác nhận không tính vào thời hạn của đơn vị.
        5. Bấm **Gửi báo cáo**.""",
        page,
    )
    page.get_by_label("Kết quả thực hiện").fill("Đã kiện toàn chi nhánh; 21/21 HTX đã tham gia (minh hoạ).")
    page.get_by_label("Tỷ lệ đạt chỉ tiêu (%)").fill("100")
    page.get_by_label("Tệp minh chứng").set_input_files(pdf(MINUTES))
    page.get_by_label("Đề nghị hoàn thành nhiệm vụ").check()
    book.picture(page, "Báo cáo kèm tệp, đề nghị hoàn thành", of="main form")
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_role("heading", name="Đang chờ xác nhận hoàn thành").wait_for()
    book.say(
        """Nếu có chỗ chưa đúng, trang nói rõ chỗ nào; những gì đã nhập và những tệp đã nhận vẫn còn, chỉ cần sửa rồi gửi
        lại. Bấm hai lần cũng chỉ ghi một báo cáo. Báo cáo đã gửi không sửa, không xóa được; muốn đính chính, xin gửi báo
        cáo mới. Gửi xong, trang nhiệm vụ ghi **Đang chờ xác nhận hoàn thành**.""",
        page,
    )


def _excel(book: Book, page: Page) -> None:
    book.chapter("Điền bằng Excel")
    page.goto("/co-quan/dongha/")
    book.say(
        """Nhiều nhiệm vụ, hoặc mạng yếu: tải bảng về, điền khi không có mạng, rồi nộp lại một lần.

        1. Ở trang của cơ quan, bấm **Tải bảng Excel để điền**.
        2. Điền các ô nền vàng; dòng để trống thì không báo cáo. Ô nền khác đã khóa. Lưu tệp .xlsx.
        3. Bấm **Nộp bảng Excel**, chọn tệp rồi *Nộp và xem trước*. Chưa có gì được ghi.""",
        page,
    )
    filled = excel(page.request.get("/co-quan/dongha/excel/").body(), percent=40)
    page.goto("/co-quan/dongha/excel/nop/")
    _hand_in(page, filled)
    page.get_by_role("heading", name="Cần sửa trong tệp").wait_for()
    book.say("4. Ô nào sai, trang ghi rõ dòng và ô: sửa trong tệp rồi bấm **Nộp lại tệp đã sửa**.", page)
    book.picture(page, "Bảng có một ô cần sửa", of="main")
    page.get_by_role("link", name="Nộp lại tệp đã sửa").click()
    _hand_in(page, excel(filled["buffer"], percent=None))
    page.get_by_role("heading", name="Sẽ ghi").wait_for()
    book.say(
        """5. Xem lại phần **Sẽ ghi** cạnh báo cáo gần nhất. Dòng đã có người thay đổi hiện cả hai nội dung; đánh dấu *Vẫn
        ghi dòng …* nếu vẫn muốn ghi.
        6. **Ghi tất cả** gửi báo cáo riêng từng nhiệm vụ; *Đưa vào báo cáo kỳ* chỉ soạn nháp để xem lại, đính kèm tệp và
        gửi ở trang của kỳ. Bảng chưa ghi được giữ 7 ngày.""",
        page,
    )
    page.get_by_role("button", name="Ghi tất cả").click()
    page.get_by_text("Đã ghi 1 báo cáo từ bảng Excel").wait_for()


def _hand_in(page: Page, file: dict) -> None:
    page.get_by_label("Bảng Excel đã điền").set_input_files(file)
    page.get_by_role("button", name="Nộp và xem trước").click()


def _shelf(book: Book, page: Page) -> None:
    book.chapter("Kho minh chứng")
    page.goto("/")
    page.get_by_role("link", name="Kho minh chứng").click()
    book.say(
        """Mọi tệp đã gửi nằm trong **Kho minh chứng** của đơn vị, cùng nhiệm vụ dùng nó; có thể đưa trước tệp vào
        (**Đưa tệp vào kho**). Bấm tên tệp để xem, **Tải về** để lấy tệp. **Văn bản đã viện dẫn** cũng liệt kê ở đây.""",
        page,
    )
    page.goto("/nhiem-vu/23/dongha/bao-cao/")
    page.get_by_text("Chọn từ kho minh chứng").click()
    book.say(
        """Một tài liệu dùng cho nhiều nhiệm vụ: trên mẫu báo cáo, mở **Chọn từ kho minh chứng** và đánh dấu, không phải
        tải lên lần nữa.""",
        page,
    )
    book.picture(page, "Chọn tệp đã có trong kho", of='details:has-text("Chọn từ kho minh chứng")')


def _notices(book: Book, page: Page) -> None:
    book.chapter("Thông báo và thư nhắc")
    page.goto("/thong-bao/")
    book.say(
        """Chuông ở đầu mọi trang cho biết số thông báo chưa xem. Trang **Thông báo** xếp theo mức độ gấp, mỗi dòng dẫn thẳng
        đến nơi báo cáo. Mỗi sáng làm việc có việc cần nhắc, bạn nhận một thư.""",
        page,
    )
    page.goto("/thong-bao/thu/")
    book.say(
        """*Loại thư muốn nhận* (ở trang Thông báo, hoặc đường dẫn cuối mỗi thư): bỏ được những thư không gấp. Thư về thời
        hạn, quá hạn, đề nghị bổ sung và hạn gửi báo cáo luôn được gửi.""",
        page,
    )


def _looking_up(book: Book, page: Page) -> None:
    book.chapter("Tra cứu, lịch sử, lịch thời hạn")
    page.goto("/tim/?q=phan+loai+htx")
    book.say(
        """*Tìm.* Ô **Tìm trong sổ** trong Menu: gõ có dấu hay không dấu đều được; chữ tìm thấy được tô. Tìm trong văn
        bản, nhiệm vụ, báo cáo và tên minh chứng mà bạn được xem.""",
        page,
    )
    page.goto("/co-quan/dongha/lich-su/")
    book.say(
        """*Lịch sử.* Nút “Lịch sử” ở trang đầu (của cơ quan) hoặc ở trang nhiệm vụ: ai đã làm gì, lúc nào, giá trị cũ và
        mới, do cơ sở dữ liệu tự ghi. **Tải về Excel** để lưu.""",
        page,
    )
    page.goto("/lich/")
    book.say("*Lịch.* Menu → Lịch thời hạn → **Tạo lịch**.", page)
    page.get_by_role("button", name="Tạo lịch").click()
    page.get_by_label("Đường dẫn của lịch").wait_for()
    book.say(
        """Trang đưa **Đường dẫn của lịch mới**, chỉ hiện một lần: dán vào ứng dụng lịch trên điện thoại hay máy tính. Ai
        có đường dẫn đều xem được, nên xin giữ kín; lộ ra thì bấm **Thu hồi**. Lịch tự ngừng khi bạn thôi phụ trách cơ
        quan.""",
        page,
    )
