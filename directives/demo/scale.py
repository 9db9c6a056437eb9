"""Invented work by the hundred thousand, to see how pages hold: sets of rows, written by the database itself.

A task of every four is carried by five agencies, the others by one. Which state, deadline or words a row has follows
from its number, so that two runs of one size are alike.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil

from django.conf import settings
from django.db import connection
from django.db.models import Max, Model

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, Role, User
from directives.models import Addressee, Assignment, CitedDocument, Directive, ProgressNote, Task, Upload

SYMBOL, TASKS_EACH = "TB-QUYMO", 40
DOINGS = (
    "Rà soát, đề xuất bổ sung",
    "Xây dựng và trình ban hành",
    "Tổng hợp, báo cáo kết quả thực hiện",
    "Hướng dẫn các địa phương triển khai",
    "Kiểm tra, đôn đốc việc thực hiện",
    "Bố trí kinh phí cho",
    "Tuyên truyền, phổ biến",
    "Đào tạo, bồi dưỡng cán bộ phục vụ",
    "Hoàn thiện hồ sơ, thủ tục về",
)
MATTERS = (
    "chính sách hỗ trợ hợp tác xã nông nghiệp",
    "kế hoạch phát triển kinh tế tập thể",
    "mô hình hợp tác xã kiểu mới gắn với chuỗi giá trị",
    "quỹ hỗ trợ phát triển hợp tác xã",
    "đề án chuyển đổi số cho hợp tác xã",
    "việc giải thể các hợp tác xã ngừng hoạt động",
    "chương trình xúc tiến thương mại, nhãn hiệu hàng hóa",
    "vùng nguyên liệu gỗ rừng trồng có chứng chỉ",
    "tổ hợp tác và hợp tác xã vùng biên giới, hải đảo",
    "quỹ tín dụng nhân dân trên địa bàn",
    "đất đai, trụ sở của hợp tác xã",
)
PLACES = ("tỉnh", "thành phố Đông Hà", "huyện Hướng Hóa", "huyện Đakrông", "huyện Gio Linh", "huyện Cam Lộ", "xã Thanh")


def seed_scale(*, assignments: int, agencies: int, day: date) -> None:
    """Write that many assignments of that many agencies, around `day`. Raises Refused where real work lives."""
    if not settings.DEMO and Directive.objects.exists():
        raise Refused("Sổ này đang có văn bản thật; dữ liệu quy mô chỉ nạp vào sổ trống hoặc ở chế độ minh hoạ.")
    if Directive.objects.filter(symbol=SYMBOL).exists():
        raise Refused("Dữ liệu quy mô đã được nạp trước đó.")
    if not (0 < assignments <= 5_000_000 and 5 <= agencies <= 5000):
        raise Refused("Số phân công từ 1 đến 5.000.000; số cơ quan từ 5 đến 5.000.")
    with acting(None, "seed_scale", day):
        user = User.objects.create(
            username="quy-mo",
            full_name="Người ghi (minh hoạ)",
            role=Role.LIAISON,
            is_active=False,
            is_illustrative=settings.DEMO,
        )
        with connection.cursor() as cursor:
            # Checks that wait for the end are gone through again for every row that a trigger writes: a square.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for statement in _statements(assignments, agencies, day, user.pk):
                cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _last(model: type[Model]) -> int:
    """The last key that is taken: rows are numbered on from it, so that none has to be looked up again."""
    return model._default_manager.aggregate(last=Max("pk"))["last"] or 0


def _go_on(model: type[Model]) -> str:
    table = model._meta.db_table
    return f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"


def _pick(choices: tuple[str, ...], number: str) -> str:
    listed = ", ".join(f"'{each}'" for each in choices)
    return f"(ARRAY[{listed}])[1 + mod({number}, {len(choices)})]"


def _statements(assignments: int, agencies: int, day: date, user: int) -> list[str]:
    """In the order of their foreign keys. `t` numbers tasks from 1, `n` assignments from 0: eight of four tasks."""
    tasks = (assignments - 1) // 8 * 4 + min((assignments - 1) % 8, 3) + 1
    directives = ceil(tasks / TASKS_EACH)
    body, paper, part, task = _last(Agency), _last(Directive), _last(Addressee), _last(Task)
    row, note, cited, upload = map(_last, (Assignment, ProgressNote, CitedDocument, Upload))
    all_tasks = f"generate_series(1, {tasks}) t"
    today, start = f"DATE '{day}'", f"DATE '{day - timedelta(days=400)}'"
    of = f"{paper} + 1 + (t - 1) / {TASKS_EACH}"
    place = f"1 + mod(t - 1, {TASKS_EACH})"
    received = f"{start} + mod(1 + (t - 1) / {TASKS_EACH}, 360)"
    due = f"CASE WHEN mod(t, 10) < 7 THEN {today} + (mod(t * 37, 400) - 200) END"
    clock = "CASE WHEN mod(t, 10) < 7 THEN 'dated' ELSE (ARRAY['undated', 'standing', 'period'])[mod(t, 10) - 6] END"
    decree = "(1 + mod(t * 7, 900)) || '/QĐ-UBND'"
    words = (
        f"{_pick(DOINGS, 't')} || ' ' || {_pick(MATTERS, 't / 3')} || ' trên địa bàn ' || {_pick(PLACES, 't / 7')}"
        f" || ' theo Quyết định số ' || {decree} || '; đợt ' || t"
    )
    lives = "'done', 'done', 'done', 'not_started', 'not_started', 'in_progress', 'in_progress', 'in_progress'"
    return [
        "INSERT INTO agencies_agency (id, code, name, short_name, kind, is_group, aliases, sort_key, identifier,"
        f" is_verified, needs_approval) SELECT {body} + n, 'quy-mo-' || n, 'Cơ quan minh hoạ số ' || n,"
        " 'Cơ quan ' || n, 'other', false, '{}', '9' || lpad(n::text, 6, '0'), '', false, false"
        f" FROM generate_series(1, {agencies}) n",
        "INSERT INTO directives_directive (id, number, symbol, doc_type, issued_on, issuer, place, title, chair,"
        " signer, signed_as, recipients, text, segments, source_name, source_sha256, is_illustrative, created_on,"
        f" published_on, closed_by_instrument) SELECT {paper} + n, n::text, '{SYMBOL}', 'Thông báo',"
        f" {start} + mod(n, 360), 'UBND tỉnh (minh hoạ)', 'Quảng Trị', 'Kết luận minh hoạ số ' || n ||"
        " ' về phát triển kinh tế tập thể, hợp tác xã', '', '', '{}', '{}', 'Văn bản minh hoạ số ' || n ||"
        f" ' để thử quy mô.', '[]', '', '', true, {start} + mod(n, 360), {start} + mod(n, 360), ''"
        f" FROM generate_series(1, {directives}) n",
        "INSERT INTO directives_addressee (id, directive_id, position, item, number, section, name, agency_id,"
        f" is_asked, start, \"end\") SELECT {part} + t, {of}, {place}, '', ({place})::text, '', 'Cơ quan minh hoạ',"
        f" {body} + 1 + mod(t * 7, {agencies}), false, 0, 0 FROM {all_tasks}",
        'INSERT INTO directives_task (id, directive_id, addressee_id, position, text, start, "end", clock,'
        " period_text, period_end, first_deadline, deadline, deadline_source, lead_id, product, target_text,"
        f" target_unit, version) SELECT {task} + t, {of}, {part} + t, {place}, {words}, 0, 1, {clock}, '',"
        f" CASE WHEN mod(t, 10) = 9 THEN {today} + 30 END, {due}, {due}, 'Kế hoạch minh hoạ',"
        f" {body} + 1 + mod(t * 7, {agencies}), '', '', '', 1 FROM {all_tasks}",
        "INSERT INTO directives_assignment (id, task_id, agency_id, life, deadline, received_on, submitted_on,"
        f" completed_on, scope, version) SELECT {row} + 1 + n, {task} + t, {body} + 1 + mod(t * 7 + k, {agencies}),"
        f" life, {due}, {received}, CASE WHEN life IN ('awaiting', 'done') THEN {received} + 20 END,"
        f" CASE WHEN life = 'done' THEN coalesce({due}, {received} + 20) + mod(t, 9) - 6 END, '', 1"
        f" FROM (SELECT n, t, k, (ARRAY[{lives}, 'awaiting', 'suspended'])[1 + mod(t * 13 + k * 3, 10)] AS life"
        " FROM (SELECT n, n / 8 * 4 + least(mod(n, 8), 3) + 1 AS t, greatest(mod(n, 8) - 3, 0) AS k"
        f" FROM generate_series(0, {assignments - 1}) n) numbered) lived",
        "INSERT INTO directives_progressnote (assignment_id, said_on, author_id, result, obstacle, proposal, raised_to,"
        " proposal_to, claims_completion, is_unchanged, no_evidence_reason, letter_number, submission, created_at)"
        f" SELECT id, received_on + 10 + mod(id, 90)::int, {user}, 'Đã triển khai đợt ' || id || ', hỗ trợ ' ||"
        " mod(id, 40) || ' hợp tác xã; đang tổng hợp hồ sơ.', CASE WHEN mod(id, 9) = 0 THEN"
        " 'Thiếu cán bộ am hiểu hợp tác xã ở cơ sở.' ELSE '' END, '', '', '', life IN ('awaiting', 'done'), false, '',"
        f" '', gen_random_uuid(), now() FROM directives_assignment WHERE id > {row}"
        " AND (mod(id, 2) = 0 OR life IN ('awaiting', 'done'))",
        "INSERT INTO directives_evidence (note_id, document_number, document_on, signer, summary)"
        " SELECT id, mod(id, 3000) || '/BC-MH', said_on, '', 'Báo cáo kết quả hỗ trợ hợp tác xã (minh hoạ)'"
        f" FROM directives_progressnote WHERE id > {note} AND claims_completion AND mod(id, 3) > 0",
        # Names only: there are no bytes behind them.
        "INSERT INTO directives_upload (id, uuid, name, sha256, size, content_type, uploaded_by_id, agency_id,"
        f" uploaded_at) SELECT {upload} + n.id - {note}, gen_random_uuid(), 'Ho tro HTX dot ' || n.id || '.pdf',"
        f" md5(n.id::text) || md5('quy mo'), 1, 'application/pdf', {user}, a.agency_id, now()"
        f" FROM directives_progressnote n JOIN directives_assignment a ON a.id = n.assignment_id WHERE n.id > {note}"
        " AND claims_completion AND mod(n.id, 3) = 0",
        "INSERT INTO directives_evidence (note_id, upload_id, document_number, signer, summary)"
        f" SELECT id, {upload} + id - {note}, '', '', '' FROM directives_progressnote WHERE id > {note}"
        " AND claims_completion AND mod(id, 3) = 0",
        'INSERT INTO directives_citeddocument (id, directive_id, number, doc_type, issuer, abstract, start, "end")'
        f" SELECT {cited} + t, {of}, {decree}, 'Quyết định', '', '', 0, 1 FROM {all_tasks}",
        "INSERT INTO directives_task_cites (task_id, citeddocument_id)"
        f" SELECT {task} + t, {cited} + t FROM {all_tasks}",
        *map(_go_on, (Agency, Directive, Addressee, Task, Assignment, CitedDocument, Upload)),
    ]
