"""The whole product on one machine, as `make run` and the browser tests start it."""

import smtplib
import subprocess
import sys
import time
from email.message import EmailMessage
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
import redis

from kttt_tracker import heartbeat
from kttt_tracker.local.stack import Stack
from tests import services
from tests.local.conftest import BASE_DIR, clean_environ, eventually, processes_of


@pytest.fixture(scope="module")
def stack(module_root):
    with Stack(services.fill(module_root), durable=False, seed=False) as running:
        yield running


def test_it_is_healthy_and_says_so(stack):
    status, body = stack.health()
    assert status == 200
    assert body == dict.fromkeys(("status", "web", "database", "redis", "worker", "beat"), "ok")


def test_it_listens_on_this_machine_only(stack):
    assert stack.url.startswith("http://127.0.0.1:")
    assert stack.environ["KTTT_BIND"].startswith("127.0.0.1:")


@pytest.mark.parametrize("name", ["web", "worker", "beat", "mail", "redis", "postgres"])
def test_a_killed_child_is_started_again(stack, name):
    before = stack.children[name].pid
    stack.kill(name)
    assert not stack.children[name].running
    assert stack.wait_until(lambda: stack.children[name].running, 20)
    assert stack.children[name].pid != before
    stack.wait_healthy(40)


@pytest.mark.parametrize("part", heartbeat.PARTS)
def test_a_part_that_gives_no_sign_of_life_is_named(stack, part):
    """Its last sign is made 91 seconds old, since nobody wants to wait for that."""
    stack.kill(part)
    with redis.Redis.from_url(stack.environ["REDIS_URL"]) as connection:
        connection.set(heartbeat.key(part), repr(time.time() - 91))
    status, body = stack.health()
    assert (status, body["down"]) == (503, [part])
    stack.wait_healthy(40)


def test_a_database_that_is_away_is_named_and_found_again(stack):
    stack.kill("postgres")
    status, body = stack.health()
    assert (status, body["down"]) == (503, ["database"])
    stack.wait_healthy(40)


def test_without_redis_the_web_still_answers_and_whoever_signs_in_is_judged(stack):
    """The counters of wrong passwords are not in Redis."""
    browser = build_opener(HTTPCookieProcessor(jar := CookieJar()))
    address = f"{stack.url}/dang-nhap/"
    browser.open(address).read()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    typed = urlencode({"login": "ai.do", "password": "sai", "csrfmiddlewaretoken": token}).encode()
    stack.kill("redis")
    answer = browser.open(address, typed).read().decode()
    status, body = stack.health()
    assert status == 503
    assert {"redis", "worker", "beat"} == set(body["down"])
    assert "Chưa đăng nhập được" in answer
    stack.wait_healthy(40)


def test_mail_becomes_whole_files_that_only_the_owner_reads(stack):
    message = EmailMessage()
    message["To"], message["From"], message["Subject"] = "a@kttt.example", "b@kttt.example", "Nhắc việc đến hạn"
    message.set_content("Kính gửi đồng chí")
    with smtplib.SMTP("127.0.0.1", int(stack.environ["KTTT_EMAIL_URL"].rsplit(":", 1)[1])) as server:
        server.send_message(message)
    (file,) = stack.mail_folder.glob("*.eml")
    assert b"X-Envelope-To: a@kttt.example" in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    assert not list(stack.mail_folder.glob("*.part"))


def test_a_command_works_on_the_data_of_the_running_stack(stack):
    """`manage.py` finds the servers by what the holder of the folder has published."""
    env = clean_environ(KTTT_VAR=str(stack.folder.root))
    code = "from django.db import connection as c; print(c.settings_dict['PORT'])"
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    done = subprocess.run(command, cwd=BASE_DIR, env=env, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == str(stack.services.postgres.port), done.stderr
    assert stack.health()[0] == 200


def test_what_is_published_is_for_the_owner_only(stack):
    path = stack.folder.run / "services.json"
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("part", ["web", "worker", "beat"])
def test_the_health_check_of_the_containers_agrees(stack, part):
    command = [sys.executable, "deploy/healthcheck.py", part]
    done = subprocess.run(command, cwd=BASE_DIR, env=stack.environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_stopping_leaves_no_process(stack):
    """The last test of this module: the fixture's own stop has nothing left to do."""
    assert processes_of(stack.folder.root)
    stack.stop()
    assert eventually(lambda: not processes_of(stack.folder.root)), processes_of(stack.folder.root)
