"""Specimens 样张: every document of every profile can be looked at before it is published; a wrong one is refused in words."""

import msgspec
import pytest

from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.profile import load_profile
from tests.documents.reading import text_of
from tests.journeys.test_papers import drawing


@pytest.mark.parametrize("name", ["M1", "M2", "M4"])
def test_every_document_has_a_specimen_that_names_its_fields(desk, name):
    desk.renderer = drawing()
    for document in load_profile(name).documents:
        view = desk.specimen(msgspec.to_builtins(document))
        words = "".join(text_of(view.pdf)).replace("\u3000", "")
        assert view.pages >= 1 and not view.missing_glyphs, document.kind
        if document.form != "slip":
            body = next((n for n, f in enumerate(document.fields) if f.body and f.required), -1)
            shown = [f for f in document.fields[body + 1 :] if f.source and not f.body and not f.items]
            assert all(f.zh.partition("（")[0] in words for f in shown), document.kind


def test_a_wrong_document_is_refused_with_its_place(desk):
    desk.renderer = drawing()
    row = msgspec.to_builtins(load_profile("M1").documents[0])
    for wrong in ({"form": "poster"}, {"fields": [{"zh": "无名"}]}, {"numbered": 7}):
        with pytest.raises(RuleBroken) as refusal:
            desk.specimen({**row, **wrong})
        assert refusal.value.code == "document_wrong" and "$." in refusal.value.facts["reason"]


@pytest.mark.parametrize("name", ["M1", "M2", "M4"])
def test_a_paper_upwards_names_a_contact_and_one_receiver(name):
    upward = [d for d in load_profile(name).documents if d.form == "upward"]
    assert upward
    for document in upward:
        assert {"person.name", "body.telephone"} <= {f.source for f in document.fields}, document.kind
