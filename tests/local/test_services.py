"""PostgreSQL and Redis of one machine: start, stop, crash, come back."""

import os
import signal
import socket

import psycopg2
import pytest
import redis

from kttt_tracker.local import folder as folder_module
from kttt_tracker.local.errors import AlreadyRunning, LocalError
from kttt_tracker.local.net import LOCALHOST
from kttt_tracker.local.postgres import Postgres
from kttt_tracker.local.redis import Redis
from kttt_tracker.local.services import Services
from tests.local.conftest import eventually, processes_of, start_python


@pytest.fixture(scope="module")
def services(module_root):
    with Services(module_root, durable=False) as running:
        yield running


def query(services, sql):
    connection = psycopg2.connect(services.environ()["DATABASE_URL"])
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def cache(services):
    return redis.Redis.from_url(services.environ()["REDIS_URL"])


def test_both_answer_at_the_addresses_they_give(services):
    assert query(services, "SHOW server_version_num")[0][0].startswith("18")
    assert cache(services).ping()


def test_the_cluster_is_utf8_with_the_builtin_locale(services):
    row = query(services, "SELECT encoding, datlocprovider, datlocale FROM pg_database WHERE datname = 'kttt'")
    assert row == [(6, "b", "C.UTF-8")]


def test_a_wrong_password_opens_nothing(services):
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(services.environ()["DATABASE_URL"].replace(services.postgres.password, "sai"))
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(host=LOCALHOST, port=services.redis.port).ping()


def test_the_extensions_of_the_product_are_there(services):
    wanted = {"unaccent", "pg_trgm", "btree_gist"}
    assert wanted <= {row[0] for row in query(services, "SELECT name FROM pg_available_extensions")}


def test_no_redis_module_is_loaded(services):
    """Those without a path are built into the server itself."""
    assert [module for module in cache(services).module_list() if module[b"path"]] == []


@pytest.mark.parametrize("name", ["postgres", "redis"])
def test_a_killed_server_comes_back_on_its_port(services, name):
    server = getattr(services, name)
    address = services.environ()
    server.kill()
    assert not server.running
    assert server.exit_code == -signal.SIGKILL
    server.start()
    assert services.environ() == address
    assert query(services, "SELECT 1") == [(1,)]
    assert cache(services).ping()


def test_a_restart_keeps_port_and_rows(services):
    query(services, "CREATE TABLE kept AS SELECT 1 AS n")
    services.postgres.restart()
    services.redis.restart()
    assert query(services, "SELECT n FROM kept") == [(1,)]
    assert cache(services).ping()


def test_a_second_holder_of_the_folder_is_refused(services):
    services.folder.publish({"kind": "run", "url": "http://127.0.0.1:1"})
    with pytest.raises(AlreadyRunning, match=r"đang chạy sẵn.*http://127\.0\.0\.1:1") as refusal:
        Services(services.folder.root).start()
    assert refusal.value.info["pid"] == os.getpid()
    assert services.folder.info()["url"], "the refused one must not touch what the holder published"


def test_secrets_are_for_the_owner_only(services):
    folder = services.folder.root / "secrets"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert services.redis.password not in (services.folder.log / "redis.log").read_text()


def test_a_second_start_keeps_the_data_of_both(root):
    with Services(root) as first:
        query(first, "CREATE TABLE kept AS SELECT 'Đông Hà' AS name")
        cache(first).set("kept", "Cồn Cỏ")
    assert eventually(lambda: not processes_of(root)), processes_of(root)
    with Services(root) as second:
        assert query(second, "SELECT name FROM kept") == [("Đông Hà",)]
        assert cache(second).get("kept").decode() == "Cồn Cỏ"


def test_a_port_taken_in_between_is_replaced(root, tmp_path):
    log = tmp_path / "log"
    for make in (
        lambda: Postgres(root / "pg", password="p" * 20, log=log / "pg.log", durable=False),
        lambda: Redis(root / "redis", password="p" * 20, log=log / "redis.log", durable=False),
    ):
        server = make()
        with socket.socket() as thief:
            thief.bind((LOCALHOST, server.port))
            thief.listen()
            stolen = server.port
            try:
                server.start()
                assert server.running
                assert server.port != stolen
            finally:
                server.stop()


def test_nothing_outlives_a_killed_owner(root):
    program = (
        "import sys, time; from pathlib import Path\n"
        "from kttt_tracker.local.services import Services\n"
        "Services(Path(sys.argv[1]), durable=False).start(); print('up', flush=True); time.sleep(60)"
    )
    owner = start_python("-c", program, str(root))
    assert owner.stdout.readline() == "up\n"
    assert processes_of(root)
    owner.kill()
    owner.wait()
    assert eventually(lambda: not processes_of(root)), processes_of(root)
    # … and the folder is usable at once
    with Services(root, durable=False) as services:
        assert query(services, "SELECT 1") == [(1,)]


def test_a_folder_of_another_user_is_refused_with_what_to_type(root, monkeypatch):
    root.mkdir(parents=True)
    monkeypatch.setattr(folder_module.os, "geteuid", lambda: root.stat().st_uid + 4242)
    with pytest.raises(LocalError, match=r"(?s)do người dùng .* tạo.*chown -R") as refusal:
        Services(root).start()
    assert str(root) in str(refusal.value)


def test_an_interrupted_initdb_leaves_no_half_cluster(root):
    (root / "pg.new" / "base").mkdir(parents=True)
    with Services(root, durable=False) as services:
        assert query(services, "SELECT 1") == [(1,)]
    assert not (root / "pg.new").exists()
