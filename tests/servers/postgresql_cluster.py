"""A private PostgreSQL cluster in a temporary folder, made with programs of this machine."""

import os
import pwd
import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.available import Server, Unavailable
from tests.servers.ports import free_ports
from tests.servers.postgresql_programs import release

SECONDS = 90


@contextmanager
def running_cluster(programs: Path, settings: str) -> Iterator[Server]:
    """A server on a free port of the loopback interface; stopped and removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as folder:
        cluster = Cluster(programs, Path(folder), settings)
        try:
            address = cluster.start()
        except subprocess.SubprocessError as failure:
            raise Unavailable(f"local programs: {cluster.complaint(failure)}") from failure
        try:
            yield Server(address, f"local programs of version {release(programs)}")
        finally:
            cluster.run("pg_ctl", "stop", "-D", "cluster", "-m", "immediate")


class Cluster:
    """The programs and the folder of one cluster; postgres refuses root, so root steps down."""

    def __init__(self, programs: Path, folder: Path, settings: str) -> None:
        self.programs = programs
        self.folder = folder
        self.settings = settings
        self.account = _unprivileged_account() if os.geteuid() == 0 else None

    def start(self) -> str:
        """Make the cluster, start it and return the URL of its administrator."""
        password, [port] = secrets.token_hex(16), free_ports(1)
        secret = self.folder / "password"
        secret.write_text(password)
        if self.account:
            for path in (self.folder, secret):
                os.chown(path, self.account.pw_uid, self.account.pw_gid)
        access = ("-U", "cadre", "--auth=password", "--pwfile=password")
        self.run("initdb", "-D", "cluster", "-E", "UTF8", "--no-locale", "--no-sync", *access)
        listening = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        options = ("-w", "-t", "60", "-l", "log", "-o", f"{listening} {self.settings}")
        self.run("pg_ctl", "start", "-D", "cluster", *options)
        return f"postgresql://cadre:{password}@127.0.0.1:{port}/postgres"

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the programs in the folder of the cluster."""
        account = self.account
        with (self.folder / "errors").open("ab") as errors:
            subprocess.run(
                [self.programs / program, *arguments],
                cwd=self.folder,
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
                check=True,
                timeout=SECONDS,
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )

    def complaint(self, failure: Exception) -> str:
        """The end of what the programs wrote when they failed."""
        texts = [self.folder / name for name in ("errors", "log")]
        said = "".join(text.read_text(errors="replace") for text in texts if text.exists())
        return said.strip()[-300:] or str(failure)


def _unprivileged_account() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Unavailable("local programs: postgres refuses root, and there is no other account")
