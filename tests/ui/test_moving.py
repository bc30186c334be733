"""While old data are moved to a newer form the start page says which step it is at; closing stops that safely."""

import pytest

from liaison_app.domain.errors import RuleBroken
from tests.store.test_replica import older
from ui.views.main_window import Splash


def test_the_start_page_says_the_step_and_the_desk_opens_afterwards(start, home, desk, monkeypatch):
    desk.close()
    older(home, "0009")
    said = []
    real = Splash.__init__

    def kept(self, *words, **more):
        real(self, *words, **more)
        said.append(self.words)

    monkeypatch.setattr(Splash, "__init__", kept)
    seen = []
    driven = start(home)
    driven.program.moving._came.connect(lambda *what: seen.append((what, said[-1].text())))
    driven.until(lambda: driven.workplace is not None, 60)
    steps = [what[0] for what, _ in seen]
    assert steps == sorted(steps) and set(steps) == set(range(1, seen[0][0][1] + 1))
    assert "备份" in seen[0][1] and "第 1 步" in seen[0][1]
    assert f"第 {steps[-1]} 步，共 {steps[-1]} 步" in seen[-1][1] and "数据不会丢" in seen[-1][1]


def test_once_the_window_is_closed_a_migration_goes_no_further(driven):
    driven.program.moving.told(2, 4, 0.5)
    driven.program.close()
    with pytest.raises(RuleBroken, match="migration_stopped"):
        driven.program.moving.told(2, 4, 0.75)
