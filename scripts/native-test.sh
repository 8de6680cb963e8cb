#!/usr/bin/env bash
# Builds and runs the C tests: as shipped, under address and undefined-behaviour sanitizers, and for arm64 under qemu where the cross
# compiler, its sysroot (scripts/build-arm64.sh) and qemu are there.
#   --full  many more mutations of input files, and an hour of capture beside a processor hog
# Ends with one line `N passed, N failed, N skipped`; exit status 1 when anything failed.
set -uo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
. "$root/scripts/lib/native.sh"

passed=0 failed=0 skipped=0

# sums LOG: "passed failed skipped" over the programs of one CTest log. A program that ended badly and reported no failed case (it
# crashed, leaked, hung or did not start) counts as one failure.
sums() {
    awk '
        match($0, /^[0-9]+: [0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$/) {
            split($0, word, /[: ,]+/); passed += word[2]; failed += word[4]; skipped += word[6]; bad[word[1]] = word[4]
        }
        match($0, /Test +#[0-9]+: .*\*\*\*/) {
            number = $0; sub(/^.*Test +#/, "", number); sub(/:.*$/, "", number)
            if (!bad[number]) failed++
        }
        END { print passed + 0, failed + 0, skipped + 0 }
    ' "$1"
}

# run NAME FOLDER: every test of a build; what failed or was skipped is shown.
run() {
    local log=$2/Testing/tests.log p f s
    mkdir -p "$2/Testing"
    ctest --test-dir "$2" --verbose >"$log" 2>&1
    read -r p f s < <(sums "$log")
    [ $((p + f + s)) -gt 0 ] || f=1
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    if [ "$f" -gt 0 ]; then
        echo "-- $1: $f failed, the whole log is $log"
        grep -E '^[0-9]+: (FAIL |.*_test\.c:[0-9]+: |==[0-9]+==|SUMMARY)|runtime error|\*\*\*' "$log"
    fi
    grep -oE 'SKIP .*' "$log" | sed "s|^SKIP |SKIP $1/|"
}

# build NAME FOLDER [OPTION...]
build() {
    local name=$1 folder=$2 log
    shift 2
    log=$(configure_and_build "$folder" "$@" 2>&1) && return 0
    echo "-- $name did not build"
    echo "$log" | tail -n 30
    failed=$((failed + 1))
    return 1
}

export APL_MUTATIONS=${APL_MUTATIONS:-60}
for argument; do
    case $argument in
        --full) export APL_MUTATIONS=5000 hog_seconds=3600 ;;
        *) sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 2 ;;
    esac
done

build release "$root/build" && run release "$root/build"

if [ -n "${hog_seconds:-}" ]; then
    log=$(APL_HOG_SECONDS=$hog_seconds "$root/build/tests/native/capture_test" beside_a_processor_hog 2>&1) && passed=$((passed + 1)) || failed=$((failed + 1))
    echo "$log" | head -n -1
fi

export ASAN_OPTIONS=detect_leaks=1:quarantine_size_mb=4:detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS=suppressions=$root/tests/native/leaks.txt:print_suppressions=0
build sanitizers "$root/build-sanitize" -DAPPLIANCE_SANITIZE=ON -DCMAKE_BUILD_TYPE=RelWithDebInfo && run sanitizers "$root/build-sanitize"
unset ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS

if reason=$(why_no_arm64 "$root"); then
    echo "SKIP arm64: $reason"
    skipped=$((skipped + 1))
else
    build arm64 "$root/build-arm64" "${arm64_options[@]}" && run arm64 "$root/build-arm64"
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
