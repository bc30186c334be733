"""What the pages of the first start read: the mechanisms a desk can be founded on and what each asks first."""

from liaison_app.desk.views import View


class FirstQuestion(View, frozen=True, kw_only=True):
    """A setting that a new desk is asked about: why, and the readings in words."""

    setting: str
    name: str
    words: str
    default: str
    choices: tuple[tuple[str, str], ...]


class Beginning(View, frozen=True, kw_only=True):
    """A mechanism on which a desk can be founded: its bodies, what is asked, whether it has a demo."""

    mechanism: str
    name: str
    bodies: tuple[tuple[str, str], ...]
    asked: tuple[FirstQuestion, ...] = ()
    demo: bool = False
