#!/usr/bin/env bash
# Builds for arm64 on any machine with Debian's cross compiler: libappliance.so into build-arm64/native, and the whole program,
# self-contained with that library beside it, into .artifacts/publish-arm64. Says how to run it under qemu.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
. "$root/scripts/lib/packages.sh"
. "$root/scripts/lib/native.sh"

command -v aarch64-linux-gnu-gcc >/dev/null || install_packages gcc-aarch64-linux-gnu
require_dotnet "$root"
say "fetching Debian's arm64 libraries (once)"
make_sysroot >&2 || die "Debian's arm64 packages can't be fetched: see what apt-get says above"
configure_and_build "$root/build-arm64" "${arm64_options[@]}" >&2

output=$root/.artifacts/publish-arm64
rm -rf "$output"
(cd "$root" && dotnet publish src/Appliance.Service -r linux-arm64 --self-contained -c Release -o "$output" \
    --disable-build-servers -v quiet >&2)
cp "$root/build-arm64/native/libappliance.so" "$output/"

say "built $output; under qemu it runs as:"
# .NET maps its code twice by default, which qemu does not keep in step
echo "env DOTNET_EnableWriteXorExecute=0 qemu-aarch64-static -cpu neoverse-n1 -L $sysroot $output/appliance"
