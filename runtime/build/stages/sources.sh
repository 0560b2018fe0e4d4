#!/bin/bash
# Brings the source archives to $WORK/sources and checks every one of them.
set -euo pipefail
source "$(dirname "$0")/../settings.sh"

mkdir -p "$WORK/sources"

matches() { [ -f "$1" ] && echo "$2  $1" | sha256sum --check --status; }

# The mirror that this machine's apt uses; `deb` and `deb-src` lines name the same one.
debian_mirror() {
  apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -E '/debian/?$' | head -n 1 | sed 's#/$##' || true
}

# candidates FILE POOL UPSTREAM: where the archive may be, best first
candidates() {
  local mirror
  mirror=$(debian_mirror)
  if [ -n "$mirror" ]; then echo "$mirror/pool/main/$2/$1"; fi
  echo "https://deb.debian.org/debian/pool/main/$2/$1"
  if [ "$3" != - ]; then echo "$3"; fi
}

fetch() {
  local name=$1 sum=$2 file=$3 pool=$4 upstream=$5
  local target=$WORK/sources/$file url
  if matches "$target" "$sum"; then return; fi
  if [ -n "${WASM_SANDBOX_SOURCES:-}" ] && matches "$WASM_SANDBOX_SOURCES/$file" "$sum"; then
    cp "$WASM_SANDBOX_SOURCES/$file" "$target"
    return
  fi
  for url in $(candidates "$file" "$pool" "$upstream"); do
    if curl --fail --silent --show-error --location --output "$target.part" "$url" && matches "$target.part" "$sum"; then
      mv "$target.part" "$target"
      return
    fi
    rm -f "$target.part"
  done
  echo "$name: found no copy of $file with sha256 $sum" >&2
  return 1
}

while read -r name version sum file pool upstream; do
  if [ -n "$name" ]; then fetch "$name" "$sum" "$file" "$pool" "$upstream"; fi
done <<<"$SOURCES"
