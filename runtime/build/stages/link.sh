#!/bin/bash
# Inside the chroot: links the front end with libpython into a reactor, and optimises it.
set -euo pipefail
source "$(dirname "$0")/../settings.sh"

export PATH=$B/bin:$PATH
cd $PYBUILD
bundled=$(find Modules -name '*.a' | sort) # HACL*, expat and mpdecimal come as archives of their own

# The memory is imported and has no maximum: the host's Memory brings the limit. The stack comes first, so that an
# overflow traps instead of running into data; what bounds recursion is rt_stack_limit, far below this size.
# shellcheck disable=SC2086
clang-$LLVM --target=$TARGET -mexec-model=reactor -O3 -DNDEBUG -Wall -Wextra -Wno-unused-parameter \
  -I"$SRC/CPython/Include" -I"$SRC/CPython/Include/internal" -I. -I$PREFIX/include \
  $RECIPE/frontend/*.c "libpython$PYTHON_VERSION.a" $bundled \
  -L$PREFIX/lib -lz -lbz2 -llzma -lzstd -lsqlite3 \
  -lwasi-emulated-signal -lwasi-emulated-getpid -lwasi-emulated-process-clocks -lwasi-emulated-mman -ldl -lm \
  -Wl,-z,stack-size=4194304 -Wl,--stack-first -Wl,--export=__stack_pointer -Wl,--import-memory \
  -Wl,--wrap=PyErr_NoMemory -Wl,--wrap=chdir -Wl,--wrap=dlopen \
  -Wl,--wrap=clock_gettime -Wl,--wrap=clock_getres -Wl,--wrap=raise \
  -o $OUT/linked.wasm

features='--enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals
  --enable-multivalue --enable-reference-types --enable-simd'
# shellcheck disable=SC2086
wasm-opt -O3 $features --strip-debug --strip-producers $OUT/linked.wasm -o $OUT/reactor.wasm
