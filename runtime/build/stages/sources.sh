#!/bin/bash
# Brings the source archives to $WORK/sources and checks every one of them.
set -euo pipefail
source "$(dirname "$0")/../settings.sh"

mkdir -p "$WORK/sources"

matches() { [ -f "$1" ] && echo "$2  $1" | sha256sum --check --status; }

# candidates POOL_PATH UPSTREAM: where the archive may be, best first
candidates() {
  echo "$(debian_mirror)/pool/main/$1"
  if [ "$2" != - ]; then echo "$2"; fi
}

fetch() {
  local name=$1 sum=$2 file=$3 pool=$4 upstream=$5
  local target=$WORK/sources/$file url
  if matches "$target" "$sum"; then return; fi
  if [ -n "${WASM_SANDBOX_SOURCES:-}" ] && matches "$WASM_SANDBOX_SOURCES/$file" "$sum"; then
    cp "$WASM_SANDBOX_SOURCES/$file" "$target"
    return
  fi
  for url in $(candidates "$pool/$file" "$upstream"); do
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
