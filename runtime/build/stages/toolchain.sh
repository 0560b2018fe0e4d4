#!/bin/bash
# Makes the chroot with the toolchain: Debian's clang and wasi-libc, whatever this machine runs.
set -euo pipefail
source "$(dirname "$0")/../settings.sh"

mirror=$(debian_mirror)

if ! command -v debootstrap >/dev/null; then
  logged "$WORK/apt.log" apt-get update
  logged "$WORK/apt.log" apt-get install --yes --no-install-recommends debootstrap
fi

rm -rf "$CHROOT"
# sid's script serves every suite; an older debootstrap has none for the newest
logged "$WORK/debootstrap.log" debootstrap --variant=minbase --include=ca-certificates "$SUITE" "$CHROOT" "$mirror" \
  /usr/share/debootstrap/scripts/sid

# A mirror in a closed network may lag behind the dates that it signed.
echo 'Acquire::Check-Valid-Until "false";' >"$CHROOT/etc/apt/apt.conf.d/99valid"
echo "deb $mirror $SUITE main" >"$CHROOT/etc/apt/sources.list"
cp /etc/resolv.conf /etc/hosts "$CHROOT/etc/"

logged "$WORK/toolchain.log" chroot "$CHROOT" /bin/sh -c "
  export DEBIAN_FRONTEND=noninteractive
  apt-get update && apt-get install --yes --no-install-recommends $TOOLCHAIN"
