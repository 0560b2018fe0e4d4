#!/bin/bash
# Inside the chroot: cross-compiles CPython into a static library with all its extension modules built in.
set -euo pipefail
source "$(dirname "$0")/../settings.sh"

# configure looks for the binutils under their plain names
mkdir -p $B/bin $PYBUILD
for tool in ar ranlib nm objcopy; do
  ln -sf "/usr/bin/llvm-$tool-$LLVM" "$B/bin/llvm-$tool"
done
export PATH=$B/bin:$PATH

export CC="clang-$LLVM --target=$TARGET"
export CPP="clang-cpp-$LLVM --target=$TARGET"
export CXX="clang++-$LLVM --target=$TARGET"
export AR=llvm-ar RANLIB=llvm-ranlib ARFLAGS=rcsD
export CONFIG_SITE=$SRC/CPython/Tools/wasm/wasi/config.site-wasm32-wasi

# No pkg-config: every library is named here, so that none of the machine's own is found.
export PKG_CONFIG_LIBDIR=/nonexistent
export ZLIB_CFLAGS="-I$PREFIX/include" ZLIB_LIBS="-L$PREFIX/lib -lz"
export BZIP2_CFLAGS="-I$PREFIX/include" BZIP2_LIBS="-L$PREFIX/lib -lbz2"
export LIBLZMA_CFLAGS="-I$PREFIX/include" LIBLZMA_LIBS="-L$PREFIX/lib -llzma"
export LIBSQLITE3_CFLAGS="-I$PREFIX/include" LIBSQLITE3_LIBS="-L$PREFIX/lib -lsqlite3"
export LIBZSTD_CFLAGS="-I$PREFIX/include" LIBZSTD_LIBS="-L$PREFIX/lib -lzstd"

# The stack size is what CPython takes its first recursion limit from; the host sets the real one (rt_stack_limit).
export CFLAGS=-D_Py_LINKER_THREAD_STACK_SIZE=1048576

cd $PYBUILD
# HOSTRUNNER=true: nothing of the cross build is ever run. configure turns pymalloc off for WASI, for no reason that
# holds here: it is faster than dlmalloc and wastes less.
HOSTRUNNER=true logged configure.log "$SRC/CPython/configure" --host=wasm32-unknown-wasip1 --build=x86_64-linux-gnu \
  --with-build-python="$NATIVE/bin/python$PYTHON_VERSION" --prefix=/usr/local \
  --disable-test-modules --without-ensurepip --with-pymalloc OPT='-DNDEBUG -g0 -O3 -Wall'
logged make.log make -j"$(nproc)" python.wasm "libpython$PYTHON_VERSION.a"
