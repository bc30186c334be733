"""Refusals of keys and keyring, with a stable code and facts that never hold a secret."""

from liaison_app.domain.errors import RuleBroken


class SecurityRefusal(RuleBroken):
    """A key, PIN, pass-phrase or recovery code does not open what was asked."""
