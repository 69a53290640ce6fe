#!/bin/sh
# Makes this machine ready for the command that follows, then hands everything to `python -m winsock_cts`.
# A second start finds all in place and goes straight to Python.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
venv=$root/.venv

# Whether the command, with all its words after it, builds 32-bit programs: the tests do, and a run where it is
# asked to, or where nothing is named and Debian's Wine starts them.
builds_x86() {
    case $1 in test) return 0 ;; run) ;; *) return 1 ;; esac
    case " $* " in
    *wine-x86*) return 0 ;;
    *" model "* | *" wine "* | *" windows "* | *::*) return 1 ;;
    esac
    [ -e /usr/lib/wine/wine ] || [ -e /usr/lib/x86_64-linux-gnu/wine/i386-windows ]
}

# What a command needs of the system, a line each: "package path why". A path without a slash is looked up on PATH.
needs() {
    case $1 in run | prove | ledger | test) cat <<'LIST'
cmake cmake configures the build
ninja-build ninja builds the test program
g++ g++ compiles the test program for this machine
googletest /usr/src/googletest/CMakeLists.txt is the frame of the test program
nlohmann-json3-dev /usr/include/nlohmann/json.hpp lets the test program write JSON
LIST
    esac
    case $1 in run | test) cat <<'LIST'
g++-mingw-w64-x86-64-posix x86_64-w64-mingw32-g++-posix compiles the test program for Windows
wine64 /usr/lib/wine/wine64 is the target wine
LIST
    esac
    if builds_x86 "$@"; then
        echo "g++-mingw-w64-i686-posix i686-w64-mingw32-g++-posix compiles the test program for 32-bit Windows"
    fi
    case $1 in test) cat <<'LIST'
clang-format clang-format checks the layout of the C++ sources
clang-tidy clang-tidy looks for mistakes in the C++ sources
chromium chromium opens the page in its tests
LIST
    esac
}

packages() {
    needs "$@" | while read -r package path why; do
        case $path in
        /*) [ -e "$path" ] ;;
        *) command -v "$path" >/dev/null 2>&1 ;;
        esac || echo "$package $why"
    done
    [ -x "$venv/bin/python" ] || "$python" -c 'import ensurepip' 2>/dev/null ||
        echo "python3-venv makes the project's own Python environment"
}

install_packages() {
    names=$(echo "$1" | cut -d' ' -f1 | tr '\n' ' ' | sed 's/ $//')
    echo "cts: these packages of the system are missing; apt-get is to install them:"
    echo "$1" | sed 's/ / - /; s/^/  /'
    command="apt-get update && apt-get install -y --no-install-recommends $names"
    if [ "$(id -u)" = 0 ]; then
        as=env
    else
        as=sudo
        command="sudo apt-get update && sudo apt-get install -y --no-install-recommends $names"
    fi
    # shellcheck disable=SC2086 # names is a list
    { command -v apt-get && command -v "$as"; } >/dev/null &&
        if [ -t 0 ] || [ "$as" = env ]; then "$as" true; else "$as" -n true 2>/dev/null; fi &&
        $as apt-get -qq update && $as DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $names || {
        echo "cts: could not install what is missing; run this, then start again: $command" >&2
        exit 2
    }
}

# The environment is ready where its stamp holds this folder, the interpreter asked for and the lock file.
stamp() { printf '%s\n' "$root" "${PYTHON:-}"; cat "$root/requirements.lock"; }

make_environment() {
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "cts: $python is older than Python 3.11; name a newer one, as in: PYTHON=python3.11 ./cts $*" >&2
        exit 2
    }
    [ ! -L "$venv" ] || {
        echo "cts: $venv is a link, and what it leads to is not this folder's to replace; remove the link" >&2
        exit 2
    }
    echo "cts: makes the project's Python environment in $venv from requirements.lock"
    "$python" -m venv --clear "$venv" &&
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
            --only-binary :all: -r "$root/requirements.lock" &&
        folder=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))') &&
        printf '%s\n' "$root/runners" "$root/reports" >"$folder/winsock_cts.pth" &&
        stamp >"$venv/stamp" || {
        echo "cts: could not make $venv; see above, then start again" >&2
        exit 2
    }
}

python=${PYTHON:-python3}
command -v "$python" >/dev/null || {
    echo "cts: no $python here; run: apt-get install -y python3 python3-venv" >&2
    exit 2
}
wanted=
for word in "$@"; do
    case $word in --help) wanted=help && break ;; -*) ;; *) wanted=${wanted:-$word} ;; esac
done
ready() { stamp | cmp -s - "$venv/stamp"; }
missing=$(packages "$wanted" "$@")
if [ -n "$missing" ] || ! ready; then
    exec 9<"$root/cts"
    if command -v flock >/dev/null; then flock 9; fi # one at a time; another may have made all ready meanwhile
    missing=$(packages "$wanted" "$@")
    [ -z "$missing" ] || install_packages "$missing" >&2
    ready || make_environment "$@" >&2
    exec 9<&-
fi
exec "$venv/bin/python" -m winsock_cts "$@"
