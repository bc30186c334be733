"""The chain of a text 审核、核稿、会签、签发 as data of a profile (OFFICE B7): its steps in order, the last one signs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

import msgspec

from liaison_app.mechanism.part import Part

LONGEST: Final = 5


class ChainStep(Part, frozen=True):
    """One step: 核稿 ``check``, 审核 ``review``, 会签 ``cosign``, 签发 ``sign``; by whom it is taken at a screen.

    ``apart``: not by the person who submitted the text. A step of another body (会签) is entered with its paper.
    """

    code: Literal["check", "review", "cosign", "sign"]
    persons: list[str] = msgspec.field(default_factory=lambda: ["leader"])
    apart: bool = False


class Chain(Part, frozen=True):
    """The chain of some kinds of texts; with ``setting`` it stands where that reading is chosen."""

    texts: list[str]
    steps: list[ChainStep]
    setting: str = ""
    value: str = ""


def before_signing(chains: Sequence[Chain], settings: Mapping[str, str], text: str) -> tuple[ChainStep, ...]:
    """Return the steps that a text passes before it is signed; none where no chain is given."""
    for chain in chains:
        if text in chain.texts and (not chain.setting or settings.get(chain.setting) == chain.value):
            return tuple(chain.steps[:-1])
    return ()


def chain_doubts(chains: Sequence[Chain], settings: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with chains; ``settings``: the readings that each setting has."""
    for i, chain in enumerate(chains):
        if not 1 <= len(chain.steps) <= LONGEST:
            yield f"chains[{i}]", f"1 to {LONGEST} steps"
        codes = [step.code for step in chain.steps]
        if codes.count("sign") != 1 or codes[-1:] != ["sign"]:
            yield f"chains[{i}]", "a last step that signs, and no other that does"
        if len(set(codes)) < len(codes):
            yield f"chains[{i}]", "each step once"
        if chain.setting and chain.value not in settings.get(chain.setting, ()):
            yield (
                f"chains[{i}]",
                f"a setting of this profile and one of its values instead of {chain.setting}={chain.value}",
            )
