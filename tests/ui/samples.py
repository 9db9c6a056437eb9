"""Made-up rows for the gallery of components, and a way of rendering any template as somebody."""

from datetime import UTC, date, datetime

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from agencies.models import Role, User


class Report(forms.Form):
    """Every kind of widget that our forms use."""

    result = forms.CharField(
        label="Kết quả thực hiện",
        help_text="Nêu việc đã làm, số liệu, số văn bản đã ban hành.",
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 4000}),
    )
    done_on = forms.DateField(label="Ngày hoàn thành")
    percent = forms.IntegerField(label="Tỷ lệ hoàn thành (%)", required=False, min_value=0, max_value=100)
    agency = forms.ChoiceField(label="Kính chuyển", choices=[("", "Chọn cơ quan"), ("skhdt", "Sở Kế hoạch và Đầu tư")])
    kind = forms.ChoiceField(
        label="Loại báo cáo",
        widget=forms.RadioSelect,
        choices=[("note", "Báo cáo tiến độ"), ("done", "Báo cáo hoàn thành")],
    )
    parts = forms.MultipleChoiceField(
        label="Đầu việc đã xong",
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("1", "Rà soát, thống kê các hợp tác xã ngừng hoạt động"),
            ("2", "Hướng dẫn giải thể theo Luật Hợp tác xã"),
        ],
    )
    evidence = forms.FileField(
        label="Tài liệu minh chứng", required=False, help_text="PDF, Word, Excel hoặc ảnh, mỗi tệp tối đa 20 MB."
    )
    told = forms.BooleanField(label="Đã báo cáo lãnh đạo đơn vị", required=False)


class Filters(forms.Form):
    tim = forms.CharField(label="Tìm trong nội dung", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    co_quan = forms.ChoiceField(
        label="Cơ quan", required=False, choices=[("", "Tất cả cơ quan"), ("sct", "Sở Công Thương")]
    )
    thoi_gian = forms.ChoiceField(label="Thời hạn", required=False, choices=[("", "Tất cả"), ("overdue", "Quá hạn")])


class Reason(forms.Form):
    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}))


FIGURES = {
    "total": 131,
    "done_on_time": 42,
    "done_late": 6,
    "open_in_time": 38,
    "open_overdue": 9,
    "no_deadline": 34,
    "suspended": 2,
}
ROWS = [
    (
        "Rà soát các hợp tác xã ngừng hoạt động, hướng dẫn giải thể theo quy định của Luật Hợp tác xã; báo cáo UBND tỉnh kết quả",
        "Mục 3, gạch 2",
        "Sở Kế hoạch và Đầu tư",
        "in_progress",
        "overdue",
        date(2023, 10, 30),
        -21,
    ),
    (
        "Tham mưu ban hành chính sách hỗ trợ hợp tác xã ứng dụng công nghệ cao",
        "Mục 4, gạch 1",
        "Sở Khoa học và Công nghệ",
        "awaiting",
        "in_time",
        date(2023, 12, 31),
        41,
    ),
    (
        "Bố trí vốn đối ứng từ ngân sách địa phương",
        "Mục 5",
        "Sở Tài chính",
        "not_started",
        "soon",
        date(2023, 11, 23),
        3,
    ),
    (
        "Đề nghị các tổ chức tín dụng tạo điều kiện vay vốn",
        "Mục 8",
        "Ngân hàng Nhà nước – Chi nhánh tỉnh",
        "in_progress",
        "no_deadline",
        None,
        None,
    ),
    (
        "Hoàn thành chuyển đổi 100% hợp tác xã theo Luật",
        "Mục 12, gạch 1",
        "UBND huyện Hướng Hóa",
        "done",
        "done_late",
        date(2023, 9, 30),
        None,
    ),
    (
        "Củng cố tổ chức bộ máy, cán bộ theo dõi kinh tế tập thể",
        "Mục 12, gạch 3",
        "UBND thị xã Quảng Trị",
        "done",
        "done_on_time",
        date(2023, 11, 20),
        None,
    ),
]
TEXT = [
    {"text": "2. Sở Nông nghiệp và Phát triển nông thôn\n"},
    {
        "number": 4,
        "url": "#",
        "text": "- Chủ trì, phối hợp với Liên minh Hợp tác xã tỉnh rà soát, đánh giá các hợp tác xã nông nghiệp; "
        "xây dựng mô hình liên kết theo chuỗi giá trị gắn với sản phẩm OCOP, báo cáo UBND tỉnh trước ngày 30/10/2023.",
    },
    {"text": "\n"},
    {
        "number": 5,
        "url": "#",
        "unsure": True,
        "text": "- Thường xuyên hướng dẫn các địa phương củng cố hợp tác xã yếu kém.",
    },
    {"text": "\n3. Sở Kế hoạch và Đầu tư\n"},
    {
        "number": 6,
        "url": "#",
        "text": "- Tham mưu bố trí kinh phí thực hiện Kế hoạch phát triển kinh tế tập thể năm 2023.",
    },
]


def gallery() -> dict:
    rows = [
        dict(zip(("text", "place", "agency", "life", "time", "deadline", "days"), row, strict=True)) for row in ROWS
    ]
    refused = Report({"kind": "x", "done_on": "31/02/2023"}, auto_id="refused_%s")
    moment = datetime(2023, 11, 17, 1, 5, tzinfo=UTC)
    files = [
        {"name": "Bao-cao-245-SNN-ket-qua-ra-soat-hop-tac-xa.pdf", "url": "#", "size": 482_113, "note": "17/11/2023"},
        {"name": "Công văn 1187/SNN-KHTC, 15/11/2023", "note": "viện dẫn"},
    ]
    return {
        "messages": [
            Message(constants.SUCCESS, "Đã gửi báo cáo tiến độ của 3 nhiệm vụ."),
            Message(constants.WARNING, "Hai nhiệm vụ chưa được chọn nên chưa gửi."),
            Message(constants.ERROR, "Chưa lưu được tệp: tệp nặng 24 MB, tối đa 20 MB. Nội dung đã nhập vẫn còn."),
        ],
        "rows": rows,
        "figures": FIGURES,
        "links": dict.fromkeys(FIGURES, "#"),
        "text": TEXT,
        "form": Report(),
        "refused": refused,
        "filters": Filters({"co_quan": "sct"}),
        "reason": Reason(),
        "page_of_rows": Paginator(range(1, 1001), 50).page(3),
        "crumbs": [("Văn bản", "#"), ("Thông báo 86/TB-UBND", "#")],
        "tabs": [
            {"label": "Báo cáo", "url": "#", "current": True, "count": 4},
            {"label": "Minh chứng", "url": "#", "count": 2},
            {"label": "Nhật ký", "url": "#", "count": None},
        ],
        "facts": [
            ("Cơ quan chủ trì", "Sở Kế hoạch và Đầu tư"),
            ("Cơ quan phối hợp", "Liên minh HTX tỉnh, Sở Tài chính"),
            ("Thời hạn ban đầu", "30/10/2023"),
            ("Trống", ""),
        ],
        "files": files,
        "entries": [
            {
                "at": moment,
                "title": "Đề nghị bổ sung",
                "who": "Nguyễn Thị Hà",
                "icon": "corner-up-left",
                "text": "Chưa có danh sách hợp tác xã đã giải thể.\nĐề nghị gửi trước 24/11/2023.",
            },
            {
                "at": moment,
                "title": "Báo cáo hoàn thành",
                "who": "Trần Văn Nam, Sở Kế hoạch và Đầu tư",
                "icon": "send",
                "text": "Đã rà soát 12/12 hợp tác xã.",
                "files": files,
            },
            {"on": date(2023, 5, 16), "title": "Giao nhiệm vụ", "icon": "flag"},
        ],
        "agencies": [
            ("Sở Công Thương", {"done_on_time": 5, "open_in_time": 2, "no_deadline": 1}),
            ("UBND huyện Đakrông", {"done_on_time": 2, "done_late": 2, "open_in_time": 1, "open_overdue": 4}),
        ],
    }


def person(role: Role, name: str = "Nguyễn Thị Thanh Huyền") -> User:
    return User(pk=1, username="ai-do", full_name=name, role=role)


def as_page(
    template: str, role: Role | None = Role.STAFF, context: dict | None = None, path: str = "/", **cookies
) -> str:
    request = RequestFactory().get(path)
    request.user = person(role) if role else AnonymousUser()
    request.COOKIES.update(cookies)
    request.resolver_match = None
    return render_to_string(template, context or {}, request)
