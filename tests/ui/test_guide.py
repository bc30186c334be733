"""The guide on paper says what F1 says, with a picture of every page that it speaks of."""

import pytest

from tests.ui import guide


@pytest.mark.parametrize("lang", guide.LANGS)
def test_the_guide_is_what_the_program_says_now(lang):
    written = (guide.PLACE / f"{lang}.md").read_text(encoding="utf-8")
    assert written == guide.text(lang), "make guide"
    pictures = {p.stem for p in (guide.PLACE / lang).glob("*.png")}
    assert pictures == {name for names in guide.PICTURES.values() for name in names}
