#!/bin/sh
# make test-deb: in a clean root of the oldest supported release: install, start, one journey, upgrade with data, remove with data kept.
# Needs the packages that make deb left in dist/ (it is run first when there is none), root and the network.
set -eu
cd "$(dirname "$0")/../.."
[ "$(id -u)" = 0 ] || { echo "make test-deb 需要 root / needs root" >&2; exit 1; }
. installer/deb/root.sh
app=org.liaisondesk.desk
new=$(ls -t dist/${app}_*_*.deb 2>/dev/null | head -1)
[ -n "$new" ] || { sh installer/deb/build.sh && new=$(ls -t dist/${app}_*_*.deb | head -1); }
base=${LIAISON_TRY_BASE:-$(pwd)/build/try-base}
root=${LIAISON_TRY_ROOT:-$(pwd)/build/try-root}
# what a person's desktop has anyway; nothing that only the program would want
[ -d "$base/usr" ] || make_root bullseye "$base" "ca-certificates,xvfb,xauth,xdotool,dbus,desktop-file-utils,shared-mime-info,hicolor-icon-theme,appstream,time"
leave "$root"
rm -rf "$root" && cp -a "$base" "$root"
enter "$root"
trap 'leave "$root"' EXIT
mkdir -p "$root/try" && cp "$new" "$root/try/new.deb"
cp installer/deb/inside.sh "$root/try/"
# the same commit unfrozen, with the same Python and Qt, to be started beside it; links, so that nothing here reaches the build root
build=${LIAISON_BUILD_ROOT:-$(pwd)/build/deb-root}
if [ -d "$build/opt/venv" ]; then
    for part in python venv; do
        cp -al "$build/opt/$part" "$root/opt/$part" 2>/dev/null || { rm -rf "$root/opt/$part" && cp -a "$build/opt/$part" "$root/opt/$part"; }
    done
    mkdir -p "$root/opt/lib" # Qt's libraries of the screen, which the package brings itself
    cp -L "$build"/usr/lib/*/libxcb*.so.* "$build"/usr/lib/*/libxkbcommon-x11.so.* "$root/opt/lib/"
fi
# an older version of the same program, to be upgraded over
old=$(mktemp -d) && dpkg-deb -R "$new" "$old" && sed -i 's/^Version: .*/Version: 0.0.1/' "$old/DEBIAN/control"
dpkg-deb --root-owner-group -Znone --build "$old" "$root/try/old.deb" >/dev/null && rm -rf "$old"
chroot "$root" env -i LANG=C.UTF-8 APP="$app" PATH=/usr/sbin:/usr/bin:/sbin:/bin sh /try/inside.sh
mkdir -p out/deb && cp -r "$root"/try/out/. out/deb/
echo "make test-deb: 通过 / passed; 图片 / pictures: out/deb"
