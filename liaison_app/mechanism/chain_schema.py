"""The chain of a text 审核、核稿、会签、签发 as data of a profile (OFFICE B7): its steps in order, the last one signs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

import msgspec

from liaison_app.mechanism.part import Part

LONGEST: Final = 5


class ChainStep(Part, frozen=True):
    """One step: 核稿 ``check``, 审核 ``review``, 会签 ``cosign``, 签发 ``sign``; by whom it is taken at a screen.

    ``apart``: not by the person who submitted the text. A step of another body (会签) is entered with its paper.
    In the chain that a body chose for itself ``people`` names who takes the step (A角, then B角), ``body`` who co-signs.
    """

    code: Literal["check", "review", "cosign", "sign"]
    persons: list[str] = msgspec.field(default_factory=lambda: ["leader"])
    apart: bool = False
    people: list[str] = []
    body: str = ""

    def named(self, people: list[str], body: str) -> "ChainStep":
        """Return the step with who takes it."""
        return msgspec.structs.replace(self, people=people, body=body)


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


USUAL: Final[dict[str, ChainStep]] = {
    "check": ChainStep(code="check", persons=["liaison", "leader"], apart=True), "review": ChainStep(code="review"),
    "cosign": ChainStep(code="cosign", persons=[]), "sign": ChainStep(code="sign"),
}  # fmt: skip
"""Who takes a step at a screen where a body's own chain names nobody."""
OF_BODY: Final = "reply.chain."
"""What the reading begins with that holds the own chain of a body; the body's id follows, the value is its steps."""


def packed(steps: Sequence[ChainStep]) -> str:
    """Return the own chain of a body as the value of its reading; '' for none: the district's holds again."""
    lines = [
        {"code": s.code, **({"people": s.people} if s.people else {}), **({"body": s.body} if s.body else {})}
        for s in steps
    ]
    return msgspec.json.encode(lines).decode() if lines else ""


def unpacked(value: str) -> tuple[ChainStep, ...]:
    """Return the own chain of a body; () where there is none, or one that this program does not read."""
    try:
        lines = msgspec.json.decode(value or "[]", type=list[_Line])
    except (msgspec.DecodeError, msgspec.ValidationError):
        return ()
    return tuple(USUAL[line.code].named(line.people, line.body) for line in lines)


class _Line(msgspec.Struct):
    """A step as it is written in the reading."""

    code: Literal["check", "review", "cosign", "sign"]
    people: list[str] = []
    body: str = ""


def own_chain_doubt(steps: Sequence[ChainStep]) -> str:
    """Return the code of what is wrong with the own chain of a body, '' when nothing is."""
    codes = [step.code for step in steps]
    if not 1 <= len(steps) <= LONGEST or codes.count("sign") != 1 or codes[-1] != "sign":
        return "own_chain_end"
    if len(set(codes)) < len(codes):
        return "own_chain_twice"
    return "own_chain_cosign" if any(s.code == "cosign" and not s.body for s in steps) else ""


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
