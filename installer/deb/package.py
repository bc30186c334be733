"""Makes the Debian package from the frozen program: ``python installer/deb/package.py BUNDLE OUT [--store]``.

The files lie under ``/opt/apps/<id>/`` as the desktops UOS and Kylin want it (info, entries, files). ``--store`` leaves out the
copies under ``/usr`` that other desktops read; the shops of both desktops refuse packages with anything outside ``/opt/apps``.
No maintainer scripts: menus, icons and file types are refreshed by dpkg's own triggers.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
APP = "org.liaisondesk.desk"
SIZES = (16, 24, 32, 48, 64, 96, 128, 256, 512)
SUMMARY_ZH, SUMMARY_EN = "区县各部门联络员的工作台", "The desk of a district's department liaisons"
TOLD_ZH = "登记群众反映，用移送单移送，按工作日计时，办理、答复、回访、催办，联席会议和纪要；断网照常使用，联网后同步。"
TOLD_EN = "Register citizens' complaints, transfer them by numbered slips, follow limits in Chinese working days, answer, call back, meet; works offline and synchronises later."  # fmt: skip
SLIP_TYPE, PACKAGE_TYPE = "application/x-liaison-slip", "application/x-liaison-package"

DESKTOP = f"""[Desktop Entry]
Type=Application
Name=Liaison Desk
Name[zh_CN]=联络员工作台
Comment={SUMMARY_EN}
Comment[zh_CN]={SUMMARY_ZH}
Exec=/opt/apps/{APP}/files/liaison-desk %f
Icon={APP}
Terminal=false
Categories=Office;Qt;
Keywords=complaint;transfer;slip;meeting;
Keywords[zh_CN]=投诉;移送;移送单;督办;联席会议;
MimeType={SLIP_TYPE};{PACKAGE_TYPE};
StartupWMClass={APP}
StartupNotify=true
"""
MIME = f"""<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{SLIP_TYPE}">
    <sub-class-of type="application/pdf"/>
    <comment>Transfer slip of Liaison Desk</comment>
    <comment xml:lang="zh_CN">联络员工作台移送单</comment>
    <glob pattern="*.slip.pdf" weight="60"/>
    <glob pattern="*移送单*.pdf" weight="60"/>
  </mime-type>
  <mime-type type="{PACKAGE_TYPE}">
    <comment>Synchronisation package of Liaison Desk</comment>
    <comment xml:lang="zh_CN">联络员工作台同步包</comment>
    <glob pattern="*.ldp" weight="60"/>
  </mime-type>
</mime-info>
"""
METAINFO = f"""<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{APP}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>LicenseRef-proprietary</project_license>
  <name>Liaison Desk</name>
  <name xml:lang="zh_CN">联络员工作台</name>
  <summary>{SUMMARY_EN}</summary>
  <summary xml:lang="zh_CN">{SUMMARY_ZH}</summary>
  <description>
    <p>{TOLD_EN}</p>
    <p xml:lang="zh_CN">{TOLD_ZH}</p>
  </description>
  <launchable type="desktop-id">{APP}.desktop</launchable>
  <provides>
    <binary>liaison-desk</binary>
    <binary>liaison</binary>
    <mediatype>{SLIP_TYPE}</mediatype>
  </provides>
  <content_rating type="oars-1.1"/>
  <releases>
    <release version="@VERSION@" date="@DATE@"/>
  </releases>
</component>
"""


def main() -> int:
    """Make the package; say its path and sizes."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("bundle", type=Path)
    said.add_argument("out", type=Path)
    said.add_argument("--store", action="store_true")
    said.add_argument("--version", default=version())
    args = said.parse_args()
    tree = args.out / f"tree-{args.version}"
    shutil.rmtree(tree, ignore_errors=True)
    home = tree / "opt" / "apps" / APP
    shutil.copytree(args.bundle, home / "files", symlinks=True)
    (home / "files" / "liaison").symlink_to("liaison-desk")
    shutil.copy(ROOT / "installer" / "liaison-watch.service", home / "files")
    entries(home / "entries", args.version)
    info(home / "info", args.version)
    if not args.store:
        shutil.copytree(home / "entries", tree / "usr" / "share")
        links = tree / "usr" / "bin"
        links.mkdir(parents=True)
        for name in ("liaison", "liaison-desk"):
            (links / name).symlink_to(f"/opt/apps/{APP}/files/{name}")
    control(tree, args.version, home / "files")
    for folder, _names, files in os.walk(tree):
        Path(folder).chmod(0o755)
        for name in files:
            one = Path(folder) / name
            if not one.is_symlink():
                one.chmod(0o755 if os.access(one, os.X_OK) else 0o644)
    package = args.out / f"{APP}_{args.version}_{architecture()}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", str(tree), str(package)], check=True)
    shutil.rmtree(tree)
    print(package)
    return 0


def version() -> str:
    """Return the version of the program as pyproject.toml says it."""
    found = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert found, "pyproject.toml says no version"
    return found[1]


def architecture() -> str:
    """Return the word of Debian for this machine."""
    return subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True).stdout.strip()


def entries(folder: Path, version: str) -> None:
    """Lay out what a desktop reads: menu entry, icons, file types, what shops show."""
    day = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC)
    texts = {
        f"applications/{APP}.desktop": DESKTOP,
        f"mime/packages/{APP}.xml": MIME,
        f"metainfo/{APP}.metainfo.xml": METAINFO.replace("@VERSION@", version).replace("@DATE@", f"{day:%Y-%m-%d}"),
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    source = ROOT / "resources" / "icons" / "app.svg"
    scalable = folder / "icons" / "hicolor" / "scalable" / "apps" / f"{APP}.svg"
    scalable.parent.mkdir(parents=True)
    shutil.copy(source, scalable)
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    drawing = QSvgRenderer(str(source))
    for size in SIZES:
        picture = QImage(size, size, QImage.Format.Format_ARGB32)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        drawing.render(painter)
        painter.end()
        place = folder / "icons" / "hicolor" / f"{size}x{size}" / "apps" / f"{APP}.png"
        place.parent.mkdir(parents=True)
        assert picture.save(str(place))


def info(file: Path, version: str) -> None:
    """Write the description that UOS reads: who it is, and that it asks for nothing but printing and sound."""
    wants = (
        "autostart",
        "notification",
        "trayicon",
        "clipboard",
        "account",
        "bluetooth",
        "camera",
        "audio_record",
        "installed_apps",
    )
    given = {"notification", "trayicon", "clipboard"}
    told = {
        "appid": APP,
        "name": "联络员工作台",
        "version": version,
        "arch": [architecture()],
        "permissions": {one: one in given for one in wants},
    }
    file.write_text(json.dumps(told, ensure_ascii=False, indent=2), encoding="utf-8")


def control(tree: Path, version: str, files: Path) -> None:
    """Write the package's head, with what its files need of the system found by reading them."""
    size = sum(p.lstat().st_size for p in tree.rglob("*") if p.is_file() or p.is_symlink()) // 1024
    head = {
        "Package": APP,
        "Version": version,
        "Architecture": architecture(),
        "Maintainer": "Liaison Desk <desk@liaisondesk.invalid>",
        "Installed-Size": str(size),
        "Depends": ", ".join(needed(files)),
        "Recommends": "gnome-keyring | libsecret-1-0, cups-client",
        "Section": "misc",
        "Priority": "optional",
        "Description": f"{SUMMARY_EN}\n {TOLD_ZH}\n {TOLD_EN}",
    }
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text("".join(f"{k}: {v}\n" for k, v in head.items()), encoding="utf-8")


def needed(files: Path) -> list[str]:
    """Return the packages that own the shared objects which the bundle asks of the system.

    Raises ``SystemExit`` when a needed object is owned by nobody: the package would not start.
    """
    here = {p.name for p in files.rglob("*.so*")}
    asked: set[str] = set()
    for one in files.rglob("*"):
        if one.is_file() and not one.is_symlink() and (".so" in one.name or os.access(one, os.X_OK)):
            told = subprocess.run(["objdump", "-p", str(one)], capture_output=True, text=True, check=False).stdout
            asked |= set(re.findall(r"NEEDED\s+(\S+)", told))
    owners: dict[str, str] = {}
    for name in sorted(asked - here):
        found = subprocess.run(["dpkg", "-S", f"*/{name}"], capture_output=True, text=True, check=False).stdout
        owner = found.split(":", 1)[0].strip() if found else ""
        if not owner:
            sys.exit(f"{name} is needed and owned by no package of this root: install its package in the root first")
        owners.setdefault(owner, name)
    least = (
        subprocess.run(["ldd", "--version"], capture_output=True, text=True, check=True)
        .stdout.split("\n")[0]
        .split()[-1]
    )
    return sorted(f"{o} (>= {least})" if o == "libc6" else o for o in owners)


if __name__ == "__main__":
    sys.exit(main())
