#!/usr/bin/env bash
# Prints benchmark tables of this machine. Usage: scripts/bench.sh speech [--json FILE] [--corpus FOLDER] [--quick]
set -uo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
. "$root/scripts/lib/packages.sh"
. "$root/scripts/lib/build.sh"

case "${1:-}" in
    speech) ;;
    *)
        echo "usage: scripts/bench.sh speech [--json FILE] [--corpus FOLDER] [--quick]" >&2
        exit 2
        ;;
esac
build() { build_native && build_managed tests/Appliance.Benchmarks/Appliance.Benchmarks.csproj; }

require_tools
alone build || exit 1
exec "$root/.artifacts/bin/Appliance.Benchmarks/release/Appliance.Benchmarks" "$@"
