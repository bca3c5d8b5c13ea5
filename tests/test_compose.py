"""compose.yaml, as Docker Compose itself reads it; no engine is needed for that."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from bot.settings.loading import load_settings

ROOT = Path(__file__).parents[1]
NASTY = [
    "p@ss:w/rd?#%[x]",
    '${HOME} $HOME $(id) `id` $$ "quoted"',
    "# no comment = at all",
    "mật khẩu",
]

Service = dict[str, Any]


@pytest.fixture(scope="session")
def compose() -> tuple[str, ...]:
    """The command line of Docker Compose: Debian's program of its own, or the plugin of the Docker client."""
    for command in (("docker-compose",), ("docker", "compose")):
        if shutil.which(command[0]) and not subprocess.run([*command, "version"], check=False).returncode:
            return command
    reason = "Docker Compose is not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What Compose looks at, in a checkout where nothing was filled in yet."""
    shutil.copy(ROOT / "compose.yaml", tmp_path)
    shutil.copytree(ROOT / "config", tmp_path / "config", ignore=shutil.ignore_patterns("secrets.env"))
    return tmp_path


def read(compose: tuple[str, ...], checkout: Path) -> dict[str, Service]:
    """Return the services, with everything merged and filled in."""
    done = subprocess.run(
        [*compose, "config", "--format", "json"], cwd=checkout, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    services: dict[str, Service] = json.loads(done.stdout)["services"]
    return services


@pytest.fixture
def services(compose: tuple[str, ...], checkout: Path) -> dict[str, Service]:
    return read(compose, checkout)


@pytest.mark.parametrize("name", ["bot", "migrate"])
@pytest.mark.parametrize("password", NASTY)
def test_what_a_container_is_told_are_settings_that_lead_to_the_database(
    services: dict[str, Service], checkout: Path, monkeypatch: pytest.MonkeyPatch, name: str, password: str
) -> None:
    told = variables_of_the_image() | services[name]["environment"]
    (checkout / "password").write_text(f"{password}\n", encoding="utf-8")
    inside = {
        services[name]["secrets"][0]["target"]: checkout / "password",
        "/app/config": checkout / "config",
    }
    for variable, value in told.items():
        monkeypatch.setenv(variable, str(inside.get(value, value)))

    settings = load_settings(Path(os.environ["BANTIN_CONFIG"]))
    url = make_url(settings.database.url)

    assert (url.username, url.password, url.host, url.database) == ("bantin", password, "database", "bantin")
    assert settings.web.listen == "0.0.0.0:8642"


def test_the_database_has_the_name_the_user_and_the_password_that_the_bot_asks_for(
    services: dict[str, Service],
) -> None:
    database, bot = services["database"], services["bot"]

    assert database["environment"] == {
        "POSTGRES_USER": "bantin",
        "POSTGRES_DB": "bantin",
        "POSTGRES_PASSWORD_FILE": bot["environment"]["BANTIN_DATABASE__PASSWORD_FILE"],
    }
    assert database["secrets"] == bot["secrets"]


@pytest.mark.parametrize("token", NASTY)
def test_a_secret_in_single_quotation_marks_reaches_the_bot_alone_and_as_it_is(
    compose: tuple[str, ...], checkout: Path, token: str
) -> None:
    (checkout / "config" / "secrets.env").write_text(f"BANTIN_TELEGRAM__TOKEN='{token}'\n", encoding="utf-8")

    services = read(compose, checkout)

    # Compose writes each $ twice, so that its output can be read as a compose.yaml.
    told = services["bot"]["environment"]["BANTIN_TELEGRAM__TOKEN"].replace("$$", "$")
    others = json.dumps([services["migrate"], services["database"]])
    assert (told, "TOKEN" in others) == (token, False)


def test_the_bot_begins_when_the_schema_is_up_to_date_and_is_reached_from_its_machine_alone(
    services: dict[str, Service],
) -> None:
    needs = {name: need["condition"] for name, need in services["bot"]["depends_on"].items()}
    ports = [
        (port["host_ip"], port["target"]) for each in services.values() for port in each.get("ports", ())
    ]

    assert (needs["migrate"], services["migrate"]["command"], services["migrate"]["restart"]) == (
        "service_completed_successfully",
        ["migrate"],
        "no",
    )
    assert ports == [("127.0.0.1", 8642)]


@pytest.mark.parametrize("name", ["bot", "migrate", "database"])
def test_a_container_can_do_little_and_take_little(services: dict[str, Service], name: str) -> None:
    service = services[name]

    written = {volume["target"] for volume in service["volumes"] if not volume.get("read_only")}
    assert written == {"/var/lib/postgresql/data" if name == "database" else "/app/var"}
    assert (service["read_only"], service["cap_drop"], service["security_opt"]) == (
        True,
        ["ALL"],
        ["no-new-privileges:true"],
    )
    assert int(service["mem_limit"]) <= 1 << 30
    assert int(service["logging"]["options"]["max-file"]) * 10 <= 50
    assert service["logging"]["options"]["max-size"] == "10m"


def variables_of_the_image() -> dict[str, str]:
    """Return the settings that the Dockerfile makes."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    return dict(re.findall(r"\b(BANTIN_\w+)=(\S+)", text))
