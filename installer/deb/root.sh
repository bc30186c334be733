# Clean Debian roots for building and for trying the package; sourced by build.sh and try.sh.

BUILD_PACKAGES="ca-certificates,curl,xz-utils,gcc,make,libc6-dev,zlib1g-dev,libbz2-dev,liblzma-dev,libffi-dev,libssl-dev,libsqlite3-dev,uuid-dev,binutils,\
libegl1,libgl1,libglib2.0-0,libdbus-1-3,libxkbcommon0,libxkbcommon-x11-0,libfontconfig1,libpulse0,libx11-xcb1,libxcb-cursor0,libxcb-icccm4,libxcb-image0,libxcb-keysyms1,\
libxcb-randr0,libxcb-render-util0,libxcb-render0,libxcb-shape0,libxcb-shm0,libxcb-sync1,libxcb-xfixes0,libxcb-xkb1,libxcb-util1,libgtk-3-0,libcups2,libpulse-mainloop-glib0"
PYTHON_VERSION=3.13.5
PYTHON_SHA256=93e583f243454e6e9e4588ca2c2662206ad961659863277afcdb96801647d640

make_root() { # release folder packages
    rm -rf "$2"
    debootstrap --variant=minbase --include="$3" "$1" "$2" >"$2.log" 2>&1 || { tail -5 "$2.log" >&2; exit 1; }
    cp /etc/resolv.conf /etc/hosts "$2/etc/" 2>/dev/null || true
    if [ -f /etc/ssl/certs/ca-certificates.crt ]; then # a network that looks into TLS has a root of its own
        mkdir -p "$2/etc/ssl/certs" && cp /etc/ssl/certs/ca-certificates.crt "$2/etc/ssl/certs/"
        printf '[global]\ncert = /etc/ssl/certs/ca-certificates.crt\n' >"$2/etc/pip.conf"
    fi
}

make_python() { # folder: the interpreter from the source of Debian's current release, its sum pinned above
    mirror=$(awk '/^deb /{print $2; exit}' "$1/etc/apt/sources.list")
    enter "$1"
    chroot "$1" sh -euc "
        mkdir -p /build && cd /build
        curl -fsS -o python.tar.xz $mirror/pool/main/p/python3.13/python3.13_$PYTHON_VERSION.orig.tar.xz
        echo '$PYTHON_SHA256  python.tar.xz' | sha256sum -c --quiet
        tar xf python.tar.xz && cd Python-$PYTHON_VERSION
        ./configure --quiet --prefix=/opt/python --enable-shared --disable-test-modules LDFLAGS=-Wl,-rpath,/opt/python/lib >/build/python.log 2>&1
        make -j\$(nproc) >>/build/python.log 2>&1
        make install >>/build/python.log 2>&1
        rm -rf /build/Python-$PYTHON_VERSION
    " || { leave "$1"; tail -5 "$1/build/python.log" >&2; exit 1; }
    leave "$1"
}

enter() { # folder
    mountpoint -q "$1/proc" || mount --bind /proc "$1/proc"
    mountpoint -q "$1/dev" || mount --bind /dev "$1/dev"
}

leave() { # folder
    umount "$1/dev" "$1/proc" 2>/dev/null || true
}
