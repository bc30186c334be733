#!/bin/sh
# Opens the desk on the demo district; without a display the same tour runs offscreen and leaves pictures in out/.
set -eu
python="$1"
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then
    exec "$python" -m ui.start --demo
fi
QT_QPA_PLATFORM=offscreen exec "$python" -m ui.start --tour out
