"""Three neighbours of the liaison: one in difficulty, one that got its answer, one whose claim came back."""

from tests.guide.book import PHONE, Book
from tests.guide.papers import pdf

LIST = "Danh sách mô hình (minh hoạ).pdf"


def tell(book: Book) -> None:
    _more_time(book)
    _answer(book)
    _sent_back(book)


def _more_time(book: Book) -> None:
    page = book.sign_in("camlo", PHONE)
    book.chapter("Nêu vướng mắc, xin gia hạn, đề nghị thôi giao")
    page.get_by_role("link", name="Báo cáo nhiệm vụ 25").first.click()
    page.get_by_label("Kết quả thực hiện").fill("Đã dự thảo quyết định kiện toàn (minh hoạ).")
    page.get_by_text("Có khó khăn, kiến nghị").click()
    book.say(
        """*Vướng mắc.* Trong báo cáo, ghi **Khó khăn, vướng mắc** và **Đề xuất, kiến nghị**, rồi chọn **Gửi tới** ai.
        Vướng mắc chưa trả lời đứng ở trang đầu của bạn và của người được hỏi, kèm số ngày đã chờ.""",
        page,
    )
    page.get_by_label("Khó khăn, vướng mắc").fill("Thiếu một phó trưởng ban do điều động (minh hoạ).")
    page.get_by_label("Đề xuất, kiến nghị").fill("Cho ý kiến về cơ cấu Ban Chỉ đạo cấp huyện (minh hoạ).")
    page.get_by_label("Gửi tới").select_option(label="Lãnh đạo Ban Chỉ đạo")
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_role("link", name="Xin gia hạn").click()
    book.say(
        """*Xin gia hạn.* Nút “Xin gia hạn” ở trang nhiệm vụ có thời hạn: ghi ngày xin và **Lý do**, kèm tệp nếu có, rồi
        **Gửi đề nghị gia hạn**. Người ấn định thời hạn quyết định; cho đến lúc đó thời hạn chưa đổi, thời hạn ban đầu
        luôn được ghi lại. Đã quá hạn vẫn xin được, đề nghị được ghi rõ như vậy. Số lần gia hạn có giới hạn.""",
        page,
    )
    page.get_by_label("Xin gia hạn đến ngày").fill("15/12/2023")
    page.get_by_label("Lý do").fill("Chờ ý kiến về nhân sự (minh hoạ).")
    book.picture(page, "Xin gia hạn", of="main form")
    page.get_by_role("button", name="Gửi đề nghị gia hạn").click()
    page.get_by_role("heading", name="Gia hạn, thôi giao").wait_for()
    page.get_by_role("link", name="Đề nghị thôi giao").click()
    book.say(
        """*Đề nghị thôi giao.* Việc **Không thuộc thẩm quyền** hoặc **Không áp dụng tại đơn vị**: bấm “Đề nghị thôi
        giao”, chọn căn cứ, ghi lý do, có thể nêu cơ quan nên nhận. Cho đến khi có quyết định, đơn vị vẫn thực hiện và báo
        cáo. Đề nghị chưa quyết định thì rút được ở trang nhiệm vụ.""",
        page,
    )


def _answer(book: Book) -> None:
    page = book.sign_in("dakrong", PHONE)
    book.say(
        """*Khi có trả lời*, trang đầu có ô **Ý kiến chỉ đạo mới**; ô còn đó cho đến khi đơn vị báo cáo lại.""",
        page,
    )
    book.picture(page, "Ý kiến chỉ đạo trả lời vướng mắc", of='[aria-labelledby="y-kien-moi"]')


def _sent_back(book: Book) -> None:
    page = book.sign_in("snnptnt", PHONE)
    book.chapter("Được đề nghị bổ sung; nhiệm vụ phối hợp")
    book.say(
        """**Được đề nghị bổ sung**: lý do hiện ngay đầu trang của bạn, kèm hạn bổ sung. Mở nhiệm vụ và báo cáo lại như
        trên.""",
        page,
    )
    book.picture(page, "Vì sao bị đề nghị bổ sung, và hạn", of='[aria-labelledby="tra-lai"]')
    page.goto("/nhiem-vu/11/snnptnt/bao-cao/")
    page.get_by_label("Kết quả thực hiện").fill("Gửi bổ sung danh sách 9 mô hình và quyết định công nhận (minh hoạ).")
    page.get_by_label("Tệp minh chứng").set_input_files(pdf(LIST))
    page.get_by_label("Đề nghị hoàn thành nhiệm vụ").check()
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_role("heading", name="Đang chờ xác nhận hoàn thành").wait_for()
    page.locator("summary", has_text="Menu").click()
    page.get_by_role("link", name="Phối hợp", exact=True).last.click()
    page.wait_for_url("**/phoi-hop/")
    book.say(
        """*Phối hợp* (trong Menu): nhiệm vụ mà đơn vị được nêu tên phối hợp. Bạn đọc được các báo cáo đã gửi của cơ quan
        thực hiện; không phải báo cáo, không bị nhắc và không bị đếm.""",
        page,
    )
