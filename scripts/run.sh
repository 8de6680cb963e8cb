#!/usr/bin/env bash
# Builds what changed and runs the program: scripts/run.sh [ARGUMENTS of appliance]
# Without arguments it is the service: it listens to a microphone (where there is none to the bundled clip, once), takes jobs over MQTT on
# its own broker, and runs until Ctrl-C. Standard output is the program's alone.
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

# names_source: the caller's environment or the configuration file says what to listen to
names_source() {
    env | grep -qi '^APPLIANCE_CAPTURE__SOURCE=' && return 0
    [ -r /etc/appliance/appliance.json ] && tr -d ' \t\n' </etc/appliance/appliance.json | grep -qi '"capture":{[^}]*"source":'
}

if [ $# -eq 0 ]; then
    say "no arguments: the service, Ctrl-C ends; '$0 watch' in another terminal shows what it hears, '$0 --help' all there is"
    names_source || export APPLIANCE_CAPTURE__SOURCE=auto
    set -- run
fi
exec "$program" "$@"
