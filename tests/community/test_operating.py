"""What an operator is given holds together: the compose file, the Procfile, the proxy, the image."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from community.settings.environment import OPTIONS
from tests.procfile import procfile

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"] == "porchlight"]
OLDEST_POSTGRES = 15


def without_address(command: list[str]) -> list[str]:
    """A command without where it listens, which is each place's own."""
    told = [word for at, word in enumerate(command) if word not in {"-b", "-p"} and command[at - 1] not in {"-b", "-p"}]
    return told or command


def test_every_variable_of_the_compose_file_is_in_the_example() -> None:
    used = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    example = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert used <= example
    assert example == set(OPTIONS) | (used - set(OPTIONS))


def test_the_compose_file_has_the_site_twice_and_what_it_stands_on() -> None:
    assert set(SERVICES) == {"proxy", "web1", "web2", "worker", "migrate", "postgres", "redis"}
    assert SERVICES["web1"] == SERVICES["web2"]


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert [name for name, service in SERVICES.items() if "outside" in service["networks"]] == ["proxy"]


def test_who_is_waited_for_can_say_that_they_are_well() -> None:
    for name, service in SERVICES.items():
        for other, asked in service.get("depends_on", {}).items():
            if asked["condition"] == "service_healthy":
                assert "test" in SERVICES[other]["healthcheck"], f"{name} waits for {other}"
            else:
                assert asked["condition"] == "service_completed_successfully"


@pytest.mark.parametrize("name", ["proxy", "web1", "web2", "worker", "postgres"])
def test_who_has_work_under_way_gets_time_to_finish(name: str) -> None:
    assert SERVICES[name]["stop_grace_period"] == "30s"


def test_the_database_is_one_that_django_still_knows() -> None:
    version = re.search(r"postgres:(\d+)", SERVICES["postgres"]["image"])
    assert version is not None
    assert int(version.group(1)) >= OLDEST_POSTGRES


def test_the_procfile_runs_the_same_commands() -> None:
    ours = procfile()
    assert without_address(ours["web"]) == without_address(SERVICES["web1"]["command"])
    assert ours["worker"] == SERVICES["worker"]["command"]
    assert ours["release"] == SERVICES["migrate"]["command"]


@pytest.mark.parametrize("name", OURS)
def test_every_command_exists(name: str) -> None:
    program, *words = SERVICES[name]["command"]
    if program == "python":
        assert words[0] == "manage.py"
        assert words[1] in get_commands()
    else:
        assert program == "daphne"
        assert (ROOT / words[-1].split(":")[0].replace(".", "/")).with_suffix(".py").exists()


def test_the_image_has_everything_it_copies_and_nobody_is_root() -> None:
    steps = [line.split() for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines() if line]
    copied = [words[1] for words in steps if words[0] == "COPY"]
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for path in copied:
        assert (ROOT / path).exists(), path
        assert f"!{path}" in let_in, path
    assert ["USER", "10001"] in steps


def test_nginx_takes_the_proxys_configuration(tmp_path: Path) -> None:
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(nginx).exists():
        pytest.fail("nginx was not found: apt-get install nginx")
    text = (ROOT / "docs" / "operating" / "nginx.conf").read_text(encoding="utf-8")
    for name, port in (("web1", "8001"), ("web2", "8002")):
        text = text.replace(f"server {name}:8000", f"server 127.0.0.1:{port}")
    kept = tmp_path / "nginx.conf"
    kept.write_text(text.replace("/tmp/nginx.pid", str(tmp_path / "nginx.pid")), encoding="utf-8")  # noqa: S108 - its
    said = subprocess.run([nginx, "-t", "-c", kept], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
