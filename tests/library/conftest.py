"""A PostgreSQL server of its own for one test run; skipped where the machine has none."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _command(name: str) -> str | None:
    return shutil.which(name, path=os.pathsep.join([*map(str, _FOLDERS), os.environ.get("PATH", "")]))


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    initdb, server = _command("initdb"), _command("postgres")
    if initdb is None or server is None:
        pytest.skip("there is no PostgreSQL server on this machine")
    folder = tmp_path_factory.mktemp("postgres")
    # The server refuses to run as root.
    user = "postgres" if os.getuid() == 0 else None
    if user:
        for path in (folder, *folder.parents[:3]):
            path.chmod(0o755)
        shutil.chown(folder, user)
    run = {"user": user, "cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(
        [initdb, "-D", folder / "data", "-A", "trust", "-U", "tester", "-E", "UTF8", "--no-sync"],
        check=True,
        timeout=60,
        **run,
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["-p", str(port), "-h", "127.0.0.1", "-k", "", "-F"]
    process = subprocess.Popen([server, "-D", folder / "data", *options], **run)
    url = f"postgresql+psycopg://tester@127.0.0.1:{port}/postgres"
    try:
        _wait(url, process)
        yield url
    finally:
        process.send_signal(signal.SIGINT)  # a fast shutdown; SIGTERM would wait for every client
        process.wait(timeout=20)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        if process.poll() is not None:
            pytest.skip(f"the PostgreSQL server ended with code {process.returncode}")
        engine = create_engine(url)
        try:
            with engine.connect():
                return
        except Exception:  # noqa: BLE001  until it listens
            pass
        finally:
            engine.dispose()
        time.sleep(0.1)
    pytest.skip("the PostgreSQL server did not answer")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'library.sqlite3'}"
    server: str = request.getfixturevalue("postgres_server")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    name = f"t{tmp_path.name.replace('-', '_').lower()}"[:60]
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    engine.dispose()
    return server.rsplit("/", 1)[0] + "/" + name
