#!/usr/bin/env bash
# Builds what changed and runs the program: scripts/run.sh [ARGUMENTS of appliance]
# Without arguments it transcribes the bundled clip. Standard output is the program's alone.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
. "$root/scripts/lib/packages.sh"
. "$root/scripts/lib/build.sh"

if ! is_current; then
    require_tools
    build_program || exit 1
fi

# the program looks for the runtime in the system's places only: tell it of an SDK that is just on PATH
if [ -z "${DOTNET_ROOT:-}" ] && find_dotnet; then
    sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
    if [ -d "$sdk/host/fxr" ]; then
        export DOTNET_ROOT=$sdk
    fi
fi

if [ $# -eq 0 ]; then
    say "no arguments: transcribing the bundled clip (J. F. Kennedy, 11 s, public domain); '$0 --help' shows all there is"
    set -- transcribe "$root/rootfs/usr/share/appliance/clips/jfk.flac"
fi
exec "$program" "$@"
