/* Entropy for SQLite: its own way to it opens /dev/urandom, which is not there, and then falls back to the clock. */
#include "rt.h"

#include <sqlite3.h>
#include <unistd.h>

/* As much as one getentropy gives. */
#define STEP 256

static int
randomness(sqlite3_vfs *vfs, int size, char *bytes)
{
    (void)vfs;
    for (int at = 0; at < size; at += STEP) {
        const int step = size - at < STEP ? size - at : STEP;
        if (getentropy(bytes + at, (size_t)step) != 0) {
            return at;
        }
    }
    return size;
}

/* Build time only: the snapshot keeps it. Nothing is drawn here. */
int
rt_sqlite_init(void)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    if (vfs == NULL) {
        return RT_FAILED;
    }
    vfs->xRandomness = randomness;
    return 0;
}
