"""反复投诉地点: places complained of again inside the mechanism's days, their cases one click away."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk.alike_views import HotPlaceView
from ui.context import Context
from ui.views.page import Page
from ui.widgets.layouts import Column
from ui.widgets.moments import short_moment
from ui.widgets.parts import Card, Chip, button, clear, label


class HotPage(Page):
    """Lists the places, the most complained of first; what to do about them is proposed, nothing is done."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("hotPage")
        self.places: tuple[HotPlaceView, ...] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        self._list = Column(self.tr("反复投诉地点"))
        column.addWidget(self._list)

    def heading(self) -> str:
        """Return the words above the page."""
        return self.tr("反复投诉地点")

    def refresh(self) -> None:
        """Read the places again."""
        self.context.bridge.read(self.context.desk.hot_places, self._take, owner=self, key=f"hot-{id(self)}")

    def refresh_cases(self, case_ids: frozenset[str]) -> None:
        """A new complaint may make a place hot."""
        self.refresh()

    def activated(self) -> None:
        """The first case takes the keyboard."""
        if self.places is None:
            self.refresh()

    def _take(self, places: tuple[HotPlaceView, ...]) -> None:
        if places == self.places:
            return
        self.places = places
        clear(self._list.cards)
        if not places:
            self._list.cards.addWidget(label(self.tr("没有达到本机制门槛的反复投诉地点。"), "quiet", wrap=True))
        for place in places:
            self._list.cards.addWidget(self._card(place))
        self._list.cards.addStretch(1)

    def _card(self, place: HotPlaceView) -> Card:
        card = Card()
        top = QHBoxLayout()
        top.addWidget(label(place.place, "lead", wrap=True), 1)
        hot = place.level == "hot"
        words = self.tr("{days}天内 {n} 件").format(days=place.days, n=place.count)
        top.addWidget(Chip(words, "red" if hot else "amber"))
        card.body.addLayout(top)
        advice = (
            self.tr("建议：列为热点地点，核对是否并案，提交联席会议研究。")
            if hot
            else self.tr("建议：核对是否重复投诉，同一事项的并案办理。")
        )
        card.body.addWidget(label(advice, "quiet", wrap=True))
        for row in place.cases:
            said = f"{row.number}　{row.title}　{row.state_name}　{short_moment(row.registered_at)}"
            made = button(said, partial(self.context.open_case, row.case_id), icon="next", name=f"hot_{row.case_id}")
            made.setStyleSheet("text-align: left;")
            card.body.addWidget(made)
        return card
