"""入网 without a network in the window: the request written, the program closed, the answer taken, the first page shown."""

import pytest
from PySide6.QtWidgets import QPushButton

from liaison_app.sync import posting
from tests.sync.conftest import cluster, district, shared_district
from tests.sync.seats import SECRET
from tests.ui.test_sync_window import picture, windows

__all__ = ["cluster", "district", "shared_district", "windows"]


def press(page, name):
    page.findChild(QPushButton, name).click()


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_desk_behind_a_fence_is_let_in_by_files(windows, tmp_path, district, lang):
    home, ask, answer = tmp_path / "fenced", tmp_path / "ask.ldp", tmp_path / "answer.ldp"
    code = district.code("p-zhoumin")
    first = windows(home, lang)
    pages = first.window.founding
    pages.show_page("join")
    first.settle()
    press(pages.page, "joinAsk")
    assert pages._words.text(), "person and code are asked for"
    pages.page.person.setText("p-zhoumin")
    pages.page.code.setText(code)
    pages.page.lock.put("passphrase", SECRET, SECRET)
    pages.page.keep()
    pages.ask_by_file(str(ask))
    first.until(lambda: ask.exists() and not pages._working, 30)
    first.settle()
    picture(first, f"join-by-file-{lang}")
    assert ("导入入网答复" if lang == "zh_CN" else "import it") in pages._words.text()
    first.program.close()
    with district.boss() as boss:
        answer.write_bytes(posting.admit(boss, ask.read_bytes(), code)[0])
    second = windows(home, lang)
    second.settle()
    pages = second.window.founding
    assert pages is not None and pages.begun.page == "join", "it waits for the answer where it was left"
    pages.page.person.setText("p-zhoumin")
    pages.page.lock.put("passphrase", SECRET, SECRET)
    pages.page.keep()
    pages.answer_by_file(str(answer))
    second.until(lambda: second.workplace is not None, 60)
    second.settle()
    assert second.program.desk.person.name == "周敏"
    picture(second, f"joined-by-file-{lang}")
