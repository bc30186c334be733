"""The base of all parts of a mechanism profile."""

import msgspec


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all parts: a word that the schema does not know is a finding, never ignored."""
