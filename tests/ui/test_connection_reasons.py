"""测试连接 in the wizard: each way in which a line fails, made really, has a sentence of its own that a liaison understands."""

import re
import shutil
import socket
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from liaison_app.desk.administering import Administration
from liaison_app.desk.joining import try_line
from liaison_app.domain.errors import RuleBroken
from liaison_app.sync import link
from liaison_app.sync.wire import named
from liaison_app.words.errors import told
from tests.sync.conftest import cluster, district, shared_district
from tests.ui.test_sync_window import windows

__all__ = ["cluster", "district", "shared_district", "windows"]
JARGON = re.compile(r"psycopg|libpq|sqlstate|errno|traceback|fatal|SSL|TLS|SCRAM|\{|\}", re.I)


@pytest.fixture
def silent():
    """A port that takes a connection and never says a word."""
    with socket.socket() as ear:
        ear.bind(("127.0.0.1", 0))
        ear.listen(8)
        yield ear.getsockname()[1]


def ways(district, silent):
    """Yield what is wrong, address, code and the refusal that is to come."""
    good, code = district.url(), district.code("p-zhoumin")
    port = f":{district.cluster.port}/"
    certificate = str(district.cluster.home / "server.crt")
    elsewhere = str(district.cluster.home / "other.crt")
    shutil.copy(certificate, elsewhere)
    yield "no address", "db.example", code, "server_address"
    yield "no host of that name", "postgresql://no-such-host.invalid/x", code, "server_name"
    yield "nobody at the port", good.replace(port, ":9/"), code, "server_port"
    yield "no answer", good.replace(port, f":{silent}/"), code, "server_silent"
    yield "another name than in the certificate", good.replace("localhost", "db.example"), code, "server_certificate"
    yield "no such database", good.replace(district.name, "nothing"), code, "server_database"
    yield "another database", good.replace(f"/{district.name}", "/postgres"), code, "server_other_database"
    yield "a code of nobody", good, "2222-2222-2222-2222-2222-2222", "server_password"
    yield "a code typed half", good, code[:-5], "code_form"


def test_every_way_a_line_fails_has_its_sentence_in_the_window(windows, tmp_path, district, silent, monkeypatch):
    monkeypatch.setattr("liaison_app.sync.wire.CONNECT_DEADLINE", 2.0)
    driven = windows(tmp_path / "w")
    driven.until(lambda: driven.window.founding is not None)
    pages = driven.window.founding
    pages.findChild(QPushButton, "foundMember").click()
    said = {}
    for what, url, code, refusal in ways(district, silent):
        with pytest.raises(RuleBroken) as broken:
            try_line(url, code)
        assert broken.value.code == refusal, what
        for lang in ("zh_CN", "en"):
            words = told(broken.value.code, broken.value.facts, lang)
            assert not JARGON.search(words), (what, words)
        pages.page.url.setText(url)
        pages.page.code.setText(code)
        pages._words.hide()
        pages.findChild(QPushButton, "joinTest").click()
        driven.until(lambda: pages._words.isVisible() and not pages._working)
        assert pages._words.property("role") == "wrong", what
        said[what] = pages._words.text()
    assert len(set(said.values())) == len(said), said
    pages.page.url.setText(district.url())
    pages.page.code.setText(district.code("p-zhoumin"))
    pages.findChild(QPushButton, "joinTest").click()
    driven.until(lambda: not pages._working and pages._words.property("role") == "quiet")


def test_a_code_that_was_used_and_one_that_lapsed_are_refused(tmp_path, district):
    used = district.code("p-zhoumin")
    role = f"desk_{used.replace('-', '')[:7].lower()}"
    try_line(district.url(), used)
    district.sql(f"ALTER ROLE {role} VALID UNTIL '2020-01-01'")
    with pytest.raises(RuleBroken) as broken:
        try_line(district.url(), used)
    assert broken.value.code == "server_password"


@pytest.mark.parametrize("off", [timedelta(days=2), timedelta(hours=-3)])
def test_a_pc_whose_clock_is_wrong_is_told(district, monkeypatch, off):
    class Off(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + off

    monkeypatch.setattr(link, "datetime", Off)
    with pytest.raises(RuleBroken) as broken:
        try_line(district.url(), district.code("p-zhoumin"))
    assert broken.value.code == "clocks_apart"


@pytest.mark.parametrize("off", [timedelta(days=2), timedelta(0)])
def test_the_administrator_is_told_of_a_clock_that_is_wrong(district, monkeypatch, desk, off):
    class Off(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + off

    monkeypatch.setattr(link, "datetime", Off)
    hand = Administration(district.url(), "administrator", district.cluster.password, desk)
    found = hand.district().clocks
    assert (found is not None) == bool(off)
    if found is not None:
        here, there = map(datetime.fromisoformat, found)
        assert here - there >= off - timedelta(minutes=1)


def test_a_server_that_speaks_chinese_is_understood():
    values = {"host": "db", "port": "5432"}
    for words, code in (
        ('致命错误:  用户 "desk_a" Password 认证失败', "server_password"),
        ('致命错误:  数据库 "x" 不存在', "server_database"),
        ('致命错误:  不允许角色"desk_a" 进行登录', "desk_closed"),
        ('致命错误:  由角色"desk_a"发起的连接太多了', "server_busy"),
        ('致命错误:  没有用于主机 "1", 用户 "a", 数据库 "b", SSL 加密 的 pg_hba.conf 记录', "server_password"),
    ):
        assert named(Exception(words), values).code == code, words
