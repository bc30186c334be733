"""A person who cannot see: works the window through the AT-SPI bus, by accessible names and actions only (no Qt, no program).

Run by the system's Python under a session bus with the window beside it (test_screen_reader.py).
"""

import contextlib
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

PATIENCE_S = 40
BUTTON, TEXT, CHOICE = "button", "text", "combo box"
ROLES = {
    "push button": BUTTON,
    "button": BUTTON,
    "toggle button": BUTTON,
    "radio button": BUTTON,
    "check box": BUTTON,
    "text": TEXT,
    "entry": TEXT,
    "combo box": CHOICE,
    "list item": "list item",
}


def program():
    desktop = Atspi.get_desktop(0)
    for n in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(n)
        if child is not None and "liaison" in (child.get_name() or ""):
            return child
    return None


def walk(node, depth=0):
    """Yield what lies under a thing; rows of lists and tables are not read through, as no screen reader does."""
    yield node
    if depth > 30 or (node.get_role_name() in {"list", "table", "tree"} and depth):
        return
    for n in range(node.get_child_count()):
        child = node.get_child_at_index(n)
        if child is not None:
            yield from walk(child, depth + 1)


def shown(node):
    states = node.get_state_set()
    return states.contains(Atspi.StateType.VISIBLE) and states.contains(Atspi.StateType.ENABLED)


def said_of(node):
    """Return what a screen reader says first: of a choice its label, for its own name is what is chosen."""
    if node.get_role_name() == "combo box":
        for relation in node.get_relation_set():
            if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY and relation.get_n_targets():
                return (relation.get_target(0).get_name() or "").replace("&", "").removeprefix("● ")
    return (node.get_name() or "").replace("&", "")


def find(name, role, begins=False):
    """Return the first thing in sight of that name and role; wait until it is there."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        app = program()
        if app is not None:
            try:
                for node in walk(app):
                    said = said_of(node)
                    fits = said.startswith(name) if begins else said == name
                    if fits and ROLES.get(node.get_role_name(), node.get_role_name()) == role and shown(node):
                        return node
            except gi.repository.GLib.Error:
                pass  # a page went while it was read
        time.sleep(0.1)
    heard = (
        []
        if (app := program()) is None
        else [(n.get_role_name(), n.get_name()) for n in walk(app) if n.get_name() and shown(n)]
    )
    raise SystemExit(f"not found: {role} {name}; heard {heard}")


def can_be_pressed(node):
    return node.get_state_set().contains(Atspi.StateType.SENSITIVE)


def press(name, role=BUTTON, begins=False):
    end, node = time.monotonic() + PATIENCE_S, find(name, role, begins)
    while not can_be_pressed(node) and time.monotonic() < end:  # a paper is signed once it was seen
        time.sleep(0.1)
        node = find(name, role, begins)
    action = node.get_action_iface()
    names = [action.get_action_name(n) for n in range(action.get_n_actions())]
    wanted = next((n for n, one in enumerate(names) if one.lower() in {"press", "click", "toggle"}), 0)
    action.do_action(wanted)
    print("pressed", name, flush=True)


def done_with(name):
    """Wait until a button can be pressed no more: what it began is done and nothing is left for it."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        with contextlib.suppress(gi.repository.GLib.Error):
            there = [n for n in walk(program()) if said_of(n).startswith(name) and shown(n) and can_be_pressed(n)]
            if not there:
                return
        time.sleep(0.1)
    raise SystemExit(f"still to be pressed: {name}")


def write(name, words):
    node = find(name, TEXT)
    node.get_editable_text_iface().set_text_contents(words)
    heard = node.get_text_iface().get_text(0, -1)
    assert heard == words, (name, heard)
    print("wrote", name, flush=True)


def sit(name):
    """换人: to the choice of persons, the person, in."""
    press("当前工作人员：", begins=True)
    press(f"{name} ", begins=True)
    press("进入工作台")
    find(f"当前工作人员：{name}", BUTTON, begins=True)


def done_in_form(words):
    """Press the button of a form that bears the words of what opened it, and wait until the form is gone."""
    button = find_last(words, BUTTON)
    button.get_action_iface().do_action(0)
    print("did", words, flush=True)


def main(paper):
    press("登记投诉")
    write("来电记录", "滨河路8号锦绣名城工地半夜打桩，一家人睡不着。")
    write("投诉对象", "锦绣名城工地")
    write("事发地点", "望江街道滨河路8号")
    write("内容", "半夜打桩，一家人睡不着")
    write("投诉人姓名", "王喆堃")
    write("地址", "滨河路10号")
    write("联系方式", "13900000001")
    for fact, value in (("主要反映哪一类污染", "噪声"), ("污染从哪里来", "建筑工地")):
        choose(fact, value)
    press("登记  Ctrl+S")
    press("拟移送", begins=True)
    write("备注", "请尽快办理")
    dialog_ok = find_last("拟移送", BUTTON)
    dialog_ok.get_action_iface().do_action(0)
    find("撤回", BUTTON, begins=True)
    sit("何建平")
    press("打开签批夹")
    press("同意并看下一件", begins=True)
    done_with("同意并看下一件")
    sit("周敏")
    press("移送")
    choose("方式 *", "书面传真")
    done_in_form("移送")
    press("确认送达", begins=True)
    write("确认人", "赵文静")
    write("凭证", "传真回执")
    write("联系人", "赵文静")
    write("联系电话", "86006211")
    done_in_form("确认送达")
    press("环境污染投诉移送单", begins=True)
    press("另存为", begins=True)
    write("文件名称(N)：", paper)
    press("保存", begins=True)
    find("已保存", "label", begins=True)
    print("done", flush=True)


def choose(name, value):
    box = find(name, CHOICE)
    for node in (one for part in walk(box) for one in walk(part)):
        if node.get_name() == value and node.get_role_name() in {"list item", "menu item"}:
            parent, at = node.get_parent(), node.get_index_in_parent()
            selection = parent.get_selection_iface()
            if selection is not None and selection.select_child(at):
                break
            action = node.get_action_iface()
            if action is not None and action.get_n_actions() and action.do_action(0):
                break
    else:
        raise SystemExit(f"{name}: no {value}; {[(n.get_role_name(), n.get_name()) for n in walk(box)]}")
    print("chose", name, value, flush=True)


def find_last(name, role):
    """Return the latest thing of that name: the button in the dialog, not the one that opened it."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        found = [
            n
            for n in walk(program())
            if (n.get_name() or "") == name and ROLES.get(n.get_role_name()) == role and shown(n)
        ]
        if len(found) > 1:
            return found[-1]
        time.sleep(0.1)
    raise SystemExit(f"no second {name}")


if __name__ == "__main__":
    if "--tree" in sys.argv:
        time.sleep(4)
        for node in walk(program()):
            print(node.get_role_name(), "|", node.get_name(), "|", shown(node))
    else:
        main(sys.argv[1])
