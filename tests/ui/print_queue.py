"""A private print service: cupsd on a port of its own, one queue with both sides, whose printer keeps what comes out in a folder."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

NAME = "liaison"
PROGRAMS = ("cupsd", "lpadmin", "lp", "lpstat", "cupsdisable", "cupsenable")
LIBRARY = Path("/usr/lib/cups")
PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "LIAISON.PPD"
*Manufacturer: "Liaison"
*Product: "(Liaison)"
*PSVersion: "(3010) 0"
*ModelName: "Liaison test printer"
*NickName: "Liaison test printer"
*ShortNickName: "Liaison test printer"
*cupsFilter2: "application/pdf application/pdf 0 -"
*OpenUI *PageSize/Size: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: ""
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: ""
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*OpenUI *Duplex/Both sides: PickOne
*DefaultDuplex: None
*Duplex None/Off: ""
*Duplex DuplexNoTumble/Long edge: ""
*Duplex DuplexTumble/Short edge: ""
*CloseUI: *Duplex
"""
BACKEND = """#!/bin/sh
# argv: job, user, title, copies, options [file]; called with nothing it names its device
[ $# = 0 ] && { echo 'direct kept "Unknown" "Kept"'; exit 0; }
while [ -e OUT/no-paper ]; do echo 'STATE: +media-empty-error' >&2; sleep 0.1; done
echo 'STATE: -media-empty-error' >&2
printf '%s\\n' "$4" "$5" "$3" > "OUT/$1.said"
cat "${6:--}" > "OUT/$1.part" && mv "OUT/$1.part" "OUT/$1.pdf"
"""


def can_run():
    """Return whether a print service can be started here."""
    return os.geteuid() == 0 and all(shutil.which(p) for p in PROGRAMS) and LIBRARY.is_dir()


class PrintService:
    """cupsd with its queue; ``env`` is the environment of those who print."""

    def __init__(self, folder):
        self.folder, self.out = folder, folder / "out"
        for name in ("etc", "run", "spool", "cache", "log", "out", "tmp", "bin/backend"):
            (folder / name).mkdir(parents=True)
        folder.chmod(0o755)  # the printer is served by a person of its own
        for name in ("out", "tmp", "cache", "run"):
            (folder / name).chmod(0o777)
        for name in ("filter", "daemon", "monitor", "notifier", "driver"):
            if (LIBRARY / name).exists():
                (folder / "bin" / name).symlink_to(LIBRARY / name)
        backend = folder / "bin/backend/kept"
        backend.write_text(BACKEND.replace("OUT", str(self.out)))
        backend.chmod(0o755)
        (folder / "queue.ppd").write_text(PPD)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        (folder / "etc/cupsd.conf").write_text(
            f"Listen 127.0.0.1:{self.port}\nBrowsing Off\nWebInterface No\nDefaultAuthType None\nErrorPolicy stop-printer\n"
            "<Location />\nOrder allow,deny\nAllow all\n</Location>\n<Policy default>\n<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>\n"
        )
        (folder / "etc/cups-files.conf").write_text(
            f"ServerRoot {folder}/etc\nServerBin {folder}/bin\nRequestRoot {folder}/spool\nCacheDir {folder}/cache\nStateDir {folder}/run\n"
            f"TempDir {folder}/tmp\nErrorLog {folder}/log/error\nAccessLog {folder}/log/access\nPageLog {folder}/log/page\nFileDevice Yes\n"
            "User lp\nGroup lp\nSystemGroup lpadmin\nSandboxing relaxed\n"
        )
        self.env = {**os.environ, "CUPS_SERVER": f"127.0.0.1:{self.port}"}
        self.process = None

    def start(self):
        files = ("-c", self.folder / "etc/cupsd.conf", "-s", self.folder / "etc/cups-files.conf")
        self.process = subprocess.Popen(["cupsd", "-f", *map(str, files)])
        until(lambda: self.said("lpstat", "-r").stdout.strip() == "scheduler is running")
        made = self.said("lpadmin", "-p", NAME, "-E", "-v", "kept:/here", "-P", str(self.folder / "queue.ppd"))
        assert made.returncode == 0, made.stderr
        return self

    def said(self, *command):
        return subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=30)

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)
            self.process = None


def until(holds, seconds=30):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)
