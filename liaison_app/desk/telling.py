"""Acts of handling in words for the timeline: what each event says, field by field. Pure."""

from collections.abc import Callable
from typing import Final

import msgspec

from liaison_app.domain import handling_events as he
from liaison_app.domain.event_base import Event, kind_of
from liaison_app.words import labels

ACTION_OF: Final[dict[type[Event], str]] = {
    he.Objected: "object", he.TransferKept: "keep-transfer", he.Disputed: "dispute", he.Designated: "designate",
    he.Ruled: "rule", he.AssistanceAsked: "assist-ask", he.AssistanceGiven: "assist-give", he.Investigated: "investigate",
    he.CaseFiled: "file-case", he.LetterSent: "city-letter", he.ReplyDrafted: "draft-reply",
    he.ReplySubmitted: "submit-reply", he.ReplyApproved: "approve-reply", he.ReplyCommented: "return-reply", he.ReplyPassed: "pass-reply",
    he.ReplyReturned: "return-reply", he.ReplySent: "send-reply", he.RepliedForNow: "preliminary-reply",
    he.FedBack: "feedback", he.Revisited: "revisit", he.SentBack: "redo", he.Evaluated: "evaluate", he.Urged: "urge",
    he.Supervised: "supervise", he.Listed: "list", he.Unlisted: "unlist", he.Closed: "close", he.Archived: "archive",
    he.Published: "publish", he.Merged: "merge", he.Unmerged: "unmerge", he.Joined: "joined", he.Parted: "parted", he.Reopened: "reopen", he.ClockPaused: "pause",
    he.ClockResumed: "resume", he.ExtensionAsked: "ask-extension", he.ExtensionGranted: "grant-extension",
    he.Marked: "mark", he.Unmarked: "unmark", he.AlarmAnswered: "answer-alarm", he.Stepped: "step",
}  # fmt: skip
PAPERS: Final[dict[type[Event], str]] = {
    he.Disputed: "designation-proposal", he.Designated: "designation", he.Investigated: "site-record",
    he.CaseFiled: "case-filing", he.LetterSent: "city-letter", he.ReplySent: "reply", he.FedBack: "feedback",
    he.Urged: "urging", he.Supervised: "supervision", he.SentBack: "redo", he.Listed: "listing", he.Unlisted: "delisting",
    he.Revisited: "revisit", he.Evaluated: "panel", he.AssistanceAsked: "assist-request",
    he.AssistanceGiven: "assist-opinion", he.Objected: "objection",
}  # fmt: skip
QUIET: Final = {"sha256", "reply", "case"}
TIMES: Final = {"until", "since", "extended_to", "set_out_at", "arrived_at", "ended_at", "promised", "limit"}


def told(event: Event, lang: str, body: Callable[[str], str], name: Callable[[str], str]) -> tuple[str, str, str]:
    """Return (text, act, paper kind or '') of an event of handling; its own tag as act when it is none."""
    action = ACTION_OF.get(type(event))
    if action is None:
        return "", kind_of(event), ""
    parts = []
    for field, value in msgspec.structs.asdict(event).items():
        if value in ("", None, (), {}, False) or field in QUIET:
            continue
        if field == "into" and isinstance(event, he.Merged) and event.number:
            continue
        parts.append(_part(action, field, value, lang, body, name))
    return labels.clauses(parts, lang), action, PAPERS.get(type(event), "")


def _part(
    action: str, field: str, value: object, lang: str, body: Callable[[str], str], name: Callable[[str], str]
) -> str:
    caption = labels.field_label(action, field, lang)
    if value is True:
        return caption
    table = labels.choices_of(action, field)
    words = str(value)
    if table and words in table:
        words = labels.pick(table[words], lang)
    elif field in {"body", "proposed", "lead"}:
        words = body(words)
    elif field == "leader":
        words = name(words)
    elif field in TIMES:
        words = words[:16].replace("T", " ")
    elif isinstance(value, tuple):
        words = labels.listed(map(str, value), lang)
    return labels.said(caption, words, lang)
