"""A real PgBouncer between desks and server, as docs/ADMIN.md §9 sets it up: SCRAM passed through, TLS on both sides."""

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

LOOK = (
    "CREATE SCHEMA pooler; CREATE FUNCTION pooler.get_auth(p text) RETURNS TABLE(u name, p text) LANGUAGE sql SECURITY DEFINER"
    " SET search_path = pg_catalog AS $$ SELECT usename, passwd FROM pg_shadow WHERE usename = $1 AND usename LIKE 'desk\\_%' $$;"
    " REVOKE ALL ON FUNCTION pooler.get_auth FROM PUBLIC; GRANT USAGE ON SCHEMA pooler TO pooler; GRANT EXECUTE ON FUNCTION pooler.get_auth TO pooler;"
)


class Pooler:
    """One PgBouncer for one district; ``port`` is what desks connect to, ``program`` its file."""

    def __init__(self, district, mode, size=2):
        program = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
        if not Path(program).is_file():
            pytest.fail("PgBouncer is missing: install the package `pgbouncer`", pytrace=False)
        cluster, password = district.cluster, secrets.token_hex(12)
        with cluster.connect(district.name) as boss:
            if not boss.execute("SELECT 1 FROM pg_roles WHERE rolname='pooler'").fetchone():
                boss.execute("CREATE ROLE pooler LOGIN")
            boss.execute(f"ALTER ROLE pooler PASSWORD '{password}'")
            boss.execute(f"GRANT CONNECT ON DATABASE {district.name} TO pooler")
            boss.execute(LOOK)
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self.home = Path(tempfile.mkdtemp(prefix="ldpb-"))
        for name in ("server.crt", "server.key"):
            shutil.copy(cluster.home / name, self.home / name)
        (self.home / "users.txt").write_text(f'"pooler" "{password}"\n')
        (self.home / "pgbouncer.ini").write_text(
            f"[databases]\n{district.name} = host=127.0.0.1 port={cluster.port} dbname={district.name} auth_user=pooler\n"
            f"[pgbouncer]\nlisten_addr=127.0.0.1\nlisten_port={self.port}\nunix_socket_dir=\npool_mode={mode}\n"
            f"auth_type=scram-sha-256\nauth_file={self.home}/users.txt\nauth_query=SELECT * FROM pooler.get_auth($1)\n"
            f"client_tls_sslmode=require\nclient_tls_cert_file={self.home}/server.crt\nclient_tls_key_file={self.home}/server.key\n"
            f"server_tls_sslmode=verify-full\nserver_tls_ca_file={self.home}/server.crt\n"
            f"default_pool_size={size}\nlogfile={self.home}/log\n"
        )
        self.who = {}
        if cluster.user is not None:
            for path in (self.home, *self.home.iterdir()):
                os.chown(path, cluster.user.pw_uid, cluster.user.pw_gid)
            self.who = {"user": cluster.user.pw_uid, "group": cluster.user.pw_gid, "extra_groups": []}
        self.program = program
        self.start()

    def start(self):
        """Start it and wait until it answers."""
        self.process = subprocess.Popen(
            [self.program, "-q", str(self.home / "pgbouncer.ini")], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **self.who
        )  # fmt: skip
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 0.2):
                return
            time.sleep(0.05)
        pytest.fail(f"PgBouncer did not start: {self.log()}", pytrace=False)

    def log(self):
        """Return what it wrote."""
        path = self.home / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def stop(self):
        """End it."""
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.home, ignore_errors=True)
