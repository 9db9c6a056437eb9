"""What each kind of stretch of a notice is called; the kinds are those of `directives.notices`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`code` stands in the text before a stretch of this kind; `word` and `explains` stand in the legend."""

    name: str
    code: str
    word: str
    explains: str
    suspect: bool = False


KINDS = {
    kind.name: kind
    for kind in (
        Kind("task", "NV", "Nhiệm vụ", "được theo dõi; số sau “NV” là số thứ tự, các đầu việc được đánh số 1.1, 1.2 …"),
        Kind("addressee", "ĐV", "Tên đơn vị được giao", "ai được giao các nhiệm vụ đứng sau"),
        Kind("bullet", "", "Số mục, gạch đầu dòng", "dấu mở đầu một mục hoặc một ý"),
        Kind("section_heading", "ĐM", "Đề mục", "tên của một phần"),
        Kind("lead_in", "LD", "Lời dẫn", "mở đầu cho các nhiệm vụ đứng sau, tự nó không giao việc"),
        Kind("plan_field", "TR", "Cột, dòng của kế hoạch", "chủ trì, phối hợp, thời gian: đã ghi vào nhiệm vụ"),
        Kind("assessment", "ĐG", "Đánh giá, nhận định", "không giao việc"),
        Kind("preamble", "MĐ", "Phần mở đầu", "cuộc họp, thành phần, căn cứ"),
        Kind("closing", "LK", "Lời kết", "thông báo chung đến các đơn vị"),
        Kind("letterhead", "ĐĐ", "Đầu văn bản", "cơ quan ban hành, số, ký hiệu, địa danh, ngày"),
        Kind("title", "TY", "Tên loại và trích yếu", "văn bản nói về việc gì"),
        Kind("recipients", "NN", "Nơi nhận", "văn bản được gửi đến đâu"),
        Kind("signature", "CK", "Chức vụ và họ tên người ký", "ai ký, với quyền hạn nào"),
        Kind("annex", "PL", "Phụ lục", "phần kèm theo"),
        Kind("blank", "", "Khoảng trống", "dòng trống, xuống dòng"),
        Kind("marks", "", "Dấu trình bày", "sao, gạch, đường kẻ: không có chữ hay số nào"),
        Kind("noise", "?", "Chưa nhận ra", "chưa rõ là gì: xin cán bộ kiểm tra", suspect=True),
        Kind("missing", "!", "Bỏ sót", "chưa được xếp loại: xin cán bộ kiểm tra", suspect=True),
    )
}
UNKNOWN = KINDS["noise"]


def kind_of(name: str) -> Kind:
    """The words for a kind; one that this page does not know is shown as not understood."""
    return KINDS.get(name, UNKNOWN)
