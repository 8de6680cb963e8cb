# Sourced by scripts/test.sh: runs test programs, reads what they say they did, adds it up.
# Every run's output is shown and kept in .artifacts/test-logs/NAME.log.

passed=0 failed=0 skipped=0
declare -a problems=() skips=()
# a runner that is still going then hangs
test_limit_seconds=900

# tally NAME COMMAND...: runs a test program and adds its counts. One that fails without a failed test, crashes,
# or ran no test, counts as one failure.
tally() {
    local name=$1 log status counts
    shift
    log=$root/.artifacts/test-logs/$name.log
    mkdir -p "$(dirname "$log")"
    printf '\n== %s: %s\n' "$name" "${*#"$root/"}"
    timeout --kill-after=10 "$test_limit_seconds" "$@" 2>&1 </dev/null | tee "$log"
    status=${PIPESTATUS[0]}
    counts=$(counts_of "$log")
    if [ -z "$counts" ]; then
        problem "$name" "no summary of its tests ($(ending "$status"))"
        return
    fi
    local p f s
    read -r p f s <<<"$counts"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    [ "$f" -eq 0 ] || problems+=("$name: $f failed, see $log")
    if [ $((p + f + s)) -eq 0 ]; then
        problem "$name" "ran no test"
    elif [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then
        problem "$name" "$(ending "$status") though no test failed"
    fi
    collect_skips "$name" "$log"
}

# problem NAME TEXT: one failure that no test reported.
problem() {
    failed=$((failed + 1))
    problems+=("$1: $2")
}

ending() {
    if [ "$1" -eq 124 ]; then echo "stopped after $test_limit_seconds s"
    elif [ "$1" -gt 128 ]; then echo "ended by signal $(($1 - 128))"
    else echo "exit status $1"; fi
}

# counts_of LOG: "passed failed skipped" from the last summary line of xunit.v3 or of `N passed, N failed[, N skipped]`.
counts_of() {
    awk '
        /Total: [0-9]+/ && match($0, /Total: [0-9]+/) {
            total = number("Total"); bad = number("Failed") + number("Errors"); left = number("Skipped") + number("Not Run")
            summary = (total - number("Failed") - left) " " bad " " left
        }
        /^([A-Za-z]+: )?[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$/ {
            line = $0; sub(/^[A-Za-z]+: /, "", line); gsub(/[a-z,]/, "", line); split(line, n, " +")
            summary = n[1] " " n[2] " " (n[3] + 0)
        }
        END { print summary }
        function number(key) { return match($0, key ": [0-9]+") ? substr($0, RSTART + length(key) + 2, RLENGTH - length(key) - 2) + 0 : 0 }
    ' "$1"
}

# collect_skips NAME LOG: "NAME: reason" of each skipped test; xunit writes the reason under `TEST [SKIP]`, the others
# a line `SKIP TEST: reason`.
collect_skips() {
    local reason
    while IFS= read -r reason; do
        skips+=("$1: $reason")
    done < <(awk '/\[SKIP\]$/ { getline; sub(/^ +/, ""); print } /^SKIP / { sub(/^SKIP [^:]*: */, ""); print }' "$2")
}

# closing: why tests were skipped, what went wrong, and the one line that sums up; 1 when anything failed.
closing() {
    [ $((passed + failed)) -gt 0 ] || problem all "nothing ran"
    echo
    if [ ${#skips[@]} -gt 0 ]; then
        echo "skipped:"
        printf '%s\n' "${skips[@]}" | sort | uniq -c
    fi
    if [ ${#problems[@]} -gt 0 ]; then
        echo "failed:"
        printf '  %s\n' "${problems[@]}"
    fi
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
}
