"""The same month at the standing office: what comes in, what must be decided, what must be kept in order."""

from playwright.sync_api import Page

from tests.guide.book import Book
from tests.guide.papers import NOTICE, pdf
from tests.guide.stories import upkeep


def tell(book: Book) -> None:
    book.say(
        """Trang này kể một tháng làm việc ở cơ quan thường trực. Hình và tên người lấy từ bản chạy thử (dữ liệu minh
        hoạ)."""
    )
    page = book.sign_in("thuongtruc")
    book.chapter("Bàn làm việc")
    book.say(
        """Trang đầu gom việc đang chờ: **Chờ xác nhận**, **Quá hạn**, **Vướng mắc chưa trả lời**, **Chưa báo cáo kỳ
        này**, **Đến hạn tiếp theo**, và đề nghị gia hạn, thôi giao.""",
        page,
    )
    book.picture(page, "Bàn làm việc của cán bộ thường trực")
    _load(book, page)
    _rounds(book, page)
    _claims(book, page)
    _letter(book, page)
    _requests(book, page)
    _obstacles(book, page)
    upkeep.tell(book, page)


def _load(book: Book, page: Page) -> None:
    book.chapter("Nạp văn bản, ấn định thời hạn")
    page.get_by_role("link", name="Nạp văn bản").click()
    book.say(
        """Văn bản → **Nạp văn bản**: chọn tệp hoặc dán toàn văn, bấm **Đọc văn bản**. Chương trình đọc ra đơn vị và nhiệm
        vụ, giữ thành **bản nháp**. Văn bản chưa có số hoặc ngày thì chương trình hỏi thêm số, ký hiệu, ngày ban hành theo
        bản giấy. Văn bản có dấu chỉ độ mật bị từ chối.""",
        page,
    )
    page.get_by_label("Hoặc dán toàn văn").fill(NOTICE)
    page.get_by_role("button", name="Đọc văn bản").click()
    page.get_by_role("heading", name="Bản nháp: các đơn vị chưa thấy văn bản này").wait_for()
    book.say(
        """Trên trang bản nháp, xem những điều cần kiểm tra, mục **Có thể trùng với việc đang làm** và trang
        **Đối chiếu kết quả đọc văn bản** (từng đoạn chữ thuộc nhiệm vụ nào); đọc chưa đúng thì **Sửa thông tin văn bản**,
        nạp nhầm thì **Bỏ bản nháp**. Bấm **Công bố văn bản**: từ lúc đó các đơn vị mới thấy, và thông tin văn bản không
        sửa được nữa. Cùng một văn bản nạp lần nữa không làm tăng gấp đôi.""",
        page,
    )
    book.picture(page, "Bản nháp, có cảnh báo một việc trùng", of='[aria-labelledby="h-draft"]')
    page.locator("summary", has_text="Công bố văn bản").click()
    page.get_by_role("button", name="Công bố", exact=True).click()
    page.get_by_role("link", name="Kết thúc theo dõi").wait_for()
    page.goto("/nhiem-vu/9/")
    page.get_by_role("link", name="Sửa thông tin, thời hạn").click()
    book.say(
        """*Thời hạn.* Chương trình không tự đặt thời hạn. Mở nhiệm vụ → “Sửa thông tin, thời hạn” → **Ấn định thời hạn**:
        ghi ngày và **Văn bản ấn định**. Thời hạn ban đầu luôn được giữ lại bên cạnh thời hạn mới. **Đổi loại thời hạn**,
        cơ quan chủ trì, **Sản phẩm phải có**, **Người theo dõi** cũng ở đây.""",
        page,
    )


def _rounds(book: Book, page: Page) -> None:
    book.chapter("Kỳ báo cáo")
    page.goto("/thiet-lap/ky-bao-cao/")
    book.say(
        """Kỳ báo cáo → **Quy định kỳ báo cáo**: chọn **Hằng tháng**, **Hằng quý**, **6 tháng**, **9 tháng**, **Hằng năm**;
        ngày chốt số liệu và ngày gửi của từng cấp. Chưa chọn thì chưa kỳ nào được áp dụng. Kỳ tự mở và tự khóa theo
        lịch.""",
        page,
    )
    page.goto("/ky-bao-cao/")
    page.get_by_role("link", name="Kỳ đang gửi: tháng 11/2023").click()
    book.say(
        """Trang của kỳ cho biết ai **Đã gửi**, **Đã gửi, muộn**, **Đang soạn**, **Chỉ báo cáo từng việc**, **Im lặng**; bấm
        để lọc. Chưa báo cáo kỳ không phải là quá hạn. **Nhiệm vụ thường xuyên** được đánh giá tại đây. **Bản Word** là
        báo cáo của đơn vị.""",
        page,
    )
    book.picture(page, "Ai đã gửi, đang soạn, im lặng")


def _claims(book: Book, page: Page) -> None:
    book.chapter("Chờ xác nhận")
    page.goto("/cho-xac-nhan/")
    book.say(
        """Mỗi đề nghị có kết quả, minh chứng và hai nút: **Xác nhận hoàn thành**, **Đề nghị bổ sung** (phải ghi lý do; đơn
        vị có thêm 5 ngày làm việc, sửa được). Thời gian chờ xét được đếm nhưng không tính cho đơn vị. Đề nghị của chính
        Liên minh HTX do lãnh đạo xác nhận. Nhiều đề nghị một lúc: đánh dấu rồi bấm **Xem lại các mục đã chọn**.""",
        page,
    )
    for agency in ("Sở Công Thương", "TP Đông Hà"):
        page.get_by_role("article").filter(has_text=f"{agency}:").get_by_role("checkbox").check()
    page.get_by_role("button", name="Xem lại các mục đã chọn").click()
    page.get_by_role("heading", name="Xem lại trước khi xác nhận").wait_for()
    book.picture(page, "Xem lại trước khi xác nhận hai đề nghị", of="main")
    page.get_by_role("button", name="Xác nhận hoàn thành 2 nhiệm vụ").click()
    claim = page.get_by_role("article").filter(has_text="Sở NN&PTNT:")
    claim.locator("summary", has_text="Đề nghị bổ sung").click()
    claim.get_by_label("Lý do").fill("Xin gửi kèm quyết định công nhận (minh hoạ).")
    claim.get_by_role("button", name="Đề nghị bổ sung").click()
    page.get_by_role("article").filter(has_text="Sở NN&PTNT:").wait_for(state="detached")


def _letter(book: Book, page: Page) -> None:
    page.goto("/nhiem-vu/24/quangtri/")
    page.get_by_role("link", name="Nhập hộ từ công văn").click()
    book.say(
        """*Nhập hộ.* Đơn vị gửi công văn giấy: mở nhiệm vụ → “Nhập hộ từ công văn”, ghi **Số, ký hiệu công văn đã nhận**,
        **Ngày công văn**, **Ngày đến** và kèm bản chụp. Đề nghị hoàn thành nhập hộ tính theo ngày của văn bản kết quả hoặc
        của công văn; người khác phải xác nhận.""",
        page,
    )
    page.get_by_label("Số, ký hiệu công văn đã nhận").fill("321/UBND-KT (minh hoạ)")
    page.get_by_label("Ngày công văn").fill("13/11/2023")
    page.get_by_label("Ngày đến").fill("15/11/2023")
    page.get_by_label("Kết quả thực hiện").fill("Đã vận động 2 HTX liên kết tiêu thụ (minh hoạ).")
    page.get_by_label("Tệp minh chứng").set_input_files(pdf("Công văn 321 (minh hoạ).pdf"))
    page.get_by_role("button", name="Lưu báo cáo nhập hộ").click()
    page.wait_for_url("**/nhiem-vu/24/quangtri/")


def _requests(book: Book, page: Page) -> None:
    book.chapter("Gia hạn, thôi giao")
    page.goto("/de-nghi/")
    asked = page.get_by_role("article").filter(has_text="Sở KH&ĐT:")
    asked.locator("summary", has_text="Xét đề nghị gia hạn").click()
    asked.get_by_label("Đồng ý, rút ngắn").check()
    asked.get_by_label("Gia hạn đến ngày").fill("08/12/2023")
    asked.get_by_label("Lý do").fill("Ba sở góp ý xong trước 30/11 (minh hoạ).")
    book.say(
        """Mục **Đề nghị**: **Đồng ý**, **Đồng ý, rút ngắn** hoặc **Không đồng ý**, kèm lý do, rồi **Ghi quyết định**. Thời
        hạn do lãnh đạo ấn định thì lãnh đạo xét. Nhắc việc theo thời hạn mới. Đồng ý cho thôi giao: việc không còn tính cho
        đơn vị; chọn cơ quan nhận thì việc chuyển sang cơ quan đó cùng thời hạn và diễn biến.""",
        page,
    )
    book.picture(page, "Xét một đề nghị gia hạn", of='article:has-text("Sở KH&ĐT:")')
    asked.get_by_role("button", name="Ghi quyết định").click()
    page.get_by_role("article").filter(has_text="Sở KH&ĐT:").wait_for(state="detached")


def _obstacles(book: Book, page: Page) -> None:
    book.chapter("Vướng mắc")
    page.goto("/vuong-mac/")
    asked = page.get_by_role("article").filter(has_text="Sở KH&ĐT:")
    asked.locator("summary", has_text="Trả lời").click()
    book.say(
        """Mục **Vướng mắc**: chờ lâu nhất đứng trước, lọc được theo nơi được hỏi (**Gửi tới**). Bấm **Trả lời**, ghi ý
        kiến, **Gửi ý kiến**; đơn vị thấy ngay.""",
        page,
    )
    asked.get_by_label("Ý kiến chỉ đạo").fill("Đã có văn bản đôn đốc ba sở (minh hoạ).")
    asked.get_by_role("button", name="Gửi ý kiến").click()
    page.get_by_role("article").filter(has_text="Sở KH&ĐT:").wait_for(state="detached")
    page.goto("/vuong-mac/?xem=da-tra-loi")
    book.say(
        """Ý kiến của lãnh đạo hay của cơ quan thường trực nằm ở **Đã có ý kiến**; bấm **Giao thành nhiệm vụ** để đưa nó
        thành một nhiệm vụ của văn bản đang theo dõi, hoặc của một văn bản mới.""",
        page,
    )
