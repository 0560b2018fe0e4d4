#!/bin/bash
# Builds runtime/{python.wasm,python.img,python314.zip,manifest.json,THIRD_PARTY_NOTICES.txt} from pinned sources.
#
#     npm run build:runtime        Debian as root (for debootstrap and chroot); about ten minutes on two cores
#
# WASM_SANDBOX_SOURCES  a folder that has the source archives already (default: none)
# WASM_SANDBOX_WORK     where to work; what is finished there is not done again (default: ~/.cache/wasm-sandbox-runtime)
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
source "$HERE/settings.sh"

WORK=${WASM_SANDBOX_WORK:-$HOME/.cache/wasm-sandbox-runtime}
CHROOT=$WORK/chroot
RUNTIME=$(dirname "$HERE")
export WORK CHROOT SOURCES TOOLCHAIN
mkdir -p "$WORK"

# inside COMMAND...: runs it in the chroot with an environment of our own
inside() {
  chroot "$CHROOT" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 TZ=UTC \
    SOURCE_DATE_EPOCH=$SOURCE_DATE_EPOCH PYTHONHASHSEED=0 "$@"
}

# once NAME COMMAND...: a stage that need not be repeated in the same work folder
once() {
  local name=$1
  shift
  if [ ! -e "$WORK/$name.done" ]; then
    "$@"
    touch "$WORK/$name.done"
  fi
  say "$name"
}

bash "$HERE/stages/sources.sh"
say 'sources'
once toolchain bash "$HERE/stages/toolchain.sh"

mkdir -p "$CHROOT$OUT"
rm -rf "${CHROOT:?}$RECIPE"
cp -r "$HERE" "$CHROOT$RECIPE"
once unpacked bash "$HERE/stages/unpack.sh"

once native-python inside bash $RECIPE/stages/native-python.sh
once libraries inside bash $RECIPE/stages/libraries.sh
once cpython inside bash $RECIPE/stages/cpython.sh

inside bash $RECIPE/stages/link.sh
say 'link'
# No columns in its line tables: without sources nobody could see what they point to, and they are a fifth of it.
inside $NATIVE/bin/python$PYTHON_VERSION -X no_debug_ranges $RECIPE/stdlib.py $SRC/CPython/Lib $RECIPE/guest /usr/share/zoneinfo \
  $PYBUILD $OUT/python314.zip
say 'standard library'

# The seed of str's hash is frozen in the snapshot. It depends on nothing but the inputs.
hash_seed=$((16#$(printf '%s' "$SOURCES" | awk 'NF { print $3 }' | sha256sum | cut -c1-8)))
node "$HERE/snapshot.mjs" "$CHROOT$OUT/reactor.wasm" "$CHROOT$OUT/python314.zip" $hash_seed \
  "$CHROOT$OUT/python.wasm" "$CHROOT$OUT/python.img"
say 'snapshot'

for name in python.wasm python.img python314.zip; do
  # a new file under the final name at once, for somebody may be reading the old one
  cp "$CHROOT$OUT/$name" "$RUNTIME/.$name.new"
  chmod 644 "$RUNTIME/.$name.new"
  mv "$RUNTIME/.$name.new" "$RUNTIME/$name"
done
node "$HERE/manifest.mjs" "$CHROOT" "$hash_seed"
node "$HERE/notices.mjs" "$CHROOT"
node "$HERE/verify.mjs"
say 'done'
