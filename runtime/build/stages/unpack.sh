#!/bin/bash
# Unpacks the sources into the chroot, and patches CPython.
set -euo pipefail
HERE=$(cd "$(dirname "$0")/.." && pwd)
source "$HERE/settings.sh"

while read -r name version sum file pool upstream; do
  if [ -z "$name" ]; then continue; fi
  folder=$CHROOT$SRC/$name
  rm -rf "$folder"
  mkdir -p "$folder"
  tar -C "$folder" --strip-components=1 -xf "$WORK/sources/$file"
done <<<"$SOURCES"

for patch in "$HERE"/patches/*.patch; do
  patch --directory="$CHROOT$SRC/CPython" --strip=1 --forward --batch --silent <"$patch"
done
