"""The letter box of the demonstration: there only, for whoever is signed in, and harmless to look into."""

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from kttt_tracker.local.mail_sink import Sink

pytestmark = pytest.mark.django_db


class Envelope:
    mail_from = "so@kttt.example"
    rcpt_tos = ["skhdt@kttt.example"]


@pytest.fixture
def box(settings, tmp_path):
    settings.MAIL_SINK = str(tmp_path / "mail")
    return Sink(Path(settings.MAIL_SINK))


@pytest.fixture
def put(box):
    def put(subject="[KTTT] 1 nhiệm vụ quá hạn", text="Kính gửi ông/bà", html="<p>Kính gửi</p>"):
        mail = EmailMultiAlternatives(subject, text, to=["Nguyễn Văn An <skhdt@kttt.example>"])
        if html:
            mail.attach_alternative(html, "text/html")
        return box.store(mail.message().as_bytes(), Envelope()).stem

    return put


@pytest.fixture
def reader(client, liaison):
    client.force_login(liaison)
    return client


def addresses(name="20231120T000000.000000Z-00000000"):
    return [reverse("mail_list"), reverse("mail_detail", args=[name]), reverse("mail_html", args=[name])]


@pytest.mark.parametrize("who", ["staff", "leader", "liaison"])
def test_whoever_is_signed_in_reads_it(client, request, who, put):
    name = put()
    client.force_login(request.getfixturevalue(who))
    assert [client.get(address).status_code for address in addresses(name)] == [200, 200, 200]


def test_a_visitor_is_asked_to_sign_in(client, put):
    assert {client.get(address).status_code for address in addresses(put())} == {302}


@pytest.mark.parametrize("setting", [{"DEMO": False}, {"MAIL_SINK": ""}])
def test_outside_the_demonstration_there_is_no_such_page(reader, put, settings, setting):
    name = put()
    for key, value in setting.items():
        setattr(settings, key, value)
    assert {reader.get(address).status_code for address in addresses(name)} == {404}


def test_the_newest_stands_first_with_its_recipient(reader, put):
    put(subject="Cũ")
    put(subject="Mới")
    response = reader.get(reverse("mail_list"))
    assert [letter.subject for letter in response.context["letters"]] == ["Mới", "Cũ"]
    assert "Nguyễn Văn An" in response.content.decode()


def test_the_time_of_a_mail_is_that_of_the_office(reader, box):
    box.store(b"Subject: x\r\nDate: Mon, 20 Nov 2023 00:05:00 -0000\r\n\r\nabc", Envelope())
    assert "07:05 20/11/2023" in reader.get(reverse("mail_list")).content.decode()


def test_an_empty_box_tells_staff_where_mail_is_sent(client, staff, box):
    client.force_login(staff)
    page = client.get(reverse("mail_list")).content.decode()
    assert "bấm nút “Gửi nhắc việc hôm nay”" in page
    assert f'<a class="button" href="{reverse("reminder_list")}">' in page


def test_an_empty_box_tells_others_only_that_it_is_empty(reader, box):
    page = reader.get(reverse("mail_list")).content.decode()
    assert "Chưa có thư nào" in page
    assert reverse("reminder_list") not in page
    assert "manage.py" not in page


def test_a_box_that_was_never_made_is_empty(reader, settings, tmp_path):
    settings.MAIL_SINK = str(tmp_path / "nowhere")
    assert reader.get(reverse("mail_list")).status_code == 200


def test_text_is_shown_as_text_with_its_links(reader, put):
    name = put(text="<b>đậm</b> http://127.0.0.1:8000/nhiem-vu/1/skhdt/bao-cao/")
    page = reader.get(reverse("mail_detail", args=[name])).content.decode()
    assert "&lt;b&gt;đậm&lt;/b&gt;" in page
    assert 'href="http://127.0.0.1:8000/nhiem-vu/1/skhdt/bao-cao/"' in page


def test_the_html_stands_in_a_frame_that_may_do_nothing(reader, put):
    name = put(html="<script>alert(1)</script><p>Kính gửi</p>")
    page = reader.get(reverse("mail_detail", args=[name])).content.decode()
    assert "<script>alert(1)" not in page
    assert f'<iframe src="{reverse("mail_html", args=[name])}"' in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page


def test_the_html_comes_with_a_policy_of_its_own(reader, put):
    response = reader.get(reverse("mail_html", args=[put()]))
    policy = {each.split()[0]: each.split()[1:] for each in response["Content-Security-Policy"].split("; ")}
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'self'"]
    assert "script-src" not in policy
    assert "allow-scripts" not in policy["sandbox"]
    assert "allow-same-origin" not in policy["sandbox"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_other_pages_may_still_stand_in_no_frame(reader, put):
    response = reader.get(reverse("mail_detail", args=[put()]))
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_a_mail_without_html_has_no_frame(reader, put):
    name = put(html="")
    assert "<iframe" not in reader.get(reverse("mail_detail", args=[name])).content.decode()
    assert reader.get(reverse("mail_html", args=[name])).status_code == 404


@pytest.mark.parametrize("name", ["..%2Fsecret", "%2Fetc%2Fpasswd", "..", "secret", ".hidden", "a%00b", "x" * 300])
def test_nothing_outside_the_box_is_read(reader, put, tmp_path, name):
    put()
    (tmp_path / "secret.eml").write_text("Subject: bí mật\n\nbí mật")
    for address in (f"/hop-thu/{name}/", f"/hop-thu/{name}/html/"):
        assert reader.get(address).status_code in (404, 400)


def test_a_link_out_of_the_box_is_not_followed(reader, box, tmp_path):
    secret = tmp_path / "secret.eml"
    secret.write_text("Subject: bí mật\n\nbí mật")
    (box.folder / "link.eml").symlink_to(secret)
    assert reader.get(reverse("mail_detail", args=["link"])).status_code == 404
    assert "bí mật" not in reader.get(reverse("mail_list")).content.decode()


def test_bytes_that_are_no_mail_break_nothing(reader, box):
    (box.folder / "hong.eml").write_bytes(b"\xff\xfe\x00 not a mail \n\n\xff")
    assert reader.get(reverse("mail_list")).status_code == 200
    assert reader.get(reverse("mail_detail", args=["hong"])).status_code == 200
