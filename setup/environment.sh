#!/bin/sh
# Makes .venv hold exactly what requirements/<what>.txt names: "run" to use kiemdiem, "dev" to work on it as well.
# Does nothing when it already does. Writes nowhere but in this folder; needs Python 3.11 or later, or uv.
set -eu

what=${1:?run or dev}
cd "$(dirname "$0")/.."
python=.venv/bin/python
export UV_CACHE_DIR="${UV_CACHE_DIR:-$PWD/var/cache/uv}" PIP_CACHE_DIR="${PIP_CACHE_DIR:-$PWD/var/cache/pip}"
export UV_PYTHON_INSTALL_DIR="${UV_PYTHON_INSTALL_DIR:-$PWD/var/python}" PIP_DISABLE_PIP_VERSION_CHECK=1

main() {
    # An environment does not survive a move: the commands in it name the folder.
    if [ -f .venv/built-in.txt ] && [ "$(cat .venv/built-in.txt)" != "$PWD" ]; then rm -rf .venv; fi
    if recent_enough "$python"; then
        if built_from run || built_from dev; then return; fi
    fi
    if command -v uv >/dev/null; then with_uv; else with_pip; fi
    pwd >.venv/built-in.txt
    source_of "$what" >".venv/built-from-$what.txt"
}

# Is .venv already built for what is asked? What is there for "dev" will do for "run".
built_from() {
    case "$what $1" in "dev run") return 1 ;; esac
    [ "$(source_of "$1")" = "$(cat ".venv/built-from-$1.txt" 2>/dev/null)" ]
}

source_of() {
    cat "requirements/$1.txt" pyproject.toml | cksum
}

with_uv() {
    announce
    if ! recent_enough "$python"; then
        uv venv --quiet --clear --no-project --python "$(find_python || echo '>=3.11')" .venv ||
            refuse "uv found no Python 3.11 or later and could not fetch one: install Python, then run make again."
    fi
    uv pip install --quiet --python "$python" --require-hashes --only-binary :all: -r "requirements/$what.txt"
    uv pip install --quiet --python "$python" --no-build-isolation --no-deps --editable .
}

with_pip() {
    found=$(find_python) ||
        refuse "no Python 3.11 or later and no uv found: install one (Debian: apt install python3-venv), then run make again."
    pip="$python -m pip"
    if ! recent_enough "$python" || ! $pip --version >/dev/null 2>&1; then
        if "$found" -c 'import ensurepip' 2>/dev/null; then
            "$found" -m venv --clear .venv
        elif "$found" -m pip --version >/dev/null 2>&1; then
            "$found" -m venv --clear --without-pip .venv
            pip="$found -m pip --python $python"
        else
            refuse "$found has neither venv nor pip: install them (Debian: apt install python3-venv) or uv, then run make again."
        fi
    fi
    announce
    $pip install --quiet --require-hashes --only-binary :all: -r "requirements/$what.txt"
    $pip install --quiet --no-build-isolation --no-deps --editable .
}

announce() {
    echo "kiemdiem: putting requirements/$what.txt into .venv (once; again only when it changes)"
}

find_python() {
    for name in python3 python3.13 python3.12 python3.11 python; do
        if recent_enough "$name"; then echo "$name"; return; fi
    done
    return 1
}

recent_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

refuse() {
    echo "kiemdiem: $1" >&2
    exit 1
}

main
