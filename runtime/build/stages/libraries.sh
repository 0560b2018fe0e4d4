#!/bin/bash
# Inside the chroot: the C libraries that the standard library's extension modules wrap, as static archives.
set -euo pipefail
source "$(dirname "$0")/../settings.sh"

CC="clang-$LLVM --target=$TARGET"
CFLAGS='-O3 -DNDEBUG -D_WASI_EMULATED_SIGNAL -D_WASI_EMULATED_GETPID -D_WASI_EMULATED_MMAN -D_WASI_EMULATED_PROCESS_CLOCKS'

mkdir -p $PREFIX/lib $PREFIX/include

# archive NAME FLAGS FILE...: compiles the files of the current folder into lib/libNAME.a
archive() {
  local name=$1 flags=$2 objects=$B/objects/$1
  shift 2
  rm -rf "$objects"
  mkdir -p "$objects"
  # shellcheck disable=SC2016
  printf '%s\n' "$@" | xargs -P "$(nproc)" -I{} \
    sh -c 'out=$1/$(echo "$2" | tr / _).o; shift; file=$1; shift; exec "$@" -c "$file" -o "$out"' \
    sh "$objects" {} $CC $CFLAGS $flags
  rm -f "$PREFIX/lib/lib$name.a"
  # D: no time stamps and no user ids in the archive
  llvm-ar-$LLVM rcsD "$PREFIX/lib/lib$name.a" "$objects"/*.o
}

cd $SRC/zlib
cp zlib.h zconf.h $PREFIX/include
archive z -DHAVE_UNISTD_H adler32.c crc32.c compress.c uncompr.c deflate.c infback.c inffast.c inflate.c inftrees.c \
  trees.c zutil.c gzclose.c gzlib.c gzread.c gzwrite.c

cd $SRC/bzip2
cp bzlib.h $PREFIX/include
archive bz2 '' blocksort.c huffman.c crctable.c randtable.c compress.c decompress.c bzlib.c

cd $SRC/zstd/lib
cp zstd.h zdict.h zstd_errors.h $PREFIX/include
archive zstd '-I. -DZSTD_DISABLE_ASM -DXXH_NAMESPACE=ZSTD_' common/*.c compress/*.c decompress/*.c dictBuilder/*.c

mkdir -p $B/liblzma
cd $B/liblzma
logged configure.log env CC="$CC" AR=llvm-ar-$LLVM RANLIB=llvm-ranlib-$LLVM CFLAGS="$CFLAGS" \
  "$SRC/liblzma/configure" --host=wasm32-wasi --build=x86_64-linux-gnu --prefix=$PREFIX \
  --disable-shared --enable-static --disable-threads --disable-xz --disable-xzdec --disable-lzmadec \
  --disable-lzmainfo --disable-scripts --disable-doc --disable-nls --disable-sandbox --disable-symbol-versions
logged make.log make -j"$(nproc)" -C src/liblzma install

# The amalgamation is generated natively, then compiled like everything else. No threads and no shared cache: there is
# one thread. Temporary files stay in memory, for the sandbox's file system is memory anyway.
cd $SRC/SQLite
logged $B/sqlite-configure.log ./configure --disable-tcl --disable-readline
logged $B/sqlite-make.log make sqlite3.c sqlite3.h
cp sqlite3.h $PREFIX/include
archive sqlite3 '-DSQLITE_THREADSAFE=0 -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_SHARED_CACHE
  -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_RTREE -DSQLITE_ENABLE_MATH_FUNCTIONS
  -DSQLITE_DEFAULT_MEMSTATUS=0 -DSQLITE_TEMP_STORE=2 -DSQLITE_DQS=0' sqlite3.c
