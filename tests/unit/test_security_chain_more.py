"""The chain of a device log and sealed drafts: what they must notice."""

import hashlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_app.security import chain
from liaison_app.security.errors import SecurityRefusal
from liaison_app.security.sealing import seal, unseal

HASH = st.binary(min_size=32, max_size=32)
SALT = st.binary(min_size=16, max_size=16)


def test_act_hash_is_the_published_formula() -> None:
    assert chain.act_hash(chain.GENESIS, b"{}") == hashlib.sha256(b"LD1" + bytes(32) + b"{}").digest()


def test_tag_is_hmac_sha256_by_a_known_vector() -> None:
    """RFC 4231, test case 2."""
    expected = bytes.fromhex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    assert chain.tag(b"Jefe", b"what do ya want for nothing?") == expected


@given(HASH, st.binary(), st.binary(min_size=1, max_size=1), st.data())
def test_a_changed_header_breaks_the_chain(prev: bytes, header: bytes, sign: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(header)))
    assert chain.act_hash(prev, header) != chain.act_hash(prev, header[:at] + sign + header[at:])


@given(SALT, SALT, st.binary())
def test_the_salt_hides_equal_personal_parts(one: bytes, other: bytes, part: bytes) -> None:
    assert (chain.personal_hash(one, part) == chain.personal_hash(other, part)) == (one == other)


@given(st.binary(), st.binary())
def test_open_part_is_told_from_any_other(part: bytes, other: bytes) -> None:
    assert (chain.open_hash(part) == chain.open_hash(other)) == (part == other)


@given(HASH, HASH, HASH)
def test_tag_of_another_secret_or_a_shortened_one_does_not_hold(secret: bytes, other: bytes, hashed: bytes) -> None:
    tag = chain.tag(secret, hashed)
    assert chain.tag_holds(secret, hashed, tag)
    assert chain.tag_holds(other, hashed, tag) == (other == secret)
    assert not chain.tag_holds(secret, hashed, tag[:-1])


@given(HASH, st.binary(min_size=4), st.binary(max_size=50))
def test_sealing_round_trip_never_shows_the_text(key: bytes, text: bytes, context: bytes) -> None:
    sealed = seal(key, text, context)
    assert unseal(key, sealed, context) == text
    assert text not in sealed


@given(st.binary(), st.data())
def test_any_flipped_bit_of_a_sealed_draft_is_noticed(text: bytes, data: st.DataObject) -> None:
    key = os.urandom(32)
    sealed = bytearray(seal(key, text, b"draft"))
    at = data.draw(st.integers(0, 8 * len(sealed) - 1))
    sealed[at // 8] ^= 1 << at % 8
    with pytest.raises(SecurityRefusal, match="wrong_secret"):
        unseal(key, bytes(sealed), b"draft")


def test_another_persons_key_or_another_drafts_place_does_not_open() -> None:
    mine, hers = os.urandom(32), os.urandom(32)
    sealed = seal(mine, "来电人说机器整夜不停".encode(), b"draft-1")
    for key, context in ((hers, b"draft-1"), (mine, b"draft-2")):
        with pytest.raises(SecurityRefusal, match="wrong_secret"):
            unseal(key, sealed, context)


@given(st.binary(max_size=40))
def test_rubbish_is_refused_with_our_own_error(rubbish: bytes) -> None:
    with pytest.raises(SecurityRefusal, match="wrong_secret"):
        unseal(bytes(32), rubbish, b"")


def test_same_text_seals_differently_each_time() -> None:
    assert seal(bytes(32), b"x", b"") != seal(bytes(32), b"x", b"")
