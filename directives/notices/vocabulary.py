"""The words of Vietnamese administrative writing that carry its grammar: bodies, verbs, kinds of document."""

from __future__ import annotations

from .patterns import UPPER, phrase

DOC_TYPES = {
    "TB": "Thông báo", "CT": "Chỉ thị", "CĐ": "Công điện", "KH": "Kế hoạch", "QĐ": "Quyết định",
    "NQ": "Nghị quyết", "NĐ": "Nghị định", "TT": "Thông tư", "CTr": "Chương trình", "HD": "Hướng dẫn",
    "KL": "Kết luận", "BC": "Báo cáo", "TTr": "Tờ trình", "PA": "Phương án", "ĐA": "Đề án",
    "QC": "Quy chế", "QyĐ": "Quy định", "CV": "Công văn", "GM": "Giấy mời",
}  # fmt: skip

CITED_TYPES = (
    "Nghị quyết|Nghị định|Quyết định|Chỉ thị|Chương trình hành động|Chương trình|Kế hoạch|"
    "Thông báo(?: kết luận)?|Thông báo Kết luận|Công điện|Công văn|Văn bản|Báo cáo|Phương án|Tờ trình|"
    "Kết luận|Thông tư|Luật|Pháp lệnh|Hướng dẫn|Quy định|Quy chế|Đề án|Lệnh"
)

_GROUP = (
    "[Bb]ộ|[Ss]ở|[Bb]an|ngành|[Cc]ơ quan|[Đđ]ơn vị|địa phương|[Hh]uyện|[Tt]hành phố|[Tt]hị xã|[Xx]ã|[Pp]hường|"
    "[Tt]ỉnh|[Qq]uận|doanh nghiệp|[Cc]hủ rừng|[Cc]hủ đầu tư|nhà thầu|[Tt]hành viên|tổ chức|[Hh]ội|đoàn thể|"
    "[Ủủ]y ban|UBND|HĐND|[Tt]rường|[Vv]iện|cấp|[Pp]hòng|[Tt]ập đoàn|[Tt]ổng công ty|[Cc]ông ty|[Nn]gân hàng|"
    "[Hh]iệp hội|[Đđ]ồng chí|đối tượng|lực lượng|HTX|hợp tác xã|liên hiệp|cấp ủy|[Vv]ụ|[Cc]ục|thôn|tổ"
)

# The first words of a body's name. Look-aheads keep out "Ban hành", "Tổ chức", "Báo cáo" and their like.
BODY = phrase(
    rf"(?:[Cc]ác (?:đồng chí )?(?:{_GROUP})\b|"
    r"(?:Bộ(?! (?:máy|tiêu chí|luật|thủ tục|dữ liệu|chỉ số))|Sở(?! hữu)|UBND|UBMTTQ|HĐND|MTTQ|Ủy ban|Hội đồng|"
    r"Ban(?! hành)|Liên minh|Liên đoàn|Ngân hàng|Văn phòng|Tổ(?! chức)|Công an|Công đoàn|Công ty|Tổng công ty|"
    r"Tập đoàn|[Cc]hủ (?:đầu tư|rừng)|Chủ tịch|Chủ nhiệm|Giám đốc|Thủ trưởng|Bộ trưởng|Thứ trưởng|Trưởng (?:ban|phòng)|"
    r"[Đđ]ồng chí|Tỉnh ủy|Thành ủy|Huyện ủy|Thị ủy|Đảng ủy|Tỉnh đoàn|Huyện đoàn|Trung tâm|Viện(?! trợ)|Cục|Chi cục|"
    r"Tổng cục|Kho bạc|Bảo hiểm xã hội|Thanh tra|Kiểm toán|Tòa án|Mặt trận|Hiệp hội|Hội(?! (?:nghị|nhập|thảo|họp))|"
    r"Đoàn (?:Thanh niên|TNCS|Luật sư)|Quỹ (?:tín dụng|hỗ trợ|đầu tư|phát triển|bảo)|Đài|Báo (?!cáo|động)|Cơ quan|Đơn vị|"
    r"Chi nhánh|Phòng(?! (?:chống|ngừa|,)|,)|Điện lực|Trường(?! hợp)|Bệnh viện|Thường trực|Bộ Chỉ huy|Hạt|Chính quyền|"
    r"Thuế|Hải quan|Bưu điện|Học viện|Đại học|Lực lượng|Cấp ủy)\b|"
    rf"(?:[Hh]uyện|[Tt]hành phố|[Tt]hị xã|[Tt]ỉnh|[Qq]uận|[Xx]ã|[Pp]hường|[Đđ]ặc khu|Ông|Bà) [{UPPER}]|"
    r"(?:Tỉnh|Thành phố|Huyện|Xã|Địa phương)(?= (?:cần|phải|tập trung|tiếp tục|khẩn trương|chủ động|chỉ đạo)\b))"
)

# Bodies that are named without a capital letter, only inside lists of coordinators.
LOOSE_BODY = phrase(
    r"(?:các|chính quyền|cấp ủy|cơ quan|đơn vị|doanh nghiệp|lực lượng|nhà thầu|những|bộ|sở|ủy ban|ngân hàng|hội|mặt trận)\b"
)

_VERBS = (
    "chủ trì|chủ động|phối hợp|phối với|thực hiện|triển khai|tổ chức|nghiên cứu|hoàn thiện|hoàn thành|khẩn trương|"
    "tiếp tục|tập trung|chỉ đạo|theo dõi|theo chức năng|theo thẩm quyền|theo nhiệm vụ|đôn đốc|hướng dẫn|rà soát|"
    "xây dựng|căn cứ|chịu trách nhiệm|có trách nhiệm|có nhiệm vụ|báo cáo|tham mưu|trong phạm vi|làm việc|làm chủ|"
    "làm đầu mối|làm tốt|là cơ quan|là đầu mối|xử lý|đẩy nhanh|đẩy mạnh|tăng cường|cần|phải|thống nhất|thẩm định|"
    "thẩm tra|đổi mới|tìm kiếm|đề xuất|bám sát|nâng cao|kiểm tra|giám sát|bố trí|cân đối|quan tâm|tích cực|kịp thời|"
    "nghiêm túc|quán triệt|lập|cung cấp|gửi|có văn bản|có giải pháp|có kế hoạch|khắc phục|giải quyết|công bố|"
    "công khai|ban hành|trình|xem xét|quyết định|phê duyệt|tiếp thu|tuyên truyền|vận động|phát động|duy trì|quản lý|"
    "giao(?! thông)|huy động|sử dụng|khảo sát|định hướng|thường xuyên|định kỳ|hỗ trợ|tạo điều kiện|chuẩn bị|"
    "bảo đảm|đảm bảo|ưu tiên|phát huy|trực tiếp|khuyến khích|kiện toàn|củng cố|cập nhật|tổng hợp|đánh giá|phân công|"
    "tiến hành|nhanh chóng|sớm|phân bổ|giải ngân|lồng ghép|phổ biến|thành lập|lựa chọn|thu hút|điều chỉnh|bổ sung|"
    "tuân thủ|phát hiện|ngăn chặn|lãnh đạo|mời|thu hồi|đa dạng hóa|nắm bắt|tham gia|tiếp nhận|chấp hành|vận hành|thúc đẩy|"
    "phấn đấu|tạm dừng|khai thác|kiểm điểm|lấy ý kiến|trao đổi|thông báo|yêu cầu|đề nghị|phản ánh|nêu cao|nỗ lực|"
    "phát triển|điều hành|giữ vai trò|giữ vững|mở rộng|tư vấn|biểu dương|xúc tiến|cụ thể hóa|hằng năm|hàng năm|"
    "biết|trước ngày|xác định|làm rõ|phát huy|thay thế|bàn giao|đăng ký|chấn chỉnh|chuyển|thẩm tra|soạn thảo"
)
VERB = phrase(rf"(?<![\w-])(?:{_VERBS})(?![\w-])")
# The same verbs opening a sentence.
OPENING_VERB = phrase(rf"(?:(?:Cần|Phải) )?(?i:{_VERBS}|là)(?![\w-])")

# Verbs that bodies carry in their names.
WEAK_VERB = phrase(
    r"(?:quản lý|xây dựng|chỉ đạo|thẩm định|phát triển|nghiên cứu|hỗ trợ|giám sát|điều hành|quyết định|kiểm tra|tư vấn|"
    r"lãnh đạo|đánh giá|xúc tiến|tham mưu|bảo đảm|thanh tra|tuyên truyền|sử dụng|khai thác|tổ chức|chủ trì|phối hợp|chuẩn bị|khảo sát)"
)
# After these words a verb belongs to a name ("Ban chỉ đạo", "đầu tư xây dựng", "nông nghiệp và phát triển").
NAME_GUARDS = phrase(
    r"(?:[Bb]an|[Tt]ổ|[Hh]ội đồng|[Vv]iện|[Tt]rung tâm|[Qq]uỹ|[Cc]ục|[Pp]hòng|[Vv]ăn phòng|và|(?<![Cc]hủ )đầu tư|dự án|công trình|"
    r"Công ty|Ngân hàng|cơ quan,|các|hoạt động|công tác|được|chức năng|phòng,|Đoàn|phụ trách|đồng chí|đại diện|với|tập thể) *\Z"
)
# "cơ quan, tổ chức", "cơ quan chủ trì": nouns here.
NOUN_GUARDS = phrase(r"(?:[,;]|là|và|các|đơn vị|cơ quan) *\Z")
