#!/bin/sh
# Checks what Qt (window) and the tests need of the system; installs it as root on Debian-like systems, else names it.
set -eu
window="libegl1 libgl1 libglib2.0-0 libdbus-1-3 libxkbcommon0 libfontconfig1 libpulse0"
tests="postgresql pgbouncer xvfb xauth libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-render-util0 libxcb-image0 dbus gnome-keyring strace fonts-lxgw-wenkai at-spi2-core gir1.2-atspi-2.0 python3-gi ibus ibus-libpinyin xdotool cups default-jre-headless libpdfbox2-java libcommons-io-java libactivation-java libjaxb-api-java"
wanted="$window"
[ "${1:-window}" = tests ] && wanted="$window $tests"
command -v dpkg-query >/dev/null 2>&1 || exit 0
missing=""
for name in $wanted; do
    if [ "$name" = libglib2.0-0 ]; then
        dpkg-query -W -f='${Status}' libglib2.0-0t64 2>/dev/null | grep -q 'ok installed' && continue
    fi
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing="$missing $name"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    mkdir -p /usr/share/man/man1 # a slim system has none, and Java's set-up stops without it
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
    lacking=""
    for name in $missing; do
        apt-get install -y -qq --no-install-recommends "$name" >/dev/null || lacking="$lacking $name"
    done
    # what needs them is skipped or says so itself
    [ -z "$lacking" ] || echo "没有装上 / could not be installed:$lacking" >&2
    exit 0
fi
echo "缺少系统软件包，请执行 / system packages are missing, type: sudo apt-get install$missing" >&2
exit 1
