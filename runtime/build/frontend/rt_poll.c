/* The host's say while Python runs: the strong definition of the hook that patches/poll-interrupt.patch adds. */
#include "rt.h"

RT_IMPORT("poll") extern int32_t rt_host_poll(int32_t kind);
RT_IMPORT("yield") extern int32_t rt_host_yield(void);

enum {
    POLL_INTERRUPT = 1,
    POLL_YIELD = 2,
};

/* The host may want to leave the guest for a moment, to let a message in. Only a second import can do that (it is a
 * WebAssembly.Suspending); were rt_host_poll itself one, every tick would pay for it. */
void
_Py_WasiPoll(int kind)
{
    int32_t answer = rt_host_poll(kind);
    if (answer == POLL_YIELD) {
        answer = rt_host_yield();
    }
    if (answer == POLL_INTERRUPT) {
        PyErr_SetInterrupt();
    }
}
