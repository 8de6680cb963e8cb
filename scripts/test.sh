#!/usr/bin/env bash
# Builds everything, warnings as errors, and runs the tests: scripts/test.sh [PART...] [--full]
#   PART    native, inference, speech, imaging, service (C# tests of that name; native also the C tests), scripts, system;
#           none = all of them
#   --full  the long runs with their stated counts instead of their short forms, and selftest under emulators
# Ends with one line `N passed, N failed, N skipped`; exit status 1 when anything failed, 2 for a wrong call.
set -uo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
. "$root/scripts/lib/packages.sh"
. "$root/scripts/lib/build.sh"
. "$root/scripts/lib/tally.sh"

# parts: every name that can be given, in running order.
parts() {
    local part
    for part in native inference speech imaging service; do
        project_of "$part" >/dev/null && echo "$part"
    done
    echo scripts
    [ ! -d "$root/tests/system" ] || echo system
}

# project_of PART: Speech for speech, when tests/Appliance.Speech.Tests is there.
project_of() {
    local project=${1^}
    [ -d "$root/tests/Appliance.$project.Tests" ] && echo "$project"
}

set_up() {
    local -a missing
    require_tools
    mapfile -t missing < <(missing_for_tests)
    install_what_can_be ${missing[@]+"${missing[@]}"} || say "going on: the tests that need them are skipped"
}

# build PART...: the native library and the program always (tests start it), then the test projects asked for.
build() {
    local part project
    echo "== building"
    build_program 2>&1 || return 1
    if [ "$everything" = true ]; then
        build_managed Appliance.sln 2>&1
        return
    fi
    for part; do
        if project=$(project_of "$part"); then
            build_managed "tests/Appliance.$project.Tests" 2>&1 || return 1
        fi
    done
}

# limited PART COMMAND...: with the seconds that a runner of the part may take.
limited() {
    case ${full:+full}$1 in
        full*) test_limit_seconds=7200 ;;
        speech) test_limit_seconds=1500 ;;
        *) test_limit_seconds=900 ;;
    esac
    shift
    "$@"
}

run_part() {
    local part=$1 project file
    if [ "$part" = native ] && [ -x "$root/scripts/native-test.sh" ]; then
        limited "$part" tally native-c "$root/scripts/native-test.sh" ${full:+--full}
    fi
    if project=$(project_of "$part"); then
        limited "$part" tally "$part" "$root/.artifacts/bin/Appliance.$project.Tests/release/Appliance.$project.Tests" -noColor -noLogo
    fi
    case $part in
        scripts) limited scripts tally scripts /usr/bin/python3 "$root/tests/scripts/run.py" ;;
        system)
            for file in "$root"/tests/system/*; do
                [ -f "$file" ] && [ -x "$file" ] && limited system tally "system-$(basename "$file")" "$file"
            done ;;
    esac
}

full='' everything=false
declare -a chosen=()
mapfile -t all < <(parts)
for argument; do
    case $argument in
        --full) full=1 ;;
        -h | --help) sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
        *)
            if [[ ! " ${all[*]} " == *" $argument "* ]]; then
                say "no part '$argument': the parts are ${all[*]}"
                exit 2
            fi
            chosen+=("$argument") ;;
    esac
done
if [ ${#chosen[@]} -eq 0 ]; then
    everything=true
    chosen=("${all[@]}")
fi

export APPLIANCE_PROGRAM=$program APPLIANCE_TEST_FULL=$full
set_up
if build "${chosen[@]}"; then
    for part in "${chosen[@]}"; do
        run_part "$part"
    done
else
    problem build "did not build, see the errors above"
fi
closing
