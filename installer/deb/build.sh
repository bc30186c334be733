#!/bin/sh
# make deb: build the Debian package in the oldest supported root (Debian 11, glibc 2.31), so that older desktops run it.
# The root is made once (debootstrap, Python from Debian's own source) and kept under build/; needs root and the network.
set -eu
cd "$(dirname "$0")/../.."
here=$(pwd)
root=${LIAISON_BUILD_ROOT:-$here/build/deb-root}
out=${LIAISON_DEB_OUT:-$here/dist}
[ "$(id -u)" = 0 ] || { echo "make deb 需要 root（要建一个干净的系统目录） / make deb needs root: it builds in a clean system root" >&2; exit 1; }
command -v debootstrap >/dev/null 2>&1 || { apt-get update -qq && apt-get install -y -qq --no-install-recommends debootstrap >/dev/null; } ||
    { echo "缺少 debootstrap / debootstrap is missing: apt-get install debootstrap" >&2; exit 1; }
. installer/deb/root.sh
mkdir -p "$(dirname "$root")" "$out"
if [ ! -x "$root/opt/python/bin/python3" ]; then
    make_root bullseye "$root" "$BUILD_PACKAGES"
    make_python "$root"
fi
enter "$root"
trap 'leave "$root"' EXIT
rm -rf "$root/src" && mkdir -p "$root/src"
git archive HEAD | tar -x -C "$root/src"
[ -n "${LIAISON_DEB_VERSION:-}" ] && sed -i "s/^version = .*/version = \"$LIAISON_DEB_VERSION\"/" "$root/src/pyproject.toml"
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 QT_QPA_PLATFORM=offscreen SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" PYTHONHASHSEED=0 sh -euc '
    cd /src
    stamp=$(sha256sum installer/deb/requirements.lock | cut -c1-16)
    if [ ! -f /opt/venv/.$stamp ]; then
        rm -rf /opt/venv && /opt/python/bin/python3 -m venv /opt/venv
        /opt/venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r installer/deb/requirements.lock
        touch /opt/venv/.$stamp
    fi
    /opt/venv/bin/pip uninstall --quiet --yes liaison-desk 2>/dev/null || true
    /opt/venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation .
    /opt/venv/bin/pyinstaller --noconfirm --log-level WARN --distpath build/bundle --workpath build/work installer/liaison-desk.spec
    /opt/venv/bin/python installer/deb/package.py build/bundle/liaison-desk /src/dist
'
cp "$root"/src/dist/*.deb "$out"/
ls -l "$out"/*.deb
