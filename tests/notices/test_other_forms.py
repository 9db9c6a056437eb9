"""Forms that the samples do not show: other numbering, plan fields, Party style, a foot in two columns."""

from datetime import date

import pytest

from directives.notices import read

CONCLUSION = """\
UBND TỈNH HẢI DƯƠNG
VĂN PHÒNG
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 12/TB-VP
Hải Dương, ngày 05 tháng 01 năm 2024

THÔNG BÁO
Kết luận của đồng chí Nguyễn Văn A - Chủ tịch UBND tỉnh tại cuộc họp nghe báo cáo tiến độ

Ngày 03/01/2024, đồng chí Nguyễn Văn A - Chủ tịch UBND tỉnh chủ trì cuộc họp. Sau khi nghe báo cáo, Chủ tịch UBND tỉnh kết luận như sau:
1. Giao Sở Kế hoạch và Đầu tư:
a) Chủ trì, phối hợp với Sở Tài chính, Sở Xây dựng và UBND các huyện, thị xã rà soát danh mục dự án; hoàn thành trước 15/01/2024.
b) Định kỳ hằng tháng báo cáo UBND tỉnh trước ngày 25.
2. Sở Tài chính phối hợp cùng các Sở: Nội vụ, Tư pháp, Y tế tham mưu UBND tỉnh bố trí kinh phí, hoàn thành trong tháng 02/2024.
3. Yêu cầu các sở, ban, ngành, địa phương nghiêm túc thực hiện chế độ báo cáo theo Quyết định số 41/2019/QĐ-UBND ngày 22/10/2019 của UBND tỉnh.
4. Về dự án đường vành đai: Đồng ý chủ trương như đề xuất của Sở Giao thông vận tải. Giao UBND thành phố Hải Dương khẩn trương giải phóng mặt bằng, xong trong quý I/2024.
5. Giao đồng chí Trần Văn B - Phó Chủ tịch UBND tỉnh trực tiếp chỉ đạo, đôn đốc.
6. Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh tăng cường tuần tra, kiểm soát dịp Tết Nguyên đán.
7. Các đơn vị: Sở Y tế, Sở Giáo dục và Đào tạo chuẩn bị phương án trước ngày 10/01.
Thừa lệnh Chủ tịch, Văn phòng UBND tỉnh thông báo để các cơ quan biết, thực hiện./.
Nơi nhận:
- Như trên;
- Lưu: VT.
KT. CHÁNH VĂN PHÒNG
PHÓ CHÁNH VĂN PHÒNG

Phạm Thị C
"""

PLAN = """\
ỦY BAN NHÂN DÂN
HUYỆN CAM LỘ
Số: 05/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Cam Lộ, ngày 10 tháng 3 năm 2023
KẾ HOẠCH
Phát triển kinh tế tập thể năm 2023

Căn cứ Nghị quyết số 66- NQ/TW của Bộ Chính trị; UBND huyện ban hành Kế hoạch như sau:
I. MỤC TIÊU
1. Thành lập mới 05 hợp tác xã.
II. NHIỆM VỤ NĂM 2023
1. Tuyên truyền Luật Hợp tác xã đến 100% xã, thị trấn.
- Đơn vị chủ trì: Phòng Nông nghiệp và Phát triển nông thôn.
- Đơn vị phối hợp: Phòng Tài chính - Kế hoạch; UBND các xã, thị trấn.
- Thời gian hoàn thành: Quý II/2023.
2. Rà soát các hợp tác xã yếu kém.
- Cơ quan chủ trì: Phòng Tài chính - Kế hoạch.
- Thời gian thực hiện: Thường xuyên.
III. TỔ CHỨC THỰC HIỆN
1. PHÒNG NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN
- Là cơ quan thường trực, theo dõi, đôn đốc.
2. Phòng Tài chính - Kế hoạch huyện: Bố trí kinh phí thực hiện.
3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam huyện và các tổ chức chính trị - xã hội: Vận động đoàn viên, hội viên tham gia.
4. UBND các xã, thị trấn
4.1. Chủ động xây dựng kế hoạch.
4.2. Báo cáo kết quả về UBND huyện (qua Phòng Nông nghiệp và Phát triển nông thôn) trước ngày 15/12/2023.
Trên đây là Kế hoạch, yêu cầu các đơn vị triển khai thực hiện./.
Nơi nhận:                          TM. ỦY BAN NHÂN DÂN
- Như mục III;                          CHỦ TỊCH
- Lưu: VT.
                                   Ngô Quang D
"""

PARTY = """\
TỈNH ỦY QUẢNG TRỊ
BAN THƯỜNG VỤ
*
Số 120-TB/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Quảng Trị, ngày 02 tháng 02 năm 2024
THÔNG BÁO
KẾT LUẬN CỦA BAN THƯỜNG VỤ TỈNH ỦY
về phát triển kinh tế tập thể
-----
Tại cuộc họp ngày 30/01/2024, Ban Thường vụ Tỉnh ủy kết luận như sau:
Thứ nhất, giao Ban cán sự đảng UBND tỉnh lãnh đạo, chỉ đạo xây dựng đề án, trình Ban Thường vụ Tỉnh ủy trước ngày 30/6/2024.
Thứ hai, giao Ban Tuyên giáo Tỉnh ủy chủ trì, phối hợp với Ban Dân vận Tỉnh ủy tuyên truyền sâu rộng.
Thứ ba, các huyện ủy, thị ủy, thành ủy tiếp tục quán triệt Nghị quyết số 20-NQ/TW.
Thứ tư, Sở KH&ĐT tổng hợp, báo cáo.
Nơi nhận:
- Ban Bí thư (báo cáo),
- Lưu Văn phòng Tỉnh ủy.
T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
Nguyễn Đăng Quang
"""

COLUMNS = """\
ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
 TỈNH NGHỆ AN                 Độc lập - Tự do - Hạnh phúc

Số: 215/TB-UBND          Nghệ An, ngày 3 tháng 5 năm 2024

                     THÔNG BÁO
Kết luận của đồng chí Lê Hồng Vinh - Phó Chủ tịch UBND tỉnh
tại phiên họp Ban Chỉ đạo

     Ngày 26 tháng 4 năm 2024, tại Trụ sở UBND tỉnh, đồng chí Lê Hồng Vinh - Phó
Chủ tịch UBND tỉnh đã chủ trì phiên họp. Sau khi nghe báo cáo và ý kiến thảo luận,
đồng chí Lê Hồng Vinh kết luận như sau:
     I. KẾT QUẢ ĐẠT ĐƯỢC
     Thời gian qua các sở đã tích cực thực hiện.
     II. NHIỆM VỤ THỜI GIAN TỚI
     1. Về xây dựng nông thôn mới
     - Giao Sở Nông nghiệp và PTNT chủ trì, phối hợp các sở, ngành liên quan tham
mưu kế hoạch, báo cáo UBND tỉnh trước ngày 15/5/2024.
     - Sở Tài chính: Bố trí kinh phí; hoàn thành trong tháng 6/2024.
     - Các huyện, thành phố, thị xã: Nam Đàn, Yên Thành, Vinh tập trung rà soát tiêu chí.
     2. Về chuyển đổi số: Sở Thông tin và Truyền thông tham mưu tổ chức hội nghị; Sở Nội
vụ hướng dẫn đánh giá, xếp loại; UBND các huyện báo cáo kết quả trước 10 hàng tháng.
     3. Giao Liên minh Hợp tác xã tỉnh là cơ quan đầu mối tổng hợp, theo dõi, chậm nhất ngày 20/6/2024 báo cáo.
     4. Các thành viên Ban Chỉ đạo theo nhiệm vụ được phân công thường xuyên kiểm tra cơ sở.
     UBND tỉnh thông báo để các đơn vị biết, thực hiện./.

Nơi nhận:                                  TL. CHỦ TỊCH
- Như kính gửi;                         CHÁNH VĂN PHÒNG
- Lưu: VT, NN.

                                        Đặng Thanh Tùng
"""


@pytest.fixture(scope="module")
def conclusion():
    return read(CONCLUSION)


@pytest.fixture(scope="module")
def plan():
    return read(PLAN)


@pytest.fixture(scope="module")
def party():
    return read(PARTY)


def names(notice):
    return [a.name for a in notice.addressees]


def task(notice, item):
    return next(a for a in notice.addressees if a.item == item).tasks[0]


def test_a_conclusion_by_order_and_subject(conclusion):
    assert conclusion.issuer == "Văn phòng Ủy ban nhân dân tỉnh Hải Dương"
    assert (conclusion.signer, conclusion.meeting_date) == ("Phạm Thị C", date(2024, 1, 3))
    assert names(conclusion) == [
        "Sở Kế hoạch và Đầu tư",
        "Sở Tài chính",
        "các sở, ban, ngành, địa phương",
        "UBND thành phố Hải Dương",
        "đồng chí Trần Văn B - Phó Chủ tịch UBND tỉnh",
        "Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh",
        "Các đơn vị: Sở Y tế, Sở Giáo dục và Đào tạo",
    ]


def test_a_grouped_list_gets_its_head_noun_back(conclusion):
    assert task(conclusion, "2").coordinating == ("Sở Nội vụ", "Sở Tư pháp", "Sở Y tế")


def test_an_agreement_is_no_task_but_the_order_after_it_is(conclusion):
    assert task(conclusion, "4").text.startswith("Giao UBND thành phố Hải Dương")
    assert task(conclusion, "4").deadline == date(2024, 3, 31)


def test_fields_under_a_task_name_its_lead_and_time(plan):
    first = task(plan, "II.1")
    assert (first.lead, first.lead_explicit, first.deadline) == (
        "Phòng Nông nghiệp và Phát triển nông thôn",
        True,
        date(2023, 6, 30),
    )
    assert first.coordinating == ("Phòng Tài chính - Kế hoạch", "UBND các xã, thị trấn")
    assert first.period.text == "NĂM 2023"
    assert task(plan, "II.2").recurring


def test_goals_are_no_tasks_and_capitals_are_names(plan):
    assert "I.1" not in [a.item for a in plan.addressees]
    assert next(a for a in plan.addressees if a.item == "III.1").name == "PHÒNG NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN"
    assert [a.item for a in plan.addressees if a.asked] == ["III.3"]


def test_a_foot_in_two_columns(plan):
    assert plan.recipients == ("Như mục III", "Lưu: VT.")
    assert (plan.signed_as, plan.signer) == (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Ngô Quang D")


def test_stray_spaces_in_a_number_are_removed(plan):
    assert [c.number for c in plan.cited_documents] == ["66-NQ/TW"]


def test_a_party_document(party):
    assert (party.number, party.symbol, party.issuer) == ("120", "TB/TU", "Ban thường vụ Tỉnh ủy Quảng Trị")
    assert names(party) == [
        "Ban cán sự đảng UBND tỉnh",
        "Ban Tuyên giáo Tỉnh ủy",
        "các huyện ủy, thị ủy, thành ủy",
        "Sở KH&ĐT",
    ]
    assert party.signed_as == ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")
    assert [c.number for c in party.cited_documents] == ["20-NQ/TW"]


def test_a_page_with_columns_and_indents():
    notice = read(COLUMNS)
    assert (notice.issuer, notice.place) == ("Ủy ban nhân dân tỉnh Nghệ An", "Nghệ An")
    assert [a.item for a in notice.addressees] == ["II.1"] * 3 + ["II.2"] * 3 + ["II.3", "II.4"]
    assert names(notice)[2:4] == [
        "Các huyện, thành phố, thị xã: Nam Đàn, Yên Thành, Vinh",
        "Sở Thông tin và Truyền thông",
    ]
    assert (notice.signed_as, notice.signer) == (("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), "Đặng Thanh Tùng")
