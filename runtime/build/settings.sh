# Settings that every stage shares. Sourced, never run.

# The one place that says what is built. Sums are those of the Debian source packages (.dsc).
# Columns: name, version, sha256, file, folder in a Debian pool, upstream URL with the same bytes or "-".
SOURCES='
CPython   3.14.7 3b48dac8fb59f62eaa67ac83c1eb12bda1b7a08406dd286e252c11a66be27f81 python3.14_3.14.7.orig.tar.xz        p/python3.14 https://www.python.org/ftp/python/3.14.7/Python-3.14.7.tar.xz
zlib      1.3.2  7b6903eb019983987b7112eccf90f1703f1c6c0e0cede36564bf611d19ca579d zlib_1.3.dfsg+really1.3.2.orig.tar.gz z/zlib       -
bzip2     1.0.8  ab5a03176ee106d3f0fa90e381da478ddae405918153cca248e682cd0c4a2269 bzip2_1.0.8.orig.tar.gz              b/bzip2      https://sourceware.org/pub/bzip2/bzip2-1.0.8.tar.gz
liblzma   5.8.4  4ce24038fd4221e0d13bc1a2de7a4db56e90b92b3bf75321f6c14be73f65de4b xz-utils_5.8.4.orig.tar.xz           x/xz-utils   https://github.com/tukaani-project/xz/releases/download/v5.8.4/xz-5.8.4.tar.xz
zstd      1.5.7  0c092ef267edce57ba7f3f2645c861f72eaf5e76273c6c3632869423464b90a5 libzstd_1.5.7+dfsg.orig.tar.xz       libz/libzstd -
SQLite    3.53.4 05366adc8ee80c6b1faa71285b49d133c2121238ca58934b077fdeb95934abd4 sqlite3_3.53.4.orig.tar.xz           s/sqlite3    -
'

# The toolchain is Debian's, from this suite. It lives in a chroot, so that the machine's own release does not matter.
SUITE=trixie
LLVM=22
TOOLCHAIN="clang-$LLVM lld-$LLVM llvm-$LLVM wasi-libc libclang-rt-$LLVM-dev-wasm32 binaryen gcc libc6-dev make"
TOOLCHAIN+=' pkg-config xz-utils tzdata tzdata-legacy'

PYTHON_VERSION=3.14
TARGET=wasm32-wasip1

# Every time stamp that gets into an artefact: 1 August 2026.
export SOURCE_DATE_EPOCH=1785542400

# Folders as they are seen inside the chroot.
B=/build
SRC=$B/src
PREFIX=$B/prefix
NATIVE=$B/host-python
PYBUILD=$B/python
RECIPE=$B/recipe
OUT=$B/out

say() { printf '[%4ds] %s\n' "$SECONDS" "$*"; }

# Runs a command, keeping its output in a log that is shown only when the command fails.
logged() {
  local log=$1
  shift
  if ! "$@" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    printf 'failed: %s (log: %s)\n' "$*" "$log" >&2
    return 1
  fi
}

# The Debian mirror that this machine's apt uses, whichever that is.
debian_mirror() {
  local mirror
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -E '/debian/?$' | head -n 1 | sed 's#/$##' || true)
  if [ -z "$mirror" ]; then
    echo "apt knows no Debian mirror: run 'apt-get update' on a Debian machine" >&2
    return 1
  fi
  echo "$mirror"
}
