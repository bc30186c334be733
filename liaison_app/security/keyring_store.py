"""The system keyring, from an allow-list, proved with a real secret before it is trusted (SYNC §3)."""

import secrets
from collections.abc import Callable
from typing import Any, Final

from liaison_app.security.errors import SecurityRefusal

SERVICE: Final = "liaison-desk"
TRUSTED: Final = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.Windows",
    "keyring.backends.macOS",
)


def probe() -> None:
    """Prove that the keyring keeps a secret. Raise SecurityRefusal ``keyring_missing`` or ``keyring_locked``."""
    name, secret = f"probe/{secrets.token_hex(8)}", secrets.token_hex(32)
    put(name, secret)
    try:
        if get(name) != secret:
            raise SecurityRefusal("keyring_missing", reason="probe")
    finally:
        remove(name)


def put(name: str, secret: str) -> None:
    """Keep a secret in the system keyring."""
    _backend().set_password(SERVICE, name, secret)


def get(name: str) -> str | None:
    """Return a secret from the system keyring, None when it is not there."""
    found = _backend().get_password(SERVICE, name)
    return None if found is None else str(found)


def remove(name: str) -> None:
    """Remove a secret; nothing happens when it is not there."""
    import keyring.errors

    try:
        _backend().delete_password(SERVICE, name)
    except keyring.errors.PasswordDeleteError:
        return


class _Guarded:
    """A backend whose own errors come out as refusals of ours."""

    def __init__(self, backend: object) -> None:
        self._backend = backend

    def __getattr__(self, name: str) -> Callable[..., Any]:
        import keyring.errors as errors

        method = getattr(self._backend, name)

        def call(*args: str) -> Any:
            try:
                return method(*args)
            except errors.PasswordDeleteError:
                raise
            except errors.KeyringLocked:
                raise SecurityRefusal("keyring_locked") from None
            except errors.KeyringError as error:
                raise SecurityRefusal("keyring_missing", reason=type(error).__name__) from None

        return call


def _backend() -> _Guarded:
    import keyring
    from keyring.backends import chainer

    backend = keyring.get_keyring()
    if isinstance(backend, chainer.ChainerBackend):
        trusted = [b for b in backend.backends if type(b).__module__.startswith(TRUSTED)]
        if not trusted:
            raise SecurityRefusal("keyring_missing", reason="no trusted backend")
        backend = trusted[0]
    if not type(backend).__module__.startswith(TRUSTED):
        raise SecurityRefusal("keyring_missing", reason=type(backend).__module__)
    return _Guarded(backend)
