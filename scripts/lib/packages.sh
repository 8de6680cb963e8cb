# Sourced by the scripts that build: what the machine must have, and getting it.
# Everything here is said on standard error; standard output belongs to the program.

# a server that does not answer must not hold up what can go on without it
apt_options=(-o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 -o Acquire::Retries=2)

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$*"
    exit 1
}

# has_header NAME: the C compiler finds <NAME>.
has_header() {
    command -v cc >/dev/null && printf '#include <%s>\n' "$1" | cc -E -x c - >/dev/null 2>&1
}

# has_module NAME...: Debian's Python has the modules (another Python on PATH is not asked).
has_module() {
    [ -x /usr/bin/python3 ] && /usr/bin/python3 -c "import $(IFS=,; echo "$*")" 2>/dev/null
}

# missing_for_build: the Debian packages that the build needs and the machine has not, one a line.
missing_for_build() {
    command -v cc >/dev/null || printf '%s\n' gcc libc6-dev
    command -v cmake >/dev/null || echo cmake
    command -v make >/dev/null || command -v ninja >/dev/null || echo make
    has_header sndfile.h || echo libsndfile1-dev
    has_header soxr.h || echo libsoxr-dev
    has_header FLAC/stream_decoder.h || echo libflac-dev
    has_header mpg123.h || echo libmpg123-dev
    has_header alsa/asoundlib.h || echo libasound2-dev
}

# missing_for_tests: the Debian packages without which some tests are skipped, one a line.
missing_for_tests() {
    has_module numpy || echo python3-numpy
    has_module onnx || echo python3-onnx
    command -v c++ >/dev/null || echo g++
    command -v ffmpeg >/dev/null || echo ffmpeg
    command -v mosquitto >/dev/null || [ -x /usr/sbin/mosquitto ] || echo mosquitto
    command -v mosquitto_pub >/dev/null || echo mosquitto-clients
    command -v ip >/dev/null || echo iproute2
    command -v zsh >/dev/null || echo zsh
    command -v fish >/dev/null || echo fish
    command -v qemu-aarch64-static >/dev/null || echo qemu-user-static
    # on arm64 itself the ordinary tests are the arm64 tests
    [ "$(uname -m)" = aarch64 ] || command -v aarch64-linux-gnu-gcc >/dev/null ||
        printf '%s\n' gcc-aarch64-linux-gnu libc6-dev-arm64-cross
}

apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get "${apt_options[@]}" install -y -q --no-install-recommends "$@" >&2 </dev/null
}

# install_packages NAME...: installs them as root; 1 when it can't, after naming the command that would.
install_packages() {
    [ $# -gt 0 ] || return 0
    if ! command -v apt-get >/dev/null; then
        say "missing (names of the Debian packages): $*: install them with this system's package manager, then run this again"
        return 1
    fi
    if [ "$(id -u)" -ne 0 ]; then
        say "missing: $*: install them as root, then run this again:"
        say "  apt-get update && apt-get install -y --no-install-recommends $*"
        return 1
    fi
    say "installing $*"
    # a fresh machine has no package lists, an old one stale lists; any other is spared the update
    apt-cache show "$@" >/dev/null 2>&1 && apt_install "$@" && return 0
    apt-get "${apt_options[@]}" update -q >&2 </dev/null && apt_install "$@" && return 0
    say "could not install $*: see what apt-get says above"
    return 1
}

# install_what_can_be NAME...: as install_packages; when that fails, one by one, so that a name this system has not got does not take
# the others along. 1 when any is still missing.
install_what_can_be() {
    install_packages "$@" && return 0
    [ $# -gt 1 ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || return 1
    local name status=0
    for name; do
        apt_install "$name" || { say "could not install $name"; status=1; }
    done
    return $status
}

# find_dotnet: puts the .NET SDK on PATH when it lies where its installer puts it.
find_dotnet() {
    command -v dotnet >/dev/null && return 0
    local folder
    for folder in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet; do
        if [ -n "$folder" ] && [ -x "$folder/dotnet" ]; then
            PATH="$folder:$PATH"
            return 0
        fi
    done
    return 1
}

# require_dotnet ROOT: the SDK that global.json asks for is there, or this ends with what to do.
require_dotnet() {
    if ! find_dotnet && [ "$(id -u)" -eq 0 ] && apt-cache show dotnet-sdk-10.0 >/dev/null 2>&1; then
        install_packages dotnet-sdk-10.0 || true
        hash -r
    fi
    find_dotnet || die "no .NET SDK: install version 10 ('apt-get install dotnet-sdk-10.0' where the system has it, else see https://dotnet.microsoft.com/download/dotnet/10.0), then run this again"
    (cd "$1" && dotnet --version >/dev/null 2>&1) ||
        die "the .NET SDK here is too old ($(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' -)): version 10.0.100 or newer is needed, see https://dotnet.microsoft.com/download/dotnet/10.0"
}
