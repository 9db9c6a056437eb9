"""Papers that the people of the stories attach: real files, with nothing in them."""

from functools import cache
from io import BytesIO

from PIL import Image

# A short notice that repeats one open task; invented.
NOTICE = """Số: 112/TB-UBND

Quảng Trị, ngày 15 tháng 11 năm 2023

THÔNG BÁO

Kết luận của Phó Chủ tịch UBND tỉnh tại cuộc họp về hợp tác xã vận tải (văn bản minh hoạ)

Ngày 10 tháng 11 năm 2023, Phó Chủ tịch UBND tỉnh chủ trì cuộc họp về hợp tác xã vận tải. Sau khi nghe báo cáo, kết luận:

1. Sở Giao thông vận tải: Chủ trì, phối hợp cùng với các sở, ban, ngành và UBND cấp huyện thực hiện các giải pháp nâng \
cao hiệu quả quản lý, hướng dẫn hoạt động trong các hợp tác xã lĩnh vực giao thông vận tải.

2. Sở Công Thương: Hỗ trợ 5 hợp tác xã đưa sản phẩm lên sàn thương mại điện tử trước ngày 15 tháng 12 năm 2023.

Nơi nhận:

- Như thành phần dự họp;
- Lưu: VT.
"""


def pdf(name: str) -> dict:
    """For Playwright's `set_input_files`."""
    return {"name": name, "mimeType": "application/pdf", "buffer": _page(name)}


@cache
def _page(name: str) -> bytes:
    """One blank page; each name has its own grey, for the shelf keeps equal papers once."""
    grey = 200 + sum(name.encode()) % 50
    made = BytesIO()
    Image.new("L", (620, 877), grey).save(made, "PDF")
    return made.getvalue()
