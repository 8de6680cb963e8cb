# Sourced by scripts/native-test.sh, scripts/build-arm64.sh and build.sh, with `root` set to the checkout: CMake builds of the native library, and
# the folder of Debian's arm64 libraries that a cross build needs (build-arm64/sysroot).

sysroot=$root/build-arm64/sysroot
sysroot_limit_seconds=300
arm64_options=(-DCMAKE_TOOLCHAIN_FILE="$root/native/cmake/aarch64-linux-gnu.cmake")

# configure FOLDER [OPTION...]: CMake, Release unless an option says otherwise.
configure() {
    local folder=$1
    shift
    # a cache made for another place (a copied checkout) can't be used
    if [ -e "$folder/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt"; then
        rm -rf "$folder/CMakeCache.txt" "$folder/CMakeFiles"
    fi
    cmake -S "$root" -B "$folder" -DCMAKE_BUILD_TYPE=Release "$@"
}

# configure_and_build FOLDER [OPTION...]: the library and its tests.
configure_and_build() {
    configure "$@" && cmake --build "$1" --parallel "$(nproc)"
}

# make_sysroot: Debian's arm64 packages, unpacked, not installed: needs no root and leaves the machine's package state alone.
# What libappliance.so links with, and what a self-contained .NET program and ONNX Runtime load.
make_sysroot() {
    [ -e "$sysroot/.complete" ] && describe_processors && return 0
    local state=$root/build-arm64/apt
    local -a apt=(apt-get -q -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 -o Acquire::Retries=2
        -o Dir::State="$state" -o Dir::State::status="$state/status" -o Dir::Cache="$state/cache"
        -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none)
    rm -rf "$state" "$sysroot"
    mkdir -p "$state/lists/partial" "$state/cache/archives/partial" "$sysroot"
    : >"$state/status"
    "${apt[@]}" update &&
        "${apt[@]}" install -y --download-only --no-install-recommends \
            libc6-dev libsndfile1-dev libsoxr-dev libflac-dev libmpg123-dev libasound2-dev libstdc++6 libgomp1 zlib1g libssl3 || return 1
    local package
    for package in "$state"/cache/archives/*.deb; do
        dpkg -x "$package" "$sysroot" || return 1
    done
    rm -rf "$state"
    : >"$sysroot/.complete"
    describe_processors
}

# describe_processors: what qemu shows an arm64 program as /proc/cpuinfo, a Neoverse N1 for each processor. Without it the program reads
# this machine's, and ONNX Runtime crashes when it finds no arm processor there.
describe_processors() {
    local number
    mkdir -p "$sysroot/proc"
    for ((number = 0; number < $(nproc --all); number++)); do
        printf '%s\t: %s\n' processor "$number" BogoMIPS 50.00 \
            Features 'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp' \
            'CPU implementer' 0x41 'CPU architecture' 8 'CPU variant' 0x3 'CPU part' 0xd0c 'CPU revision' 1
        echo
    done >"$sysroot/proc/cpuinfo"
}

# why_no_arm64: says what is missing for a cross build and its tests; 1 when nothing is. Makes the sysroot when it can.
why_no_arm64() {
    [ "$(uname -m)" != aarch64 ] || { echo "this machine is arm64 itself"; return 0; }
    command -v aarch64-linux-gnu-gcc >/dev/null || { echo "no cross compiler: apt-get install gcc-aarch64-linux-gnu"; return 0; }
    command -v qemu-aarch64-static >/dev/null || { echo "no emulator: apt-get install qemu-user-static"; return 0; }
    local log
    log=$(export root && timeout --kill-after=10 "$sysroot_limit_seconds" bash -c '. "$root/scripts/lib/native.sh"; make_sysroot' 2>&1) || {
        [ $? -ne 124 ] || log="not done within $sysroot_limit_seconds s"
        echo "Debian's arm64 packages can't be fetched: $(tail -n 1 <<<"$log")"
        return 0
    }
    return 1
}
