"""What each verb is called when people read who did what."""

VERBS = {
    "import_notice": "nạp văn bản",
    "correct_draft": "sửa thông tin văn bản",
    "discard_draft": "bỏ bản nháp",
    "publish": "công bố văn bản",
    "start": "bắt đầu thực hiện",
    "report_progress": "gửi báo cáo tiến độ",
    "claim_completion": "đề nghị hoàn thành",
    "enter_for_agency": "nhập hộ báo cáo",
    "confirm": "xác nhận hoàn thành",
    "ask_more": "đề nghị bổ sung",
    "suspend": "tạm dừng",
    "cancel": "hủy",
    "reopen": "mở lại",
    "change_task": "sửa thông tin nhiệm vụ",
    "set_deadline": "ấn định thời hạn",
    "set_clock": "đổi loại thời hạn",
    "request_report": "yêu cầu lập báo cáo",
    "retry_report": "yêu cầu lập lại báo cáo",
    "change_office": "thay đổi thiết lập",
    "plan_reminders": "lập nhắc việc",
    "claim_reminders": "chuẩn bị thư nhắc",
    "send_reminders": "gửi thư nhắc",
    "retry_reminders": "yêu cầu gửi lại thư nhắc",
}


def verb_words(verb: str | None) -> str:
    """The Vietnamese of a verb; something neutral for one that is not ours."""
    return VERBS.get(verb or "", "thay đổi")
