"""A PostgreSQL server of the tests' own that asks for passwords and speaks TLS, as a shared one need not."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

TLS = Path(__file__).parent / "data" / "tls"
_AUTHENTICATION = """
local all all trust
hostnossl plain all 127.0.0.1/32 scram-sha-256
hostssl all all 127.0.0.1/32 scram-sha-256
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server with two databases: `plain` may be reached without TLS, `secure` may not."""

    port: int
    folder: Path

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def execute(self, statement: str) -> None:
        """Execute *statement* as the superuser, who is trusted on the socket in *folder*."""
        connection = await asyncpg.connect(
            host=str(self.folder), port=self.port, user="postgres", database="postgres"
        )
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def running_server() -> Iterator[Server]:
    """Serve a new cluster in a temporary folder until the end of the block."""
    programs = _programs()
    # Short: the path of a socket may have 107 bytes.
    with tempfile.TemporaryDirectory(prefix="bantin-pg-", dir="/tmp") as name:
        folder = Path(name)
        if os.geteuid() == 0:  # the server refuses to run as root
            shutil.chown(folder, "postgres")
        data = folder / "data"
        _run(programs / "initdb", "--no-sync", "--auth=trust", "--username=postgres", "-D", data)
        server = Server(_free_port(), folder)
        _configure(server, data)
        _run(programs / "pg_ctl", "start", "--wait", "-D", data, "-l", folder / "log")
        try:
            for database in ("plain", "secure"):
                _run(programs / "createdb", "-h", folder, "-p", str(server.port), "-U", "postgres", database)
            yield server
        finally:
            _run(programs / "pg_ctl", "stop", "--wait", "--mode=immediate", "-D", data)


def _configure(server: Server, data: Path) -> None:
    certificate = server.folder / "server.pem"
    shutil.copy(TLS / "complete.pem", certificate)
    certificate.chmod(0o600)
    (data / "pg_hba.conf").write_text(_AUTHENTICATION)
    with (data / "postgresql.conf").open("a") as settings:
        settings.write(
            f"listen_addresses = '127.0.0.1'\nport = {server.port}\n"
            f"unix_socket_directories = '{server.folder}'\n"
            f"ssl = on\nssl_cert_file = '{certificate}'\nssl_key_file = '{certificate}'\nfsync = off\n"
        )
    if os.geteuid() == 0:
        shutil.chown(certificate, "postgres")


def _run(*command: str | Path) -> None:
    owner = "postgres" if os.geteuid() == 0 else None
    done = subprocess.run(
        command,
        check=False,
        cwd="/",
        user=owner,
        group=owner,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert done.returncode == 0, (command, done.stderr)


def _programs() -> Path:
    """Return the folder of PostgreSQL's own programs, which Debian keeps from the search path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(shutil.which("initdb") or "")]
    if found[-1].is_file():
        return found[-1].parent
    reason = "PostgreSQL's initdb is not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port: int = unused.getsockname()[1]
        return port
