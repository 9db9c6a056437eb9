"""The files for a real server: valid, without secrets, and running what `make run` runs."""

import re
import shutil
import subprocess

import pytest
import yaml

from kttt_tracker.local.postgres import INITDB_LOCALE
from kttt_tracker.local.programs import SCRIPTS
from tests.local.conftest import BASE_DIR, clean_environ

OURS = ("web", "worker", "beat", "migrate")
FILES = ("Dockerfile", "docker-compose.yml", ".env.example", ".dockerignore", "Makefile", ".ci/run")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())


def has_compose():
    docker = shutil.which("docker")
    return docker and subprocess.run([docker, "compose", "version"], capture_output=True).returncode == 0


def variables(text):
    return set(re.findall(r"\$\{(\w+)", text))


def test_an_env_copied_from_the_example_is_accepted(tmp_path):
    """By docker's own reader where it is at hand; its rule for variables is checked in any case."""
    text = (BASE_DIR / "docker-compose.yml").read_text()
    example = dict(re.findall(r"^(\w+)=(.*)$", (BASE_DIR / ".env.example").read_text(), re.MULTILINE))
    required = set(re.findall(r"\$\{(\w+):\?", text))
    assert all(example.get(name) for name in required)
    assert variables(text) <= example.keys()
    if has_compose():
        shutil.copy(BASE_DIR / "docker-compose.yml", tmp_path)
        shutil.copy(BASE_DIR / ".env.example", tmp_path / ".env")
        config = ["docker", "compose", "config", "--quiet"]
        done = subprocess.run(config, cwd=tmp_path, env=clean_environ(), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_every_part_is_there_watched_and_started_again(compose):
    services = compose["services"]
    assert set(services) == {*OURS, "postgres", "redis"}
    for name, service in services.items():
        assert service["restart"], name
        assert name == "migrate" or service["healthcheck"]["test"], name
    for name in ("web", "worker", "beat"):
        needs = {part: how["condition"] for part, how in services[name]["depends_on"].items()}
        assert needs == {
            "postgres": "service_healthy",
            "redis": "service_healthy",
            "migrate": "service_completed_successfully",
        }


def test_containers_run_the_scripts_that_make_run_runs(compose):
    for name, script in {**SCRIPTS, "migrate": "deploy/migrate.sh"}.items():
        assert compose["services"][name]["command"] == ["sh", script]
        assert (BASE_DIR / script).exists()


def test_the_same_major_versions_and_the_same_kind_of_cluster(compose):
    services = compose["services"]
    assert (services["postgres"]["image"], services["redis"]["image"]) == ("postgres:18", "redis:8")
    assert set(INITDB_LOCALE) <= set(services["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split())
    assert services["postgres"]["volumes"] == ["postgres:/var/lib/postgresql"]


def test_data_is_in_named_volumes_and_only_the_web_is_published_on_this_machine(compose):
    assert set(compose["volumes"]) == {"data", "postgres", "redis"}
    published = {name: service.get("ports") for name, service in compose["services"].items() if service.get("ports")}
    assert published == {"web": ["${KTTT_PUBLISH:-127.0.0.1:8000}:8000"]}


def test_roots_of_signatures_lie_in_a_folder_of_the_server_and_are_only_read(compose):
    for name in OURS:
        service = compose["services"][name]
        assert "${KTTT_SIGNATURE_ROOTS_FOLDER:-./signature-roots}:/etc/kttt/roots:ro" in service["volumes"]
        assert service["environment"]["KTTT_SIGNATURE_ROOTS"] == "/etc/kttt/roots"


def test_a_real_installation_is_no_demonstration(compose):
    for name in OURS:
        environment = compose["services"][name]["environment"]
        assert environment["KTTT_DEMO"] == "0"
        assert "KTTT_TODAY" not in environment


def test_secrets_come_from_the_env_file_only(compose):
    for service in compose["services"].values():
        for name, value in service["environment"].items():
            if re.search("PASSWORD|SECRET|AUTH|_URL$", name) and name != "KTTT_BASE_URL":
                assert re.search(r"\$\{KTTT_\w+:\?", value), name


def test_no_file_holds_a_secret_or_a_path_of_one_machine():
    for name in FILES + tuple(f"deploy/{path.name}" for path in (BASE_DIR / "deploy").iterdir() if path.is_file()):
        text = (BASE_DIR / name).read_text()
        assert not re.search(r"(?i)(password|secret)\w*\s*[=:]\s*['\"]?[A-Za-z0-9_-]{24,}['\"]?\s*$", text), name
        assert not re.search(r"/root/|/home/\w|index-url", text), name


def test_make_env_replaces_every_placeholder_and_overwrites_nothing(tmp_path):
    (tmp_path / "deploy").mkdir()
    shutil.copy(BASE_DIR / "deploy" / "make_env.py", tmp_path / "deploy")
    shutil.copy(BASE_DIR / ".env.example", tmp_path)
    command = ["python3", "deploy/make_env.py"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    text = (tmp_path / ".env").read_text()
    assert not re.search("=thay-bang-", text)
    assert len(set(re.findall(r"=([0-9a-f]{64})$", text, re.MULTILINE))) == 3
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600
    again = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert again.returncode == 1
    assert (tmp_path / ".env").read_text() == text


@pytest.mark.parametrize("script", [*SCRIPTS.values(), "deploy/migrate.sh"])
def test_nothing_runs_on_the_words_of_the_example(script):
    env = clean_environ(KTTT_SECRET_KEY="thay-bang-chuoi-ngau-nhien")
    done = subprocess.run(["sh", script], cwd=BASE_DIR, env=env, capture_output=True, text=True, timeout=20)
    assert done.returncode == 78
    assert "KTTT_SECRET_KEY" in done.stderr
    assert "make env" in done.stderr


def test_the_image_copies_every_package_of_the_project():
    dockerfile = (BASE_DIR / "Dockerfile").read_text()
    ignored = (BASE_DIR / ".dockerignore").read_text()
    for name in ("kttt_tracker", "agencies", "directives", "templates", "static", "deploy"):
        assert f"COPY {name} {name}\n" in dockerfile
        assert f"!{name}\n" in ignored
    assert "--require-hashes -r requirements/server.lock" in dockerfile
    assert "\nUSER kttt\n" in dockerfile


def test_make_has_the_promised_targets_and_ci_calls_only_make_test():
    makefile = (BASE_DIR / "Makefile").read_text()
    for target in ("run", "test", "check", "setup", "env"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    commands = [line for line in (BASE_DIR / ".ci" / "run").read_text().splitlines() if not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec make test"]
