"""The support bundle after a whole story in the window: not one planted name, telephone, address or word of it inside."""

import zipfile

from liaison_app.desk.file_views import NewFile
from liaison_app.domain.errors import RuleBroken
from tests.journeys.test_whole_walk import Office
from ui.dialogs import errors

PLANTED = (
    "王喆堃", "13900000001", "滨河路10号", "半夜打桩", "邻居李女士", "13700001234", "锦绣名城", "内部掌握", "欧阳明理",
    "62345678", "来电录音", "已责令停工", "整改方案", "望江街道", "周敏", "赵文静",
)  # fmt: skip


def test_nothing_planted_is_in_the_bundle(driven, home, tmp_path, monkeypatch):
    monkeypatch.setattr(errors, "_crash_file", [])
    errors.install_crash_handler(home / "log", lambda error: None)
    try:
        desk = driven.program.desk
        office = Office(desk)
        office.accepted()
        office.do("EPB", "note", text="内部掌握：欧阳明理 62345678")
        office.do("EPB", "investigate", findings="邻居李女士13700001234证实", verified=True)
        desk.attach_files(office.case, [NewFile(name="来电录音王喆堃.wav", content=b"RIFF0000WAVEfmt ")])
        office.do("EPB", "draft-reply", kind="formal", text="王喆堃同志：\n已责令停工。")
        office.refused("refusal_forbidden", "EPB", "refuse", reason="欧阳明理不同意整改方案")
        office.refused("unknown_body", "EPB", "assist-ask", body="欧阳明理", what="整改方案")
        driven.workplace.open_case(office.case)
        driven.settle()
        driven.workplace.row.search.setText("王喆堃 13900000001")
        driven.bot.wait(400)
        driven.settle()
        driven.program.show_error(RuleBroken("case_unknown", value="王喆堃"), None)
        driven.dialog("errorDialog").accept()
        for broken in (ValueError("王喆堃 13900000001"), FileNotFoundError(2, "没有", "/home/王喆堃/来电录音.wav")):
            try:
                raise broken
            except Exception as error:  # what nobody caught goes through the hook of the process
                import sys

                sys.excepthook(type(error), error, error.__traceback__)
        from liaison_app.desk.opening import support_bundle

        support_bundle(home, tmp_path / "诊断.zip")
    finally:
        errors.remove_crash_handler()
    with zipfile.ZipFile(tmp_path / "诊断.zip") as box:
        inside = {name: box.read(name) for name in box.namelist()}
    assert {"versions.txt", "desk.log", "crash.txt"} <= set(inside)
    everything = b"\n".join([*inside.values(), "\n".join(inside).encode()])
    found = [w for w in PLANTED if any(w.encode(code) in everything for code in ("utf-8", "gb18030", "utf-16-le"))]
    assert found == []
    escaped = [w for w in PLANTED if w.encode("unicode_escape") in everything]
    assert [w for w in escaped if not w.isascii()] == []
    text = inside["crash.txt"].decode()
    assert "ValueError" in text and "test_support_bundle.py" in text
    assert str(home) not in everything.decode("utf-8", "replace")
    assert "schema" in inside["versions.txt"].decode()
