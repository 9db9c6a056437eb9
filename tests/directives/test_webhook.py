"""A message reaches a gateway signed, where it was checked that it may go; and what does not get through is told."""

import json
import logging
import re
import socket
import time
import uuid
from pathlib import Path

import pytest

from directives.models import Endpoint
from directives.reminders import failures, webhook
from directives.reminders.webhook import Unanswered, Unreached, deliver, signature
from tests.gateway import certificate, gateway

SECRET = "whsec_" + "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ="
MESSAGE = uuid.UUID("9d3c8f7e-0000-4000-8000-000000000001")
PAYLOAD = {"type": "reminders.digest", "text": "Nhắc việc: quá hạn 3 ngày"}
REAL = socket.getaddrinfo
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def quick(monkeypatch, settings):
    settings.DEMO = True  # this machine may be reached
    monkeypatch.setattr(webhook, "CONNECT", 1.0)
    monkeypatch.setattr(webhook, "READ", 0.3)
    monkeypatch.setattr(webhook, "TOTAL", 1.5)


@pytest.fixture
def allowed(settings):
    def allow(*urls):
        settings.WEBHOOK_HOSTS = list(urls)

    return allow


@pytest.fixture
def there(allowed):
    with gateway() as made:
        allowed(made.origin)
        yield made


@pytest.fixture
def send():
    """Hand the message to an address; gives what came of it: a status, or a Failure."""

    def go(url):
        try:
            return deliver(Endpoint(url=url, secret=SECRET), PAYLOAD, MESSAGE)
        except Exception as error:
            go.error = error
            return failures.of_webhook(error)

    return go


def names(monkeypatch, *answers):
    """What each asking for a name is answered, in turn, the last one for ever; gives the names asked for."""
    asked = []

    def getaddrinfo(host, port, *args, **kwargs):
        answer = answers[min(len(asked), len(answers) - 1)]
        asked.append(host)
        if isinstance(answer, Exception):
            raise answer
        return [found for ip in answer for found in REAL(ip, port, type=socket.SOCK_STREAM)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_the_signature_is_that_of_the_published_example():
    key = Endpoint(secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").key
    made = signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_receiver_can_verify_what_it_took(there, send):
    assert send(there.url) == 204
    (taken,) = there.taken
    assert taken.is_signed_with(SECRET)
    assert not taken.is_signed_with("whsec_" + "A" * 44)
    assert taken.json == PAYLOAD
    assert taken.path == "/nhan?kenh=1"
    assert taken.headers["host"] == f"127.0.0.1:{there.port}"
    assert taken.headers["content-type"].startswith("application/json")


def test_the_ten_lines_of_the_documentation_verify_it(there, send):
    (lines,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "webhook.md").read_text(), re.DOTALL)
    scope = {}
    exec(lines, scope)
    send(there.url)
    (taken,) = there.taken
    assert scope["is_ours"](SECRET, taken.headers, taken.body)
    assert not scope["is_ours"](SECRET, taken.headers, taken.body + b" ")
    assert not scope["is_ours"]("whsec_" + "A" * 44, taken.headers, taken.body)
    assert not scope["is_ours"](SECRET, taken.headers | {"webhook-timestamp": "1700000000"}, taken.body)


def test_a_repeat_has_the_same_id_and_a_new_time(there, send, monkeypatch):
    now = time.time()
    send(there.url)
    monkeypatch.setattr(webhook, "time", lambda: now + 100)
    send(there.url)
    first, second = (taken.headers for taken in there.taken)
    assert first["webhook-id"] == second["webhook-id"] == str(MESSAGE)
    assert int(second["webhook-timestamp"]) > int(first["webhook-timestamp"])
    assert all(taken.is_signed_with(SECRET) for taken in there.taken)


@pytest.mark.parametrize(
    ("status", "refused", "unknown", "unwell"),
    [
        (500, False, False, True),
        (502, False, True, True),
        (503, False, False, True),
        (504, False, True, True),
        (429, False, False, True),
        (408, False, False, True),
        (425, False, False, True),
        (400, True, False, False),
        (401, True, False, False),
        (404, True, False, False),
        (410, True, False, False),
        (302, True, False, False),
    ],
)
def test_what_an_answer_means_for_the_next_try(there, send, status, refused, unknown, unwell):
    there.status = status
    failure = send(there.url)
    assert (failure.refused, failure.unknown, failure.unwell) == (refused, unknown, unwell)
    assert f"mã {status}" in failure.words


def test_any_answer_of_success_is_one(there, send):
    for there.status in (200, 201, 202, 204):
        assert send(there.url) == there.status


@pytest.mark.parametrize("place", ["file:///etc/passwd", "http://127.0.0.1:{port}/khac", "http://169.254.169.254/"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(there, send, place, status):
    there.status, there.headers = status, {"Location": place.format(port=there.port)}
    assert send(there.url).refused
    assert [taken.path for taken in there.taken] == ["/nhan?kenh=1"]


def test_a_proxy_of_the_environment_is_not_asked(there, send, monkeypatch):
    with gateway() as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.origin)
        assert send(there.url) == 204
        assert proxy.taken == []


def test_who_takes_it_and_hangs_up_may_have_taken_it(there, send):
    there.closes = True
    failure = send(there.url)
    assert (failure.unknown, failure.refused) == (True, False)
    assert isinstance(send.error, Unanswered)


def test_who_does_not_answer_in_time_may_have_taken_it(there, send):
    there.hang = 5
    begun = time.monotonic()
    failure = send(there.url)
    assert failure.unknown and "quá thời gian chờ" in failure.words
    assert time.monotonic() - begun < 1.4


@pytest.mark.parametrize(
    ("drips", "taken"),
    [(b"HTTP", False), (b"HTTP/1.1 200 OK\r\nX-Long: ", True), (b"HTTP/1.1 200 OK\r\n\r\n", True)],
)
def test_who_answers_a_letter_at_a_time_is_cut_off(there, send, drips, taken):
    """Once the number of the answer is there, the rest is only words."""
    there.drips = drips
    begun = time.monotonic()
    came = send(there.url)
    assert came == 200 if taken else came.unknown
    assert 1.4 < time.monotonic() - begun < 2.5


def test_where_nobody_listens_nothing_was_sent(allowed, send):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        allowed(url)
        failure = send(url)
    assert isinstance(send.error, Unreached)
    assert (failure.unknown, failure.refused, failure.unwell) == (False, False, True)


def test_a_name_that_is_not_found_is_tried_again_later(allowed, send, monkeypatch):
    names(monkeypatch, socket.gaierror(socket.EAI_NONAME, "Name or service not known"))
    allowed("sms.vidu.vn")
    failure = send("https://sms.vidu.vn/")
    assert (failure.refused, failure.unknown) == (False, False)
    assert "Không tìm được máy chủ sms.vidu.vn" in failure.words


def test_a_name_that_is_never_answered_holds_nobody(allowed, send, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: time.sleep(3))
    monkeypatch.setattr(webhook, "CONNECT", 0.2)
    allowed("sms.vidu.vn")
    begun = time.monotonic()
    assert "quá thời gian chờ" in send("https://sms.vidu.vn/").words
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["::1"], ["0.0.0.0"], ["169.254.169.254"], ["::ffff:127.0.0.1"], ["10.1.2.3", "127.0.0.1"]],
)
def test_a_name_that_leads_to_this_machine_or_to_the_cloud_is_not_spoken_to(
    there, allowed, send, monkeypatch, settings, addresses
):
    settings.DEMO = False
    names(monkeypatch, addresses)
    monkeypatch.setattr(socket.socket, "connect", lambda *args: pytest.fail("a line was opened"))
    allowed(f"http://sms.vidu.vn:{there.port}")
    failure = send(f"http://sms.vidu.vn:{there.port}/")
    assert failure.refused and "không được phép" in failure.words
    assert there.taken == []


@pytest.mark.parametrize("spelling", ["2130706433", "0177.0.0.1", "0x7f.1", "127.1", "localhost"])
def test_no_spelling_of_this_machine_helps_even_on_the_list(there, allowed, send, settings, spelling):
    settings.DEMO = False
    allowed(f"http://{spelling}:{there.port}")
    assert send(f"http://{spelling}:{there.port}/").refused
    assert there.taken == []


def test_a_host_that_has_left_the_list_is_not_spoken_to_any_more(there, allowed, send):
    allowed("sms.vidu.vn")
    assert send(there.url).refused
    assert there.taken == []


def test_a_name_is_asked_for_once_and_the_checked_address_is_used(there, allowed, send, monkeypatch):
    """DNS rebinding: a second asking would be answered with an address of the attacker's choice."""
    asked = names(monkeypatch, ["127.0.0.1"], ["127.0.0.2"])
    opened, connect = [], socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", lambda line, to: (opened.append(to), connect(line, to))[1])
    allowed(f"http://sms.vidu.vn:{there.port}")
    assert send(f"http://sms.vidu.vn:{there.port}/") == 204
    assert asked == ["sms.vidu.vn"]
    assert opened == [("127.0.0.1", there.port)]
    assert there.taken[0].headers["host"] == f"sms.vidu.vn:{there.port}"


def test_the_second_address_is_tried_where_the_first_is_silent(there, allowed, send, monkeypatch):
    names(monkeypatch, ["127.0.0.9", "127.0.0.1"])  # the gateway listens at one of them only
    allowed(f"http://sms.vidu.vn:{there.port}")
    assert send(f"http://sms.vidu.vn:{there.port}/") == 204


def test_a_kind_of_address_that_this_machine_cannot_speak_is_passed_over(there, allowed, send, monkeypatch):
    stream = (socket.SOCK_STREAM, 0, "", ("127.0.0.1", there.port))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: [(9999, *stream), (socket.AF_INET, *stream)])
    allowed(f"http://sms.vidu.vn:{there.port}")
    assert send(f"http://sms.vidu.vn:{there.port}/") == 204


@pytest.fixture
def trusted(monkeypatch, tmp_path):
    """A gateway that speaks TLS as sms.vidu.vn, at 127.0.0.1, and is believed."""
    context, file = certificate(tmp_path, "sms.vidu.vn")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    names(monkeypatch, ["127.0.0.1"])
    with gateway(context) as made:
        yield made


def test_tls_goes_to_the_checked_address_under_the_name_that_was_allowed(trusted, allowed, send):
    allowed(f"sms.vidu.vn:{trusted.port}")
    assert send(f"https://sms.vidu.vn:{trusted.port}/a") == 204
    assert trusted.taken[0].is_signed_with(SECRET)


def test_who_cannot_prove_the_name_gets_nothing(trusted, allowed, send):
    allowed(f"chat.vidu.vn:{trusted.port}")
    failure = send(f"https://chat.vidu.vn:{trusted.port}/a")
    assert "Chứng chỉ TLS" in failure.words and isinstance(send.error, Unreached)
    assert trusted.taken == []


def test_a_certificate_that_nobody_vouches_for_is_not_believed(trusted, allowed, send, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    allowed(f"sms.vidu.vn:{trusted.port}")
    assert "Chứng chỉ TLS" in send(f"https://sms.vidu.vn:{trusted.port}/a").words
    assert trusted.taken == []


def test_a_gateway_that_does_not_speak_tls_gets_nothing(there, allowed, send):
    allowed(f"127.0.0.1:{there.port}")
    assert isinstance(send(f"https://127.0.0.1:{there.port}/") and send.error, Unreached)
    assert there.taken == []


def test_of_an_answer_little_is_read_and_little_is_shown(there, send):
    there.status, there.text = 400, b"<h1>Sai\x00\x1b[31m d\xe1</h1>\r\n" + "chữ ".encode() * 1000
    words = send(there.url).words
    assert len(words) < 300
    assert "<" not in words and words.isprintable() and "Sai" in words


def test_whoever_sends_our_key_back_does_not_bring_it_into_the_words(there, send, caplog):
    there.status, there.text = 401, f"wrong key {SECRET} {SECRET.removeprefix('whsec_')}".encode()
    with caplog.at_level(logging.DEBUG):
        failure = send(there.url)
    assert "wrong key" in failure.words
    for text in (failure.words, str(send.error), repr(send.error), caplog.text):
        assert SECRET.removeprefix("whsec_") not in text


def test_what_cannot_be_written_down_is_our_own_fault(there):
    with pytest.raises(TypeError) as error:
        deliver(Endpoint(url=there.url, secret=SECRET), {"x": object()}, MESSAGE)
    assert failures.of_webhook(error.value) == failures.Failure(
        f"Không soạn được tin nhắn: {error.value}", refused=False, unknown=False, unwell=False
    )
    assert there.taken == []


def test_vietnamese_goes_as_utf_8(there, send):
    send(there.url)
    assert "quá hạn".encode() in there.taken[0].body
    assert json.loads(there.taken[0].body.decode("utf-8")) == PAYLOAD
