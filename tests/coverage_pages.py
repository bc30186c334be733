"""What is made from the profiles: the coverage pages of docs/mechanisms and the list of checked files.

`python -m tests.coverage_pages` writes them, `--check` finds stale ones. A file with a finding gets no stamp.
"""

import argparse
import csv
import hashlib
import json
import sys
from pathlib import Path

from liaison_app.desk.paper_data import LETTERS
from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.coverage import Coverage, Covered, Place, cited_in, coverage, expand, rule_list
from liaison_app.mechanism.profile import STAMPS, available, bundled_text, load_profile, parse, stamps
from liaison_app.mechanism.schema import Profile

TESTS = Path(__file__).parent
DOCS = TESTS.parent / "docs" / "mechanisms"
MECHANISMS = TESTS.parent / "resources" / "mechanisms"
PAGES = ("M1", "M2", "M4")
OURS = {"coverage_pages.py", "test_coverage.py"}
TABLES = {"cases_m1.tsv": "unit/test_cases.py", "cases_m2.tsv": "unit/test_cases.py", "cases_m4.tsv": "unit/test_cases.py",
          "deadlines.tsv": "unit/test_deadline_cases.py"}  # fmt: skip
"""Tables of tests/data whose lines each name the rule that they show, and the test that goes through them."""
FEW = 6
Shown = dict[str, list[str]]


def shown_by_tests() -> Shown:
    """Return the test files that name each id, themselves or by a line of their table.

    A G id that is also the name of a routing row proves nothing.
    """
    ids = [r.id for r in rule_list()]
    rows = {row.row for profile in _profiles() for row in profile.routing}
    shown: Shown = {}
    for path in sorted(TESTS.rglob("*.py")):
        if path.name in OURS:
            continue
        named = set(cited_in(path.read_text(encoding="utf-8"))) - rows
        for name in {i for text in named for i in expand(text, ids)}:
            shown.setdefault(name, []).append(path.relative_to(TESTS).as_posix())
    for table, test in TABLES.items():
        with (TESTS / "data" / table).open(encoding="utf-8", newline="") as file:
            rules = {line["rule"] for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
        for name in sorted(rules & set(ids)):
            if test not in shown.setdefault(name, []):
                shown[name] = sorted([*shown[name], test])
    return shown


def page(profile: Profile, shown: Shown) -> str:
    """Return the page of a profile."""
    found = coverage(profile)
    lines = [
        f"# {found.mechanism} {profile.meta.name}: where each rule lives", "",
        "Written by `python -m tests.coverage_pages`; do not edit.", "",
        f"{len(found.rules)} rules: **{found.count('encoded')}** encoded, **{found.count('guidance')}** guidance, "
        f"**{found.count('missing')}** missing. {_proved(found, shown)} of the encoded are named by a test.", "",
        "| rule | title | lives in | shown by tests |", "|---|---|---|---|",
        *(_line(line, shown) for line in (*found.rules, *found.others)),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def pages() -> dict[Path, str]:
    """Return every page that can be written now."""
    shown = shown_by_tests()
    found = {DOCS / f"{name}.md": page(load_profile(name), shown) for name in PAGES if name in available()}
    return {**found, DOCS / "papers.md": papers([load_profile(name) for name in PAGES if name in available()])}


FORMS = {
    "sheet": "sheet with cells 表单", "letter": "letter 信函格式", "upward": "upward paper 上行文", "minutes": "minutes 纪要格式",
    "notice": "red head 文件格式", "table": "table 台账", "slip": "slip in three parts 三联单", "cover": "cover 封面", "cards": "桌签", "seats": "座次图",
}  # fmt: skip
NUMBERED = {"ours": "the desk", "office": "the office's register", "none": "—"}


def papers(profiles: list[Profile]) -> str:
    """Return the list of papers: form, who numbers, who signs and whether a seal belongs on it."""
    lines = [
        "# Papers of the mechanisms", "", "Written by `python -m tests.coverage_pages`; do not edit.", "",
        "Numbered by: *the desk* gives the number when the paper goes out, *the office's register* gives it after 签发, "
        "*an act* carries it already. The program prints no seal: where one belongs its place is empty until the sealed paper comes back.",
    ]  # fmt: skip
    for profile in profiles:
        lines += [
            "",
            f"## {profile.meta.id} {profile.meta.name}",
            "",
            "| kind | name | form | numbered by | signed by | seal |",
            "|---|---|---|---|---|---|",
        ]
        for d in profile.documents:
            number = f"an act (`{d.number_source}`)" if d.number_source else NUMBERED[d.numbered]
            signed = "、".join(d.approval) or "—"
            seal = "place left" if d.form in LETTERS or d.form == "slip" or d.stamp else "—"
            lines.append(f"| {d.kind} | {d.name} · {d.en} | {FORMS[d.form]} | {number} | {signed} | {seal} |")
    return "\n".join(lines) + "\n"


def checked() -> dict[str, str]:
    """Return the sha256 of each profile file in which nothing is wrong: those need no search when the program starts."""
    files = {f"{name}.yaml": bundled_text(name) for name in available()}
    return {name: hashlib.sha256(text).hexdigest() for name, text in files.items() if not parse(text, name)[1]}


def stale() -> list[str]:
    """Return the names of what is not as it would be written now, and of pages that have no profile."""
    old = [] if stamps() == checked() else [STAMPS]
    old += [
        path.name for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    return old + [
        f"{name}.md (no profile resources/mechanisms/{name}.yaml)" for name in PAGES if name not in available()
    ]


def main(argv: list[str] | None = None) -> int:
    """Write the pages, or say which are stale."""
    parser = argparse.ArgumentParser(prog="python -m tests.coverage_pages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a page is stale")
    try:
        if not parser.parse_args(argv).check:
            DOCS.mkdir(parents=True, exist_ok=True)
            for path, text in pages().items():
                path.write_text(text, encoding="utf-8")
            if stamps() != checked():
                (MECHANISMS / STAMPS).write_text(json.dumps(checked(), indent=0) + "\n", encoding="utf-8")
        left = stale()
    except RuleBroken as error:
        left = [str(error)]
    for name in left:
        print(f"stale: {name}", file=sys.stderr)
    return 1 if left else 0


def _profiles() -> list[Profile]:
    return [load_profile(name) for name in available()]


def _proved(found: Coverage, shown: Shown) -> int:
    return sum(line.state == "encoded" and line.rule.id in shown for line in found.rules)


def _line(line: Covered, shown: Shown) -> str:
    tests = ", ".join(shown.get(line.rule.id, [])) or "—"
    if line.state == "guidance":
        tests = "guidance for people" if tests == "—" else f"guidance for people; {tests}"
    missing = "**missing**" if line.rule.kind == "rule" else "—"
    return f"| {line.rule.id} | {line.rule.zh} · {line.rule.en} | {_places(line.places) or missing} | {tests} |"


def _places(places: tuple[Place, ...]) -> str:
    parts: dict[str, list[str]] = {}
    for place in places:
        parts.setdefault(place.part, []).append(place.line)
    return "; ".join(_part(part, [x for x in names if x]) for part, names in parts.items())


def _part(part: str, names: list[str]) -> str:
    if not names:
        return part
    more = f" … ({len(names)} lines)" if len(names) > FEW else ""
    return f"{part}: {', '.join(names[:FEW])}{more}"


if __name__ == "__main__":
    sys.exit(main())
