"""The illustrative story told on notice 86/TB-UBND, up to 20/11/2023.

The notice and the agencies are real; every deadline, note, file name and decision here is invented, and says so.
"""

from datetime import date

PLAN = "Kế hoạch minh hoạ 05/KH-BCĐ ngày 15/5/2023 (dữ liệu minh hoạ)"
PLAN_DAY = date(2023, 5, 16)

OFFICE = {
    "signs_as": ["CHỦ TỊCH"],
    "signer": "(Họ và tên người ký)",
    "recipients": [
        "UBND tỉnh (báo cáo)",
        "Ban Chỉ đạo đổi mới và phát triển KTTT tỉnh (báo cáo)",
        "Các cơ quan, đơn vị được giao nhiệm vụ",
        "Lãnh đạo Liên minh HTX tỉnh",
    ],
}

# position of the task -> the deadline that the illustrative plan fixes
DEADLINES = {
    1: date(2023, 6, 30),
    2: date(2023, 11, 24),
    4: date(2023, 12, 15),
    6: date(2023, 9, 30),
    8: date(2023, 10, 31),
    9: date(2023, 11, 15),
    11: date(2023, 11, 30),
    13: date(2023, 10, 15),
    14: date(2023, 8, 31),
    15: date(2023, 11, 20),
    16: date(2023, 9, 15),
    20: date(2023, 12, 20),
    22: date(2023, 9, 30),
    25: date(2023, 7, 31),
    26: date(2023, 11, 30),
}

PRODUCTS = {
    1: "Kế hoạch công tác năm 2023 của Ban Chỉ đạo; văn bản kiện toàn Ban Chỉ đạo các cấp",
    6: "Đề án chuyển đổi mô hình hoạt động của Quỹ hỗ trợ phát triển HTX",
    8: "Báo cáo kết quả thực hiện Chương trình hỗ trợ",
    9: "Danh mục chính sách đề nghị bổ sung",
    22: "Báo cáo phân loại HTX trên địa bàn",
    25: "Quyết định kiện toàn Ban Chỉ đạo cấp huyện",
}

# (day, agency, task, result, more): "claim" asks for completion; the rest are fields of the note
NOTES: list[tuple[date, str, int, str, dict[str, str]]] = [
    (
        date(2023, 6, 12),
        "lmhtx",
        1,
        "Đã trình ban hành kế hoạch công tác năm 2023 của Ban Chỉ đạo và văn bản kiện toàn Ban Chỉ đạo các cấp.",
        {"claim": "31/KH-BCĐ (minh hoạ)"},
    ),
    (date(2023, 9, 8), "lmhtx", 2, "Đã tổ chức 2 trong 3 diễn đàn đối thoại với HTX nông nghiệp và HTX vận tải.", {}),
    (
        date(2023, 10, 20),
        "lmhtx",
        6,
        "Dự thảo đề án đã lấy ý kiến các sở, đang tiếp thu.",
        {
            "obstacle": "Chưa thống nhất phương án vốn điều lệ của Quỹ.",
            "proposal": "Cho ý kiến về mức vốn điều lệ khi chuyển đổi.",
            "to": "UBND tỉnh",
        },
    ),
    (date(2023, 8, 18), "skhdt", 8, "Đã giải ngân đợt 1 Chương trình hỗ trợ cho 14 HTX.", {}),
    (
        date(2023, 10, 27),
        "skhdt",
        8,
        "Hoàn thành giải ngân kế hoạch năm, có báo cáo gửi UBND tỉnh.",
        {"claim": "212/BC-SKHĐT (minh hoạ)"},
    ),
    (
        date(2023, 10, 5),
        "skhdt",
        9,
        "Đang tổng hợp góp ý của các sở về danh mục chính sách.",
        {
            "obstacle": "Ba sở chưa gửi góp ý.",
            "proposal": "Đôn đốc các sở gửi góp ý.",
            "raised": "standing",
        },
    ),
    (
        date(2023, 11, 8),
        "snnptnt",
        11,
        "Đã hoàn thiện 9 mô hình HTX kiểu mới, có danh sách kèm theo.",
        {"claim": "340/BC-SNN (minh hoạ)"},
    ),
    (
        date(2023, 10, 24),
        "skhcn",
        13,
        "Đã nghiệm thu 2 đề tài, hỗ trợ 11 HTX đăng ký nhãn hiệu.",
        {"claim": "88/BC-SKHCN (minh hoạ)"},
    ),
    (date(2023, 8, 25), "stc", 14, "Đã ban hành hướng dẫn bố trí kinh phí.", {"claim": "1502/STC-HCSN (minh hoạ)"}),
    (
        date(2023, 11, 13),
        "sct",
        15,
        "Đã mở 3 lớp tập huấn, đề nghị ghi nhận hoàn thành.",
        {"claim": "97/BC-SCT (minh hoạ)"},
    ),
    (date(2023, 11, 6), "nhnn", 17, "Các Quỹ tín dụng nhân dân hoạt động ổn định; đã báo cáo quý III.", {}),
    (date(2023, 11, 9), "tgv", 19, "Đã báo cáo tình hình tháng 10 về cơ quan thường trực.", {}),
    (date(2023, 10, 30), "btg", 20, "Đã có 2 chuyên mục tuyên truyền trên báo và đài.", {}),
    (date(2023, 9, 20), "dongha", 22, "Đã phân loại 21/21 HTX.", {"claim": "115/BC-UBND (minh hoạ)"}),
    (date(2023, 9, 28), "vinhlinh", 22, "Đã phân loại 54/54 HTX.", {"claim": "209/BC-UBND (minh hoạ)"}),
    (date(2023, 10, 12), "giolinh", 22, "Đã phân loại 41/41 HTX.", {"claim": "187/BC-UBND (minh hoạ)"}),
    (
        date(2023, 9, 18),
        "camlo",
        22,
        "Mới phân loại 12/25 HTX.",
        {"obstacle": "Một số HTX ngừng hoạt động, khó liên hệ.", "raised": "leaders"},
    ),
    (date(2023, 9, 29), "trieuphong", 22, "Đã phân loại 62/62 HTX.", {"claim": "240/BC-UBND (minh hoạ)"}),
    (date(2023, 9, 26), "hailang", 22, "Đã phân loại 47/47 HTX.", {"claim": "198/BC-UBND (minh hoạ)"}),
    (
        date(2023, 7, 20),
        "dongha",
        25,
        "Đã kiện toàn Ban Chỉ đạo thành phố và 9/9 phường.",
        {"claim": "1320/QĐ-UBND (minh hoạ)"},
    ),
    (
        date(2023, 7, 28),
        "vinhlinh",
        25,
        "Đã kiện toàn Ban Chỉ đạo huyện và các xã, thị trấn.",
        {"claim": "1811/QĐ-UBND (minh hoạ)"},
    ),
    (date(2023, 7, 31), "hailang", 25, "Đã kiện toàn Ban Chỉ đạo huyện.", {"claim": "1522/QĐ-UBND (minh hoạ)"}),
    (date(2023, 8, 22), "trieuphong", 25, "Đã kiện toàn Ban Chỉ đạo huyện.", {"claim": "1604/QĐ-UBND (minh hoạ)"}),
    (date(2023, 11, 2), "huonghoa", 23, "Đã vận động thành lập mới 3 HTX tại các xã vùng cao.", {}),
    (
        date(2023, 11, 3),
        "dakrong",
        23,
        "Đã hướng dẫn thành lập 1 HTX, 4 tổ hợp tác.",
        {
            "obstacle": "Thiếu cán bộ am hiểu HTX ở xã.",
            "proposal": "Mở lớp bồi dưỡng cán bộ xã.",
            "raised": "standing",
        },
    ),
    (date(2023, 10, 25), "dongha", 26, "Đã tuyên truyền đến 18/21 HTX trên địa bàn.", {"percent": "86"}),
    (date(2023, 10, 26), "vinhlinh", 26, "Đã tuyên truyền đến 40/54 HTX trên địa bàn.", {"percent": "74"}),
]

# (day, agency, task, who decides, reason): an empty reason confirms, a reason asks for more
REVIEWS = [
    (date(2023, 6, 15), "lmhtx", 1, "lanhdao", ""),
    (date(2023, 11, 1), "skhdt", 8, "thuongtruc", ""),
    (date(2023, 10, 26), "skhcn", 13, "thuongtruc", ""),
    (date(2023, 8, 30), "stc", 14, "thuongtruc", ""),
    (date(2023, 11, 14), "snnptnt", 11, "thuongtruc", "Đề nghị gửi kèm danh sách 9 mô hình và quyết định công nhận."),
    (date(2023, 9, 22), "dongha", 22, "thuongtruc", ""),
    (date(2023, 10, 3), "vinhlinh", 22, "thuongtruc", ""),
    (date(2023, 10, 16), "giolinh", 22, "thuongtruc", ""),
    (date(2023, 10, 3), "trieuphong", 22, "thuongtruc", ""),
    (date(2023, 9, 28), "hailang", 22, "thuongtruc", ""),
    (date(2023, 7, 24), "dongha", 25, "thuongtruc", ""),
    (date(2023, 8, 1), "vinhlinh", 25, "thuongtruc", ""),
    (date(2023, 8, 2), "hailang", 25, "thuongtruc", ""),
    (date(2023, 8, 24), "trieuphong", 25, "thuongtruc", ""),
]

SUSPENDED = (
    date(2023, 8, 10),
    "conco",
    22,
    "Huyện đảo chưa có hợp tác xã; tạm dừng đến khi có chỉ đạo (dữ liệu minh hoạ).",
)
