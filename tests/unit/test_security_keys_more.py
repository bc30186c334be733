"""Opening a desk: right and wrong secrets, waiting, the recovery sheet, and what must never be written down."""

import json
import logging
import os
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from liaison_app.security import keys
from liaison_app.security.errors import SecurityRefusal

PHRASE = "a phrase to remember"
OTHER = "another phrase of his"


def desk(home: Path) -> tuple[keys.Bundle, str]:
    """Found keys with one person who has a pass-phrase; return the keys and the code of the sheet."""
    groups = keys.found_keys(home, with_recovery=True)
    bundle = keys.new_bundle()
    keys.enrol(home, "p1", "林若溪", "passphrase", PHRASE, bundle)
    return bundle, "-".join(groups)


def refused(home: Path, secret: str | None, person: str = "p1") -> SecurityRefusal:
    with pytest.raises(SecurityRefusal) as refusal:
        keys.open_as(home, person, secret)
    return refusal.value


def test_everybody_has_the_replica_key_and_nobody_anothers(tmp_path: Path) -> None:
    first, _ = desk(tmp_path)
    keys.enrol(tmp_path, "p2", "高远", "passphrase", OTHER, keys.new_bundle(first.replica_key))
    second = keys.open_as(tmp_path, "p2", OTHER)
    assert keys.open_as(tmp_path, "p1", PHRASE) == first
    assert second.replica_key == first.replica_key
    assert second.person_key != first.person_key
    assert second.device_secret != first.device_secret
    assert refused(tmp_path, PHRASE, "p2").code == "wrong_secret"
    assert refused(tmp_path, PHRASE, "p3").code == "person_unknown"
    assert [(s.id, s.name) for s in keys.people(tmp_path)] == [("p1", "林若溪"), ("p2", "高远")]


def test_a_slot_under_another_name_does_not_open(tmp_path: Path) -> None:
    desk(tmp_path)
    path = tmp_path / keys.FILE
    said = json.loads(path.read_bytes())
    said["people"]["p9"] = said["people"]["p1"]
    path.write_text(json.dumps(said))
    assert refused(tmp_path, PHRASE, "p9").code == "wrong_secret"


def test_key_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys.found_keys(tmp_path, with_recovery=True)
    bundle = keys.new_bundle()
    keys.enrol(tmp_path, "p1", "林若溪", "env", "0f" * 32, bundle)
    monkeypatch.delenv("LIAISON_KEY", raising=False)
    assert refused(tmp_path, None).code == "secret_missing"
    monkeypatch.setenv("LIAISON_KEY", "0f" * 32)
    assert keys.open_as(tmp_path, "p1", None) == bundle
    monkeypatch.setenv("LIAISON_KEY", "0e" * 32)
    assert refused(tmp_path, None).code == "wrong_secret"


def test_refusals_of_enrolment_write_nothing(tmp_path: Path) -> None:
    bundle, _ = desk(tmp_path)
    before = (tmp_path / keys.FILE).read_bytes()
    refusals: list[tuple[str, keys.Mode, str, str]] = [
        ("p1", "passphrase", PHRASE, "person_exists"),
        ("p2", "passphrase", "elevensigns", "passphrase_too_short"),
        ("p2", "env", "", "passphrase_too_short"),
        ("p2", "keyring", "123", "pin_too_short"),
    ]
    for person, mode, secret, code in refusals:
        with pytest.raises(SecurityRefusal, match=code):
            keys.enrol(tmp_path, person, "x", mode, secret, bundle)
    assert (tmp_path / keys.FILE).read_bytes() == before


def test_changing_the_passphrase_keeps_the_keys_and_the_sheet(tmp_path: Path) -> None:
    bundle, code = desk(tmp_path)
    with pytest.raises(SecurityRefusal, match="wrong_secret"):
        keys.change_secret(tmp_path, "p1", OTHER, "something else!")
    keys.change_secret(tmp_path, "p1", PHRASE, OTHER)
    assert keys.open_as(tmp_path, "p1", OTHER) == bundle
    assert refused(tmp_path, PHRASE).code == "wrong_secret"
    assert keys.recover(tmp_path, code) == {"p1": bundle}


def test_wrong_tries_wait_even_after_a_restart_and_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle, _ = desk(tmp_path)
    now = [time.time()]
    monkeypatch.setattr("liaison_app.security.keys.time.time", lambda: now[0])
    waits: list[int] = []
    while len(waits) < 3:
        refusal = refused(tmp_path, OTHER)
        if refusal.code == "too_many_attempts":
            waits.append(refusal.facts["seconds"])
            now[0] += refusal.facts["seconds"]
            assert refused(tmp_path, OTHER).code == "wrong_secret"
    assert waits == sorted(waits)
    assert waits[0] < waits[-1] <= 301
    assert refused(tmp_path, PHRASE).code == "too_many_attempts"  # even the right one waits
    again = "import sys, pathlib; from liaison_app.security import keys; keys.open_as(pathlib.Path(sys.argv[1]), 'p1', sys.argv[2])"
    command = [sys.executable, "-c", again, str(tmp_path), PHRASE]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr.strip().endswith("too_many_attempts")
    now[0] += 302
    assert keys.open_as(tmp_path, "p1", PHRASE) == bundle
    assert refused(tmp_path, OTHER).code == "wrong_secret"  # the count began anew


@pytest.mark.parametrize("content", [b"", b"\x00" * 4096, b"not json", b"[]", b"{}", b"\xff\xfe"])
def test_damaged_file_is_named_and_not_touched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / keys.FILE
    path.write_bytes(content)
    refusal = refused(tmp_path, PHRASE)
    assert (refusal.code, refusal.facts["file"]) == ("keys_damaged", str(path))
    with pytest.raises(SecurityRefusal, match="keys_damaged"):
        keys.enrol(tmp_path, "p2", "x", "passphrase", PHRASE, keys.new_bundle())
    assert path.read_bytes() == content


def test_newer_file_is_refused_and_left(tmp_path: Path) -> None:
    path = tmp_path / keys.FILE
    content = '{"version": 2, "people": {}}'
    path.write_text(content)
    assert refused(tmp_path, PHRASE).code == "keys_newer"
    assert path.read_text() == content


def test_no_file_is_no_desk(tmp_path: Path) -> None:
    assert refused(tmp_path, PHRASE).code == "replica_missing"


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_only_the_owner_reads_the_file(tmp_path: Path) -> None:
    desk(tmp_path)
    refused(tmp_path, OTHER)
    assert {p.stat().st_mode & 0o777 for p in tmp_path.iterdir()} == {0o600}


# -- the recovery sheet ------------------------------------------------------------------------------


def test_sheet_opens_everybody_even_who_came_later(tmp_path: Path) -> None:
    first, code = desk(tmp_path)
    later = keys.new_bundle(first.replica_key)
    keys.enrol(tmp_path, "p2", "高远", "passphrase", OTHER, later)
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("-", "")):
        assert keys.recover(tmp_path, typed) == {"p1": first, "p2": later}


def test_each_mistyped_sign_is_found_in_its_group(tmp_path: Path) -> None:
    _, code = desk(tmp_path)
    groups = code.split("-")
    for number, group in enumerate(groups):
        for at, sign in enumerate(group):
            for wrong in {"2", "Z", "0", "好"} - {sign}:
                typed = [*groups[:number], group[:at] + wrong + group[at + 1 :], *groups[number + 1 :]]
                with pytest.raises(SecurityRefusal) as refusal:
                    keys.recover(tmp_path, "-".join(typed))
                assert (refusal.value.code, refusal.value.facts["group"]) == ("recovery_group_wrong", number + 1)


def test_neighbours_that_changed_places_are_found(tmp_path: Path) -> None:
    _, code = desk(tmp_path)
    groups = code.split("-")
    for number, group in enumerate(groups):
        for at in range(4):
            if group[at] == group[at + 1]:
                continue
            swapped = group[:at] + group[at + 1] + group[at] + group[at + 2 :]
            with pytest.raises(SecurityRefusal) as refusal:
                keys.recover(tmp_path, "-".join([*groups[:number], swapped, *groups[number + 1 :]]))
            assert refusal.value.facts["group"] == number + 1


def test_sheet_of_another_desk_opens_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    _, code = desk(tmp_path / "a")
    desk(tmp_path / "b")
    with pytest.raises(SecurityRefusal, match="recovery_wrong"):
        keys.recover(tmp_path / "b", code)


def test_new_passphrase_by_the_sheet_keeps_the_keys(tmp_path: Path) -> None:
    bundle, code = desk(tmp_path)
    for _ in range(6):
        refused(tmp_path, OTHER)
    with pytest.raises(SecurityRefusal, match="passphrase_too_short"):
        keys.reset_secret(tmp_path, code, "p1", "passphrase", "short")
    with pytest.raises(SecurityRefusal, match="person_unknown"):
        keys.reset_secret(tmp_path, code, "p2", "passphrase", OTHER)
    assert keys.reset_secret(tmp_path, code, "p1", "passphrase", OTHER) == bundle
    assert keys.open_as(tmp_path, "p1", OTHER) == bundle  # and no waiting is left over
    assert refused(tmp_path, PHRASE).code == "wrong_secret"


def test_demo_opens_without_a_secret_and_has_no_sheet(tmp_path: Path) -> None:
    assert keys.found_keys(tmp_path, with_recovery=False) == ()
    bundle = keys.new_bundle()
    keys.enrol(tmp_path, "p1", "演示", "demo", "", bundle)
    assert keys.open_as(tmp_path, "p1", None) == bundle
    with pytest.raises(SecurityRefusal, match="recovery_wrong"):
        keys.recover(tmp_path, "-".join(["22222"] * 8))


# -- what is never written down ----------------------------------------------------------------------


def test_no_key_stands_in_the_file(tmp_path: Path) -> None:
    bundle, code = desk(tmp_path)
    raw = (tmp_path / keys.FILE).read_bytes()
    for secret in (bundle.replica_key, bundle.person_key, bundle.device_secret):
        assert secret not in raw
        assert secret.hex().encode() not in raw
    assert PHRASE.encode() not in raw
    assert code.replace("-", "").encode() not in raw


def test_nothing_printed_holds_a_secret(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    bundle, _ = desk(tmp_path)
    with caplog.at_level(logging.DEBUG):
        refusal = refused(tmp_path, OTHER)
    shown = [repr(bundle), str(bundle), repr(keys.people(tmp_path)), caplog.text, repr(dict(refusal.facts))]
    text = "\n".join([*shown, "".join(traceback.format_exception(refusal)), repr(refusal)])
    for secret in (bundle.replica_key, bundle.person_key, bundle.device_secret):
        assert secret.hex() not in text
        assert repr(secret)[2:-1] not in text
    assert OTHER not in text


# -- keyrings that are not trusted -------------------------------------------------------------------


class Plain(KeyringBackend):
    """A backend that keeps secrets in plain text, as keyrings.alt does."""

    priority = 99
    kept: dict[tuple[str, str], str] = {}  # noqa: RUF012

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


Plain.__module__ = "keyrings.alt.file"


@pytest.fixture
def chosen_backend() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)
    Plain.kept.clear()


@pytest.mark.usefixtures("chosen_backend")
@pytest.mark.parametrize("backend", [null.Keyring, fail.Keyring, Plain])
def test_null_fail_and_plain_text_are_refused(backend: type[KeyringBackend], tmp_path: Path) -> None:
    keyring.set_keyring(backend())
    keys.found_keys(tmp_path, with_recovery=True)
    with pytest.raises(SecurityRefusal, match="keyring_missing"):
        keys.enrol(tmp_path, "p1", "林若溪", "keyring", "2468", keys.new_bundle())
    assert keys.people(tmp_path) == ()
    assert Plain.kept == {}


def test_machine_without_a_bus_leads_to_a_passphrase(tmp_path: Path) -> None:
    program = """
from liaison_app.security import keyring_store
from liaison_app.security.errors import SecurityRefusal
try:
    keyring_store.probe()
except SecurityRefusal as refusal:
    print(refusal.code)
"""
    surroundings = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/nobody",
    }  # fmt: skip
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["keyring_missing"]


def test_keyring_is_imported_late() -> None:
    program = "import sys, liaison_app.security.keys; print('keyring' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"


def test_two_threads_that_change_the_keys_lose_nothing(tmp_path):
    """A round takes the keys of who left while the window lets colleagues in: found by a walk of the window."""
    keys.found_keys(tmp_path, with_recovery=False)
    secret = "a long enough pass-phrase"
    for n in range(4):
        keys.enrol(tmp_path, f"leaves-{n}", f"离任{n}", "env", secret, keys.new_bundle())
    wrong = []

    def do(each):
        try:
            for n in range(4):
                each(n)
        except Exception as error:
            wrong.append(error)

    threads = [
        threading.Thread(target=do, args=(each,))
        for each in (
            lambda n: keys.close_slot(tmp_path, f"leaves-{n}"),
            lambda n: keys.enrol(tmp_path, f"comes-{n}", f"新同事{n}", "env", secret, keys.new_bundle()),
        )
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not wrong
    assert [slot.id for slot in keys.people(tmp_path)] == [f"comes-{n}" for n in range(4)]
