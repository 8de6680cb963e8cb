#!/usr/bin/env bash
# Prints benchmark tables of this machine. Usage:
#   scripts/bench.sh speech [--json FILE] [--corpus FOLDER] [--quick]
#   scripts/bench.sh image [--json FILE] [--model FOLDER] [--steps N] [--size N] [--guidance X] [--pictures N]
#   scripts/bench.sh live [--json FILE] [--corpus FOLDER] [--every N] [--category NAME] [--pace N] [--load THREADS] [--minutes N]
set -uo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
. "$root/scripts/lib/packages.sh"
. "$root/scripts/lib/build.sh"

case "${1:-}" in
    speech | live | image) ;;
    *)
        echo "usage: scripts/bench.sh speech [--json FILE] [--corpus FOLDER] [--quick]" >&2
        echo "       scripts/bench.sh image [--json FILE] [--model FOLDER] [--steps N] [--size N] [--guidance X] [--pictures N]" >&2
        echo "       scripts/bench.sh live [--json FILE] [--corpus FOLDER] [--every N] [--category NAME] [--pace N] [--load THREADS] [--minutes N]" >&2
        exit 2
        ;;
esac
build() { build_native && build_managed tests/Appliance.Benchmarks/Appliance.Benchmarks.csproj && build_managed src/Appliance.Service/Appliance.Service.csproj; }

require_tools
alone build || exit 1
exec "$root/.artifacts/bin/Appliance.Benchmarks/release/Appliance.Benchmarks" "$@"
