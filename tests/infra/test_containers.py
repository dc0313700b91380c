"""What compose.yaml promises where no container engine is: the processes are the real ones."""

import re
import shlex
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
OURS = {name: it for name, it in COMPOSE["services"].items() if it["image"].startswith("tongban")}
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def _lines(service: dict[str, Any]) -> list[list[str]]:
    """The commands of a service, one a line of its shell script."""
    command = service["command"]
    if command[:2] == ["sh", "-ec"]:
        return [shlex.split(line) for line in command[2].splitlines() if line]
    return [command]


def test_every_process_of_the_real_way_has_its_service() -> None:
    assert set(OURS) == {"migrate", "web", "uploads", "relay", "consumer", "worker", "beat"}
    assert set(COMPOSE["services"]) - set(OURS) == {"postgres", "rabbitmq", "front"}


@pytest.mark.parametrize("name", OURS)
def test_a_service_runs_a_command_that_exists_with_options_that_exist(
    name: str, settings: Any
) -> None:
    settings.EMBEDDED = False  # importing the embedded web process would start its thread here
    for words in _lines(OURS[name]):
        if words[0] == "granian":
            module, attribute = words[-1].split(":")
            assert callable(getattr(import_module(module), attribute))
            continue
        assert words[:2] == ["python", "manage.py"]
        command = load_command_class(get_commands()[words[2]], words[2])
        command.create_parser("manage.py", words[2]).parse_args(words[3:])


def test_only_the_owner_migrates_and_everyone_else_is_the_application() -> None:
    for name, service in OURS.items():
        role = "tongban_owner" if name == "migrate" else "tongban_app"
        assert service["environment"]["DATABASE_URL"].startswith(f"postgresql://{role}:")


def test_every_variable_that_is_set_is_one_that_the_settings_read() -> None:
    settings = (ROOT / "config/settings.py").read_text()
    for service in OURS.values():
        assert [name for name in service["environment"] if f'"{name}"' not in settings] == []


def test_secrets_have_no_default_and_ports_open_on_the_loopback_only() -> None:
    text = (ROOT / "compose.yaml").read_text()
    assert not re.findall(r"\$\{[A-Z_]*(?:KEY|PASSWORD)(?!:\?)[^}]*\}", text)
    ports = {name: it["ports"] for name, it in COMPOSE["services"].items() if "ports" in it}
    assert ports == {
        "front": ["${TONGBAN_BIND:-127.0.0.1:8000}:8000"],
    }


def test_the_front_leads_files_to_the_process_that_takes_them_and_logs_none_of_their_addresses() -> (
    None
):
    front = (ROOT / "script/container/front.conf").read_text()
    assert COMPOSE["services"]["front"]["volumes"][0].startswith("./script/container/front.conf:")
    below = front[front.index("location /uploads/ {") : front.index("location / {")]
    for line in (
        "proxy_pass http://uploads:8000;",
        "proxy_request_buffering off;",
        "access_log off;",
    ):
        assert line in below
    most = re.search(r"client_max_body_size (\d+)m;", below)
    assert most
    assert int(most[1]) * 1_000_000 > settings.UPLOAD_MOST_BYTES_A_FORM
    assert "proxy_pass http://web:8000;" in front[front.index("location / {") :]


def test_named_volumes_are_declared_and_mounted_files_exist() -> None:
    for service in COMPOSE["services"].values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert (ROOT / source).is_file() if source[0] == "." else source in COMPOSE["volumes"]


def test_the_image_installs_the_packages_that_the_demo_installs_and_is_not_root() -> None:
    listed = re.search(
        r"^PACKAGES_RUN=\((.+)\)$", (ROOT / "script/lib/packages.sh").read_text(), re.M
    )
    assert listed
    assert [package for package in listed[1].split() if package not in DOCKERFILE] == []
    assert DOCKERFILE.index("\nUSER tongban") > DOCKERFILE.index("pip install")
