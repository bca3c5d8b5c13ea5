"""Passwords and parameters of an address, on a server that asks for the one and knows the other."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.settings.settings import DatabaseSection as DatabaseSettings
from bot.store.engine.database import Database, DatabaseUnavailable
from tests.postgres_server import TLS, Server, running_server

pytestmark = pytest.mark.postgres

WITH_TLS = "SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server() as server:
        yield server


async def has_role(server: Server, password: str) -> None:
    """Make the role `reader` anew."""
    literal = password.replace("'", "''")
    await server.execute(f"DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN PASSWORD '{literal}'")


async def answer(question: str, url: str, password: str | None = None) -> str:
    """Return what the server at *url* answers to *question*."""
    settings = DatabaseSettings(url=url, password=SecretStr(password) if password else None)
    database = await Database.open(settings.url)
    try:
        async with database.read() as tx:
            return str((await tx.execute(text(question))).scalar_one())
    finally:
        await database.close()


@pytest.mark.parametrize(
    "password", ["p@ss:w/rd?#%[x]", "a b'c\"d$e\\f", "${HOME} $(id) 100% %40", "mật khẩu của Cục", "@@@"]
)
async def test_any_password_opens_the_database(server: Server, password: str) -> None:
    await has_role(server, password)
    encoded = quote(password, safe="")

    apart = await answer("SELECT current_user", f"postgresql://reader@{server.address}/plain", password)
    within = await answer("SELECT current_user", f"postgresql://reader:{encoded}@{server.address}/plain")

    assert (apart, within) == ("reader", "reader")


async def test_the_password_of_its_own_setting_goes_before_one_in_the_address(server: Server) -> None:
    await has_role(server, "right")
    url = f"postgresql://reader:wrong@{server.address}/plain?sslmode=disable"

    with pytest.raises(DatabaseUnavailable, match="password authentication failed") as refused:
        await answer("SELECT current_user", url)

    assert "wrong" not in str(refused.value)
    assert await answer("SELECT current_user", url, "right") == "reader"


async def test_a_password_goes_with_a_user_a_port_and_a_database_that_are_named_elsewhere(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    await has_role(server, "right")
    monkeypatch.setenv("PGUSER", "reader")
    monkeypatch.setenv("PGDATABASE", "plain")

    url = f"postgresql://127.0.0.1?port={server.port}&host=127.0.0.1"

    assert await answer("SELECT current_user", url, "right") == "reader"


@pytest.mark.parametrize(
    ("query", "encrypted"),
    [
        ("sslmode=disable", "false"),
        ("sslmode=require", "true"),
        (f"sslmode=verify-ca&sslrootcert={TLS}/root.pem", "true"),
        (f"sslmode=verify-full&sslrootcert={TLS}/root.pem", "true"),
        ("ssl=require", "true"),
    ],
)
async def test_tls_is_asked_for_as_psql_asks_for_it(server: Server, query: str, encrypted: str) -> None:
    await has_role(server, "secret")

    assert await answer(WITH_TLS, f"postgresql://reader:secret@{server.address}/plain?{query}") == encrypted


@pytest.mark.parametrize(
    ("database", "query", "said"),
    [
        ("secure", "sslmode=disable", "no pg_hba.conf entry for host"),
        ("secure", f"sslmode=verify-full&sslrootcert={TLS}/self_signed.pem", "certificate verify failed"),
        ("secure", "sslmode=verify-full&sslrootcert=/nowhere/ca.pem", "No such file or directory"),
        ("plain", "sslmode=perhaps", "`sslmode` parameter must be one of: disable"),
        ("plain", "connect_timeout=soon", "host, port or connect_timeout is not what it must be"),
        ("plain", "port=many", "host, port or connect_timeout is not what it must be"),
        (
            "plain",
            "channel_binding=require",
            "database.url: there is no parameter 'channel_binding'; there are",
        ),
        # Without TLS: asyncpg leaves its transport open when a server ends a TLS connection so early.
        (
            "plain",
            "options=-c%20no_such%3D1&sslmode=disable",
            'unrecognized configuration parameter "no_such"',
        ),
    ],
)
async def test_a_parameter_that_cannot_be_followed_is_one_clear_line(
    server: Server, database: str, query: str, said: str
) -> None:
    await has_role(server, "secret")

    with pytest.raises(DatabaseUnavailable) as refused:
        await Database.open(f"postgresql://reader:secret@{server.address}/{database}?{query}")

    line = str(refused.value)
    assert line.startswith(f"cannot use the database postgresql://{server.address}/{database}: ")
    assert (said in line, "secret" in line, "\n" in line) == (True, False, False), line


async def test_what_the_address_tells_the_server_goes_before_our_own(server: Server) -> None:
    await has_role(server, "secret")
    url = f"postgresql://reader:secret@{server.address}/plain"
    query = "application_name=tin&options=-c%20statement_timeout%3D7s&connect_timeout=5"

    assert [
        await answer("SHOW application_name", url),
        await answer("SHOW application_name", f"{url}?{query}"),
        await answer("SHOW statement_timeout", f"{url}?{query}"),
    ] == ["bantin", "tin", "7s"]


async def test_a_socket_is_named_as_psql_names_it(server: Server) -> None:
    await has_role(server, "secret")
    url = f"postgresql://reader@/plain?host={server.folder}&port={server.port}"

    assert await answer("SELECT inet_server_addr() IS NULL", url) == "True"
