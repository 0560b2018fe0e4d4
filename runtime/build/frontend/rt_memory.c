/* A rewindable sbrk.
 *
 * wasi-libc's own sbrk always grows from memory.size. After a rewind in place the memory is as large as the run before
 * left it, so that one would leak all of it. Here the break is a variable: it lies in linear memory, is a part of every
 * snapshot, and memory.grow is called only when the break passes the end of the memory. */
#include "rt.h"

#include <errno.h>
#include <stdlib.h>

#define WASM_PAGE 65536u
/* The last page stays out of reach, so that no address computation wraps around. */
#define HIGHEST_BREAK 0xffff0000u

static uintptr_t current_break;
static int denied;

static uint64_t
memory_bytes(void)
{
    return (uint64_t)__builtin_wasm_memory_size(0) * WASM_PAGE;
}

void
rt_memory_init(void)
{
    if (current_break == 0) {
        current_break = (uintptr_t)memory_bytes();
    }
}

void
rt_memory_restored(void)
{
    denied = 0;
}

/* How often memory was refused since the restore: by the host's limit, or by an allocator before it came to that. */
RT_EXPORT(rt_memory_denied) int
rt_memory_denied(void)
{
    return denied;
}

void *
sbrk(intptr_t increment)
{
    rt_memory_init();
    const uintptr_t old = current_break;
    if (increment == 0) {
        return (void *)old;
    }
    const uint64_t wanted = (uint64_t)old + (uint64_t)(uintptr_t)increment;
    if (increment < 0 || wanted > HIGHEST_BREAK) {
        /* dlmalloc never shrinks here; a request too large for the address space was refused, too. */
        denied += increment > 0 || wanted > HIGHEST_BREAK;
        errno = ENOMEM;
        return (void *)-1;
    }
    const uint64_t have = memory_bytes();
    if (wanted > have) {
        const size_t pages = (size_t)((wanted - have + WASM_PAGE - 1) / WASM_PAGE);
        if (__builtin_wasm_memory_grow(0, pages) == (size_t)-1) {
            denied++;
            errno = ENOMEM;
            return (void *)-1;
        }
    }
    current_break = (uintptr_t)wanted;
    return (void *)old;
}

/* A request too large for the address space never gets as far as sbrk. The linker sends every MemoryError that the
 * interpreter itself raises through here (--wrap), so that it counts, too; one that a program raises does not. */
PyObject *__real_PyErr_NoMemory(void);

PyObject *
__wrap_PyErr_NoMemory(void)
{
    denied++;
    return __real_PyErr_NoMemory();
}
