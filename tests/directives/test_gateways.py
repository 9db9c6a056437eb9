"""Which addresses a webhook may have, and which IP addresses it may reach."""

import pytest

from agencies.errors import Refused
from directives import gateways
from directives.gateways import Gateway, Target, may_reach, readable_gateways, target


@pytest.fixture(autouse=True)
def real_use(settings):
    settings.DEMO = False
    settings.WEBHOOK_HOSTS = [" sms.vidu.vn", "chat.vidu.vn:8443", "http://10.1.2.3:8080", "[fd00::5]", ""]


@pytest.mark.parametrize(
    ("url", "gateway", "path"),
    [
        ("https://sms.vidu.vn", Gateway("https", "sms.vidu.vn", 443), "/"),
        ("https://SMS.vidu.vn:443/nhan?kenh=1", Gateway("https", "sms.vidu.vn", 443), "/nhan?kenh=1"),
        ("https://chat.vidu.vn:8443/a", Gateway("https", "chat.vidu.vn", 8443), "/a"),
        ("http://10.1.2.3:8080/a", Gateway("http", "10.1.2.3", 8080), "/a"),
        ("https://[fd00::5]/a", Gateway("https", "fd00::5", 443), "/a"),
    ],
)
def test_what_is_on_the_list_is_allowed(url, gateway, path):
    assert target(url) == Target(gateway, path)


@pytest.mark.parametrize(
    "url",
    [
        "http://sms.vidu.vn/",  # the list says nothing of http
        "https://sms.vidu.vn:8443/",  # another port
        "https://chat.vidu.vn/",
        "https://10.1.2.3:8080/",
        "https://sms.vidu.vn./",
        "https://vidu.vn/",
        "https://a.sms.vidu.vn/",
        "https://sms.vidu.vn.evil.example/",
        "https://sms.vidu.vn@evil.example/",
        "https://evil.example@sms.vidu.vn/",
        "https://user:x@sms.vidu.vn/",
        "https://@sms.vidu.vn/",
        "https://evil.example\\@sms.vidu.vn/",
        "https://sms.vidu.vn\\.evil.example/",
        "https://sms.vidu.vn%2eevil.example/",
        "https://sms.vidu.vn#@evil.example/",
        "https://sms.vidu.vn/#a",
        "https://sms.vidu.vn:443:80/",
        "https://sms.vidu.vn:99999/",
        "https://sms.vidu.vn:0/",
        "https://ｓms.vidu.vn/",
        "https://sms。vidu。vn/",
        "https://sms.vidu.vn/a b",
        "https://sms.vidu.vn/\r\nHost: evil",
        "https://sms.vidu.vn/\t",
        "https://sms.vidu.vn/\0",
        "https:///sms.vidu.vn/",
        "https:sms.vidu.vn",
        "//sms.vidu.vn/",
        "sms.vidu.vn",
        "file:///etc/passwd",
        "ftp://sms.vidu.vn/",
        "gopher://sms.vidu.vn/",
        "javascript:alert(1)",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://0.0.0.0/",
        "http://169.254.169.254/latest/meta-data/",
        "https://2130706433/",
        "https://0177.0.0.1/",
        "https://0x7f.1/",
        "https://10.1.515:8080/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fd00::5%25eth0]/",
        "https://[fd00::5",
        "https://sms.vidu.vn/" + "a" * 500,
        "",
    ],
)
def test_everything_else_is_refused(url):
    with pytest.raises(Refused) as refusal:
        target(url)
    assert refusal.value.field == "url"


def test_without_a_list_nothing_is_allowed(settings):
    settings.WEBHOOK_HOSTS = []
    with pytest.raises(Refused):
        target("https://sms.vidu.vn/")


@pytest.mark.parametrize(
    ("address", "by_https", "by_http"),
    [
        ("10.1.2.3", True, True),
        ("172.31.255.1", True, True),
        ("192.168.0.9", True, True),
        ("fd12::1", True, True),
        ("1.1.1.1", True, False),  # nothing crosses the Internet in clear
        ("2606:4700:4700::1111", True, False),
        ("127.0.0.1", False, False),
        ("127.9.9.9", False, False),
        ("::1", False, False),
        ("::ffff:127.0.0.1", False, False),
        ("::ffff:169.254.169.254", False, False),
        ("::127.0.0.1", False, False),
        ("0.0.0.0", False, False),
        ("0.1.2.3", False, False),
        ("::", False, False),
        ("169.254.169.254", False, False),
        ("169.254.1.1", False, False),
        ("fe80::1", False, False),
        ("fe80::1%2", False, False),
        ("fd00:ec2::254", False, False),
        ("100.100.100.200", False, False),
        ("192.0.0.192", False, False),
        ("172.32.0.1", True, False),
        ("224.0.0.1", False, False),
        ("ff02::1", False, False),
        ("255.255.255.255", False, False),
        ("240.0.0.1", False, False),
        ("198.18.0.1", False, False),
        ("2002:7f00:1::", False, False),
        ("2001:0:7f00:1::", False, False),
        ("64:ff9b::7f00:1", False, False),
        ("::ffff:10.1.2.3", True, True),
    ],
)
def test_what_a_name_may_lead_to(address, by_https, by_http):
    assert may_reach(Gateway("https", "sms.vidu.vn", 443), address) is by_https
    assert may_reach(Gateway("http", "sms.vidu.vn", 80), address) is by_http


def test_this_machine_itself_is_reached_in_the_demonstration_only(settings):
    settings.DEMO = True
    assert may_reach(Gateway("http", "localhost", 9000), "127.0.0.1")
    assert not may_reach(Gateway("http", "localhost", 9000), "169.254.169.254")


@pytest.mark.parametrize("entry", ["https://", "a/b", "a b", "ftp://a", "user@a", "a:x", "a:99999", "sms.vidu.vn?x"])
def test_an_entry_that_means_nothing_allows_nothing_and_is_told_before_the_start(settings, entry):
    settings.WEBHOOK_HOSTS = [entry]
    assert gateways.gateways() == []
    (error,) = readable_gateways(None)
    assert "KTTT_WEBHOOK_HOSTS" in error.msg
    settings.WEBHOOK_HOSTS = ["sms.vidu.vn"]
    assert readable_gateways(None) == []


def test_the_list_is_written_as_it_is_typed():
    assert [str(each) for each in gateways.gateways()] == [
        "sms.vidu.vn",
        "chat.vidu.vn:8443",
        "http://10.1.2.3:8080",
        "[fd00::5]",
    ]
