"""The acts that a case page offers: in which order, under which words, and what is entered for bodies without a desk."""

from PySide6.QtCore import QCoreApplication

from liaison_app.desk.views import ActionView, CaseView

NEXT_STEPS = (
    "complete",
    "confirm-proxy",
    "propose-transfer",
    "approve",
    "return",
    "transfer",
    "report-urgent",
    "deliver",
    "sign",
    "accept",
    "inform",
    "countersign",
    "take-over",
    "arrive",
)
"""Acts that carry a case on, in the order in which they are offered; all others stand under 其他."""
PAPER_ACTS = ("issue-paper", "void-paper", "seal-paper")
"""Acts on papers that need one to be about."""
ICONS = {
    "draft-reply": "note",
    "submit-reply": "send",
    "approve-reply": "approve",
    "return-reply": "back",
    "send-reply": "send",
    "complete": "note",
    "propose-transfer": "send",
    "approve": "approve",
    "return": "back",
    "transfer": "send",
    "deliver": "ok",
    "sign": "sign",
    "accept": "accept",
    "inform": "phone",
    "report-urgent": "urgent",
    "countersign": "sign",
    "note": "note",
    "attach": "attach",
    "inquire": "phone",
    "reveal": "secret",
}


FEW = 6
"""So many acts that are entered for others stand open; more are folded away under their bodies."""


def words_of(action: ActionView) -> str:
    """Return the words of an act's button; two acts of one name are told apart by what they are about."""
    about = [
        field
        for field in action.fields
        if field.name in ("what", "outcome", "kind", "step") and len(field.choices) == 1
    ]
    words = action.label
    if about:
        what = about[0].choices[0][1]
        words = what if about[0].name == "outcome" else _worded(action.label, what)
    return _worded(words, entered_for(action)) if action.for_body else words


def entered_for(action: ActionView) -> str:
    """Return for which body an act is entered, in words."""
    return QCoreApplication.translate("CasePage", "代{body}").format(body=action.for_name)


def _worded(act: str, what: str) -> str:
    return QCoreApplication.translate("CasePage", "{act}（{what}）").format(act=act, what=what)


def steps_of(case: CaseView) -> tuple[list[ActionView], list[ActionView]]:
    """Return the acts that carry a case on, first things first, and all others of the own body."""
    order = {name: at for at, name in enumerate(dict.fromkeys((*case.awaits, *NEXT_STEPS)))}
    if not case.missing:
        order["complete"] = len(order)  # nothing is missing: completing is possible, not next
    steps = sorted((one for one in case.actions if one.action in order), key=lambda one: order[one.action])
    return steps, [one for one in case.actions if one.action not in order and not unneeded(one)]


def standing_of(case: CaseView) -> tuple[list[ActionView], list[ActionView]]:
    """Return what is to be entered for bodies without a desk now (代录), and what else can be."""
    own = {one.action for one in case.actions}
    offered = [one for one in case.standing_in if not unneeded(one)]
    now = [one for one in offered if one.action in case.awaits and one.action not in own]
    return now, [one for one in offered if one not in now]


def unneeded(action: ActionView) -> bool:
    """Return whether an act on a paper has no place on the page: printing records itself, there is no number yet."""
    if action.action in ("print-paper", "take-out"):
        return True
    about = next((f for f in action.fields if f.name == "kind"), None)
    return action.action in PAPER_ACTS and (about is None or not about.choices)
