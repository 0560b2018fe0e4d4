#!/bin/bash
# Inside the chroot: a native CPython of the very same version. The cross build runs it to freeze modules, and the
# recipe runs it to compile the standard library to bytecode. Debian's suite may not carry this version.
set -euo pipefail
source "$(dirname "$0")/../settings.sh"

mkdir -p $B/native
cd $B/native
logged configure.log "$SRC/CPython/configure" --prefix=$NATIVE --without-ensurepip --disable-test-modules \
  OPT='-O1 -DNDEBUG'
logged make.log make -j"$(nproc)"
logged install.log make altbininstall libinstall inclinstall sharedinstall
"$NATIVE/bin/python$PYTHON_VERSION" --version
