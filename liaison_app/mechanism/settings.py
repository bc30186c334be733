"""Readings of a profile's settings: only those that it lists (catalogue 19.1)."""

from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.schema import Profile


def checked_reading(profile: Profile, name: str, value: object) -> str:
    """Return the reading as text. Raise RuleBroken ``setting_value`` for an unknown setting or value."""
    setting = next((s for s in profile.settings if s.id == name), None)
    if setting is None:
        known = ", ".join(sorted(s.id for s in profile.settings))
        raise RuleBroken("setting_value", field=name, value=name, expected=known)
    if not setting.free and str(value) not in setting.values:
        raise RuleBroken("setting_value", field=name, value=str(value), expected=", ".join(setting.values))
    return str(value)
