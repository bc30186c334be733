"""Who opens this desk: wrapped keys in ``keys.json``, released by PIN and keyring, pass-phrase or recovery code.

The file holds only wrapped keys. A PIN alone opens nothing: it releases a key that the system keyring holds.
"""

import base64
import json
import os
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, Final, Literal, ParamSpec, TypeVar

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from liaison_app.security import keyring_store
from liaison_app.security.errors import SecurityRefusal
from liaison_app.security.sealing import seal, unseal

Mode = Literal["demo", "env", "passphrase", "keyring"]
FILE: Final = "keys.json"
VERSION: Final = 1
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 signs without those that look alike on paper; a prime, so that one wrong sign of a group is always found."""
GROUPS: Final = 8
DEMO_SECRET: Final = "liaison-desk demo: fictitious data only"  # noqa: S105
"""A demo holds no real person, so its secret is public and needs no keyring; such a replica can never join."""
PASSPHRASE_MIN: Final = 12
PIN_MIN: Final = 4


class Bundle(msgspec.Struct, frozen=True):
    """Keys of one person on this desk: the replica's, his own, and the secret that tags his acts."""

    replica_key: bytes
    person_key: bytes
    device_secret: bytes

    def __repr__(self) -> str:
        return "Bundle(…)"


class PersonSlot(msgspec.Struct, frozen=True):
    """A person who may open this desk."""

    id: str
    name: str
    mode: Mode


Said = ParamSpec("Said")
Given = TypeVar("Given")
_ONE = threading.RLock()


def _alone(do: Callable[Said, Given]) -> Callable[Said, Given]:
    """Let one thread at a time read keys.json and write it: the window changes a PIN while a round takes a key away."""

    @wraps(do)
    def alone(*args: Said.args, **more: Said.kwargs) -> Given:
        with _ONE:
            return do(*args, **more)

    return alone


def new_bundle(replica_key: bytes | None = None) -> Bundle:
    """Return fresh keys; ``replica_key`` when the replica has one already."""
    return Bundle(replica_key or os.urandom(32), os.urandom(32), os.urandom(32))


@_alone
def found_keys(home: Path, *, with_recovery: bool) -> tuple[str, ...]:
    """Write a new ``keys.json``; return the eight groups of the recovery sheet (恢复单), empty for a demo."""
    data: dict[str, Any] = {"version": VERSION, "home": secrets.token_hex(8), "people": {}, "tries": {}}
    groups: tuple[str, ...] = ()
    if with_recovery:
        groups, data["recovery"] = _new_recovery()
    _write(home, data)
    return groups


@_alone
def new_sheet(home: Path, person: str, secret: str | None) -> tuple[str, ...]:
    """Issue another recovery sheet; return its eight groups. The old one opens nothing any more.

    The keys of the others are on it from their next sign-in on; the replica opens with it at once. Raises
    SecurityRefusal ``wrong_secret``, ``recovery_wrong`` for a demo.
    """
    bundle, data = open_as(home, person, secret), _read(home)
    if "recovery" not in data:
        raise SecurityRefusal("recovery_wrong")
    groups, data["recovery"] = _new_recovery()
    data["recovery"]["people"][person] = _b64(_for_recovery(data["recovery"]["public"], bundle))
    _write(home, data)
    return groups


def _new_recovery() -> tuple[tuple[str, ...], dict[str, Any]]:
    private, groups, salt = X25519PrivateKey.generate(), _new_groups(), os.urandom(16)
    wrapped = seal(_stretch("".join(groups), salt), private.private_bytes_raw(), b"recovery")
    public = _b64(private.public_key().public_bytes_raw())
    return groups, {"salt": _b64(salt), "wrapped": _b64(wrapped), "public": public, "people": {}}


@_alone
def enrol(home: Path, person: str, name: str, mode: Mode, secret: str, bundle: Bundle) -> None:
    """Let a person open this desk. Raise SecurityRefusal for a short PIN or pass-phrase or a missing keyring."""
    data = _read(home)
    if person in data["people"]:
        raise SecurityRefusal("person_exists", person=person)
    check_strength(mode, secret)
    data["people"][person] = _slot(data["home"], person, name, mode, secret, bundle)
    if "recovery" in data:
        data["recovery"]["people"][person] = _b64(_for_recovery(data["recovery"]["public"], bundle))
    _write(home, data)


@_alone
def close_slot(home: Path, person: str) -> None:
    """Take a person's way in away; the others keep theirs. Nothing happens when he has none."""
    data = _read(home)
    slot = data["people"].pop(person, None)
    if slot is None:
        return
    if slot["mode"] == "keyring":
        keyring_store.remove(f"{data['home']}/{person}")
    data["tries"].pop(person, None)
    data.get("recovery", {}).get("people", {}).pop(person, None)
    _write(home, data)


@_alone
def close_home(home: Path, why: str) -> None:
    """Destroy every key of a desk: everybody's way in, the recovery sheet, the password of the line."""
    data = _read(home)
    _write(home, {"version": data["version"], "home": data["home"], "people": {}, "tries": {}, "closed": why})
    for name in [*(p for p, slot in data["people"].items() if slot["mode"] == "keyring"), "line"]:
        with suppress(SecurityRefusal):  # without its other half in the file what a keyring holds opens nothing
            keyring_store.remove(f"{data['home']}/{name}")


def people(home: Path) -> tuple[PersonSlot, ...]:
    """Return who may open this desk."""
    return tuple(PersonSlot(i, s["name"], s["mode"]) for i, s in _read(home)["people"].items())


@_alone
def open_as(home: Path, person: str, secret: str | None) -> Bundle:
    """Return the keys of a person.

    Raises SecurityRefusal ``wrong_secret``, ``too_many_attempts`` or ``person_unknown``.
    """
    data = _read(home)
    slot = data["people"].get(person)
    if slot is None:
        raise SecurityRefusal("person_unknown", person=person)
    tries = data["tries"].get(person, [0, 0])
    wait = tries[1] + min(300, 2 ** max(0, tries[0] - 4)) - time.time() if tries[0] >= 5 else 0
    if wait > 0:
        raise SecurityRefusal("too_many_attempts", seconds=int(wait) + 1)
    key = _kek(data["home"], person, slot, _secret_for(slot["mode"], secret))
    try:
        opened = _unpack(unseal(key, _raw(slot["wrapped"]), person.encode()))
    except SecurityRefusal:
        data["tries"][person] = [tries[0] + 1, int(time.time())]
        _write(home, data)
        raise
    unlisted = "recovery" in data and person not in data["recovery"]["people"]
    if tries[0] or unlisted:
        data["tries"].pop(person, None)
        if unlisted:  # a new recovery sheet was issued since he was here
            data["recovery"]["people"][person] = _b64(_for_recovery(data["recovery"]["public"], opened))
        _write(home, data)
    return opened


@_alone
def change_secret(home: Path, person: str, old: str, new: str) -> None:
    """Give a person another PIN or pass-phrase."""
    bundle, data = open_as(home, person, old), _read(home)
    slot = data["people"][person]
    check_strength(slot["mode"], new)
    data["people"][person] = _slot(data["home"], person, slot["name"], slot["mode"], new, bundle)
    _write(home, data)


@_alone
def rename(home: Path, person: str, name: str) -> None:
    """Write the name under which a person is chosen at the start."""
    data = _read(home)
    if person in data["people"] and data["people"][person]["name"] != name:
        data["people"][person]["name"] = name
        _write(home, data)


@_alone
def keep_line_secret(home: Path, bundle: Bundle, password: str, mode: Mode) -> None:
    """Keep the desk's password for the shared database: in the system keyring, or sealed under the replica's key."""
    data = _read(home)
    if mode == "keyring":
        keyring_store.put(f"{data['home']}/line", password)
        data.pop("line", None)
    else:
        key = _derive(bundle.replica_key, b"line")
        data["line"] = _b64(seal(key, password.encode(), data["home"].encode()))
    _write(home, data)


@_alone
def next_line_secret(home: Path, bundle: Bundle, fresh: str = "") -> str:
    """Return the password that is to follow, '' when none is; ``fresh`` is kept as such where none is yet.

    It is on the disk before the server hears of it: whatever answer is lost, one of the two opens the line.
    """
    data, key = _read(home), _derive(bundle.replica_key, b"line next")
    if "line_next" in data:
        return unseal(key, _raw(data["line_next"]), data["home"].encode()).decode()
    if fresh:
        data["line_next"] = _b64(seal(key, fresh.encode(), data["home"].encode()))
        _write(home, data)
    return fresh


@_alone
def promote_line_secret(home: Path, bundle: Bundle) -> None:
    """The server goes by the next password: keep it where the old one was kept."""
    fresh = next_line_secret(home, bundle)
    keep_line_secret(home, bundle, fresh, "passphrase" if "line" in _read(home) else "keyring")
    data = _read(home)
    data.pop("line_next", None)
    _write(home, data)


def line_secret(home: Path, bundle: Bundle) -> str:
    """Return the desk's password: from ``LIAISON_PASSWORD``, sealed, or from the keyring.

    Raises SecurityRefusal ``line_secret_missing`` when none of them has it.
    """
    given = os.environ.get("LIAISON_PASSWORD")
    if given:
        return given
    data = _read(home)
    if "line" in data:
        return unseal(_derive(bundle.replica_key, b"line"), _raw(data["line"]), data["home"].encode()).decode()
    held = keyring_store.get(f"{data['home']}/line")
    if held is None:
        raise SecurityRefusal("line_secret_missing")
    return held


def recover(home: Path, code: str) -> dict[str, Bundle]:
    """Return the keys of everybody on the desk by the code of the recovery sheet.

    Raises SecurityRefusal ``recovery_group_wrong`` naming the mistyped group, or ``recovery_wrong``.
    """
    data = _read(home)
    if "recovery" not in data:
        raise SecurityRefusal("recovery_wrong")
    groups = code.upper().replace("-", " ").split()
    if len(groups) == 1:
        groups = [groups[0][i : i + 5] for i in range(0, len(groups[0]), 5)]
    for i, group in enumerate(groups):
        if not _group_holds(group):
            raise SecurityRefusal("recovery_group_wrong", group=i + 1)
    recovery = data["recovery"]
    try:
        private = unseal(_stretch("".join(groups), _raw(recovery["salt"])), _raw(recovery["wrapped"]), b"recovery")
    except SecurityRefusal:
        raise SecurityRefusal("recovery_wrong") from None
    mine = X25519PrivateKey.from_private_bytes(private)
    return {p: _from_recovery(mine, _raw(blob)) for p, blob in recovery["people"].items()}


@_alone
def reset_secret(home: Path, code: str, person: str, mode: Mode, secret: str) -> Bundle:
    """Give a person a new PIN or pass-phrase by the recovery code."""
    opened, data = recover(home, code), _read(home)
    if person not in opened:
        raise SecurityRefusal("person_unknown", person=person)
    check_strength(mode, secret)
    name = data["people"][person]["name"]
    data["people"][person] = _slot(data["home"], person, name, mode, secret, opened[person])
    data["tries"].pop(person, None)
    _write(home, data)
    return opened[person]


def _secret_for(mode: str, secret: str | None) -> str:
    if mode == "demo":
        return DEMO_SECRET
    if mode == "env":
        secret = secret or os.environ.get("LIAISON_KEY", "")
    if not secret:
        raise SecurityRefusal("secret_missing", mode=mode)
    return secret


def check_strength(mode: Mode, secret: str) -> None:
    """Raise SecurityRefusal ``pin_too_short`` or ``passphrase_too_short``."""
    if mode == "keyring" and len(secret) < PIN_MIN:
        raise SecurityRefusal("pin_too_short", least=PIN_MIN)
    if mode in {"passphrase", "env"} and len(secret) < PASSPHRASE_MIN:
        raise SecurityRefusal("passphrase_too_short", least=PASSPHRASE_MIN)


def _slot(home: str, person: str, name: str, mode: Mode, secret: str, bundle: Bundle) -> dict[str, str]:
    if mode == "keyring":
        keyring_store.probe()
        keyring_store.put(f"{home}/{person}", _b64(os.urandom(32)))
    slot = {"name": name, "mode": mode, "salt": _b64(os.urandom(16))}
    key = _kek(home, person, slot, DEMO_SECRET if mode == "demo" else secret)
    return {**slot, "wrapped": _b64(seal(key, _pack(bundle), person.encode()))}


def _kek(home: str, person: str, slot: dict[str, str], secret: str) -> bytes:
    salt = _raw(slot["salt"])
    if slot["mode"] == "demo":
        return _derive(secret.encode(), salt)
    stretched = _stretch(secret, salt)
    if slot["mode"] != "keyring":
        return stretched
    held = keyring_store.get(f"{home}/{person}")
    if held is None:
        raise SecurityRefusal("keyring_lost", person=person)
    return _derive(stretched + _raw(held), salt)


def _stretch(secret: str, salt: bytes) -> bytes:
    return hash_secret_raw(
        secret.encode(), salt, time_cost=3, memory_cost=64 * 1024, parallelism=2, hash_len=32, type=Type.ID
    )


def _derive(material: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=b"liaison-desk key").derive(material)


def _for_recovery(public: str, bundle: Bundle) -> bytes:
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(_raw(public)))
    head = once.public_key().public_bytes_raw()
    return head + seal(_derive(shared, head), _pack(bundle), b"recovery person")


def _from_recovery(mine: X25519PrivateKey, blob: bytes) -> Bundle:
    shared = mine.exchange(X25519PublicKey.from_public_bytes(blob[:32]))
    return _unpack(unseal(_derive(shared, blob[:32]), blob[32:], b"recovery person"))


def _pack(bundle: Bundle) -> bytes:
    return bundle.replica_key + bundle.person_key + bundle.device_secret


def _unpack(raw: bytes) -> Bundle:
    return Bundle(raw[:32], raw[32:64], raw[64:96])


def _new_groups() -> tuple[str, ...]:
    groups = []
    for _ in range(GROUPS):
        signs = [secrets.randbelow(len(ALPHABET)) for _ in range(4)]
        check = sum((i + 2) * s for i, s in enumerate(signs)) % len(ALPHABET)
        groups.append("".join(ALPHABET[s] for s in (*signs, check)))
    return tuple(groups)


def _group_holds(group: str) -> bool:
    if len(group) != 5 or any(c not in ALPHABET for c in group):
        return False
    signs = [ALPHABET.index(c) for c in group]
    return sum((i + 2) * s for i, s in enumerate(signs[:4])) % len(ALPHABET) == signs[4]


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _raw(text: str) -> bytes:
    return base64.b64decode(text)


def _read(home: Path) -> dict[str, Any]:
    path = home / FILE
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise SecurityRefusal("replica_missing", home=str(home)) from None
    except PermissionError:
        raise SecurityRefusal("home_denied", home=str(home)) from None
    except (OSError, ValueError):
        raise SecurityRefusal("keys_damaged", file=str(path)) from None
    if not isinstance(data, dict) or not isinstance(data.get("people"), dict):
        raise SecurityRefusal("keys_damaged", file=str(path))
    if data.get("version", 0) > VERSION:
        raise SecurityRefusal("keys_newer", file=str(path))
    return data


def _write(home: Path, data: dict[str, Any]) -> None:
    fresh = home / f"{FILE}.new"
    with fresh.open("wb") as out:
        out.write(json.dumps(data, ensure_ascii=False, indent=1).encode())
        out.flush()
        os.fsync(out.fileno())
    fresh.chmod(0o600)
    fresh.replace(home / FILE)
    settle_folder(home)


def settle_folder(folder: Path) -> None:
    """Put the names in a folder on the disk, where the system can (POSIX)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
