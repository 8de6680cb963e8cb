# Sourced by scripts/run.sh, scripts/test.sh and scripts/bench.sh after packages.sh, with `root` set to the checkout: builds into
# build/ (native) and .artifacts/ (.NET). Everything a build tool says goes to standard error.

program=$root/.artifacts/bin/Appliance.Service/release/appliance
library=$root/build/native/libappliance.so
stamp=$root/.artifacts/run.stamp

. "$root/scripts/lib/native.sh"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# is_current: the program was built from the sources as they are. One walk over the tree, no build tool;
# folders count too, so that a removed file is seen.
is_current() {
    [ -x "$program" ] && [ -e "$library" ] && [ -e "$stamp" ] || return 1
    [ -z "$(find "$root/src" "$root/native" "$root/CMakeLists.txt" "$root/global.json" "$root/scripts/lib" \
        -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# require_tools: what the build needs is there or gets installed, or this ends with what to do.
require_tools() {
    local -a missing
    mapfile -t missing < <(missing_for_build)
    install_packages ${missing[@]+"${missing[@]}"} || exit 1
    require_dotnet "$root"
}

# build_native: libappliance.so, Release, into build/.
build_native() {
    configure "$root/build" >&2 && cmake --build "$root/build" --target appliance --parallel "$(nproc)" >&2
}

# build_managed PROJECT...: Release, warnings are errors. In CI the lock files must be what the project files ask for.
# No build server stays behind: one would keep a caller's pipe open.
build_managed() {
    local project
    local -a options=(-c Release --disable-build-servers -v quiet)
    [ "${CI:-}" = true ] && options+=(-p:RestoreLockedMode=true)
    for project; do
        # global.json counts only from inside the checkout
        (cd "$root" && dotnet build "$project" "${options[@]}" >&2) || return 1
    done
}

# alone COMMAND...: runs it while no other build of this checkout does.
alone() {
    local status=0
    mkdir -p "$root/.artifacts"
    exec 9>"$root/.artifacts/build.lock"
    flock -n 9 || { say "waiting for another build of this checkout"; flock 9; }
    "$@" || status=$?
    exec 9>&-
    return $status
}

# build_program: everything that scripts/run.sh starts, unless it is current; 1 when it failed.
build_program() { alone build_stale_program; }

build_stale_program() {
    if ! is_current; then
        say "building (the first time takes a minute or two)"
        # the stamp is as old as the start of the build: what is edited meanwhile is built the next time
        : >"$stamp.new"
        if build_native && build_managed src/Appliance.Service/Appliance.Service.csproj; then
            mv "$stamp.new" "$stamp"
        else
            say "the build failed: see the errors above"
            return 1
        fi
    fi
}
