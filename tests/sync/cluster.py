"""A private PostgreSQL cluster for tests: made, started, stopped, killed and restarted by the tests themselves."""

import contextlib
import datetime
import ipaddress
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

SETTINGS = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{home}'
max_connections = {connections}
fsync = {fsync}
full_page_writes = {fsync}
synchronous_commit = on
shared_buffers = 128MB
max_wal_size = 2GB
checkpoint_timeout = 30min
ssl = on
ssl_cert_file = '{home}/server.crt'
ssl_key_file = '{home}/server.key'
password_encryption = scram-sha-256
logging_collector = off
log_statement = 'none'
log_line_prefix = '%m %u '
log_error_verbosity = default
tcp_keepalives_idle = 5
wal_level = replica
"""
ACCESS = "hostssl replication all 127.0.0.1/32 scram-sha-256\nhostssl all all 127.0.0.1/32 scram-sha-256\nlocal all all scram-sha-256\n"


def programs():
    """Return the folder of initdb; without PostgreSQL the test fails with one line."""
    found = [Path(p).resolve().parent for p in (shutil.which("initdb"),) if p]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in found:
        if (folder / "initdb").is_file() and (folder / "pg_ctl").is_file():
            return folder
    pytest.fail("PostgreSQL 15 or newer is missing: install the package `postgresql` (initdb is needed)", pytrace=False)


class Cluster:
    """One cluster in a folder of its own, reached over loopback with TLS and SCRAM."""

    superuser = "administrator"

    def __init__(self, *, fsync=False, connections=120):
        self.bin = programs()
        self.home = Path(tempfile.mkdtemp(prefix="ldpg-"))
        self.user = self._unprivileged()
        self.password = secrets.token_hex(16)
        self.port = _free_port()
        self.data, self.log = self.home / "data", self.home / "server.log"
        (self.home / "pw").write_text(self.password)
        self._certificate()
        self._own()
        made = self._run(
            "initdb", "-D", str(self.data), "-U", self.superuser, "--pwfile", str(self.home / "pw"), "-A",
            "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
        )  # fmt: skip
        if made.returncode:
            pytest.fail(f"initdb: {made.stderr.strip().splitlines()[-1:]}", pytrace=False)
        settings = SETTINGS.format(
            port=self.port, home=self.home, fsync="on" if fsync else "off", connections=connections
        )
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write(settings)
        (self.data / "pg_hba.conf").write_text(ACCESS)
        self.start()

    def _unprivileged(self):
        """Return the user as which the server runs: PostgreSQL refuses root."""
        if os.geteuid() != 0:
            return None
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                return pwd.getpwnam(name)
        pytest.fail("PostgreSQL does not run as root and there is no user postgres or nobody", pytrace=False)

    def _own(self):
        if self.user is None:
            return
        self.home.chmod(0o755)
        for path in (self.home, *self.home.iterdir()):
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def _run(self, program, *args):
        who = {} if self.user is None else {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        return subprocess.run(
            [str(self.bin / program), *args], capture_output=True, text=True, cwd=self.home, check=False,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self.home)}, **who,
        )  # fmt: skip

    def _certificate(self):
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = datetime.datetime.now(datetime.UTC)
        names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        made = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=365))
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )  # fmt: skip
        (self.home / "server.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (self.home / "server.key").write_bytes(secret)
        (self.home / "server.key").chmod(0o600)

    def url(self, database="postgres", user="administrator", password=None, port=None):
        """Return a URL with TLS verified; ``port`` another one, as of a proxy."""
        said = f"{user}:{password or self.password}@localhost:{port or self.port}/{database}"
        return f"postgresql://{said}?sslmode=verify-full&sslrootcert={self.home / 'server.crt'}&hostaddr=127.0.0.1"

    def connect(self, database="postgres", **more):
        """Connect as the administrator, each statement its own transaction."""
        return psycopg.connect(self.url(database), autocommit=True, **more)

    def start(self):
        """Start the server and wait until it answers."""
        self.log.touch()
        self._own()
        done = self._run("pg_ctl", "-D", str(self.data), "-l", str(self.log), "-w", "-t", "60", "start")
        if done.returncode:
            said = self.log.read_text().splitlines()[-3:]
            pytest.fail(f"PostgreSQL did not start: {said}", pytrace=False)

    def stop(self, mode="fast"):
        """Stop the server: smart, fast or immediate (as after a power cut)."""
        self._run("pg_ctl", "-D", str(self.data), "-m", mode, "-w", "stop")

    def restart(self, mode="fast"):
        """Stop and start."""
        self.stop(mode)
        self.start()

    def kill(self):
        """Kill the server's first process with signal 9; its children end by themselves."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 0.2):
                time.sleep(0.05)
                continue
            break
        time.sleep(0.3)
        for left in (self.data / "postmaster.pid", self.home / f".s.PGSQL.{self.port}.lock"):
            left.unlink(missing_ok=True)  # where nobody reaps it, the dead process looks alive

    def log_text(self):
        """Return what the server wrote into its log."""
        return self.log.read_text(errors="replace")

    def remove(self):
        """Stop and delete."""
        self.stop("immediate")
        shutil.rmtree(self.home, ignore_errors=True)


class Standby(Cluster):
    """A streaming standby of a cluster, made with pg_basebackup; ``promote`` makes it the primary."""

    def __init__(self, primary):
        self.bin, self.user, self.password, self.primary = primary.bin, primary.user, primary.password, primary
        self.home = Path(tempfile.mkdtemp(prefix="ldps-"))
        self.port = _free_port()
        self.data, self.log = self.home / "data", self.home / "server.log"
        for name in ("server.crt", "server.key"):
            shutil.copy(primary.home / name, self.home / name)
        self._own()
        said = f"host=localhost hostaddr=127.0.0.1 port={primary.port} user=administrator password={primary.password} sslmode=verify-full sslrootcert={self.home}/server.crt"
        made = self._run("pg_basebackup", "-d", said, "-D", str(self.data), "-R", "-X", "stream", "-c", "fast")
        if made.returncode:
            pytest.fail(f"pg_basebackup: {made.stderr.strip().splitlines()[-1:]}", pytrace=False)
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write(
                f"port = {self.port}\nunix_socket_directories = '{self.home}'\nssl_cert_file = '{self.home}/server.crt'\n"
                f"ssl_key_file = '{self.home}/server.key'\nsynchronous_standby_names = ''\nhot_standby = on\n"
            )
        self.start()

    def promote(self):
        """Make it the primary and wait until it may be written to."""
        done = self._run("pg_ctl", "-D", str(self.data), "-w", "promote")
        assert done.returncode == 0, done.stderr


def _free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
