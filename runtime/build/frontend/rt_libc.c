/* Functions of wasi-libc that do less than POSIX asks of them. */
#include "rt.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wasi/api.h>

/* libc's own turns every error of the host into ENOTSUP. The host answers EINTR when a signal waits: only then does
 * Python's sleep look for it, and raise KeyboardInterrupt where the program sleeps. */
int
clock_nanosleep(clockid_t clock, int flags, const struct timespec *request, struct timespec *remaining)
{
    const int is_absolute = (flags & TIMER_ABSTIME) != 0;
    if (request->tv_sec < 0 || request->tv_nsec < 0 || request->tv_nsec >= 1000000000) {
        return EINVAL;
    }
    const __wasi_timestamp_t timeout = (__wasi_timestamp_t)request->tv_sec * 1000000000u + (uint32_t)request->tv_nsec;
    const __wasi_subscription_t subscription = {
        .u.tag = __WASI_EVENTTYPE_CLOCK,
        .u.u.clock.id = clock == CLOCK_REALTIME ? __WASI_CLOCKID_REALTIME : __WASI_CLOCKID_MONOTONIC,
        .u.u.clock.timeout = timeout,
        .u.u.clock.flags = is_absolute ? __WASI_SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME : 0,
    };
    __wasi_event_t event;
    __wasi_size_t count = 0;
    const __wasi_errno_t error = __wasi_poll_oneoff(&subscription, &event, 1, &count);
    if (error == 0) {
        return event.error;
    }
    if (!is_absolute && remaining != NULL) {
        *remaining = *request; /* never asked for: Python computes it from the clock */
    }
    return error;
}

/* libc keeps the working folder as text and appends to it: after `cd /tmp; cd ..` it is "/tmp/..". There are no links
 * in the sandbox, so the text can be put right. */
int __real_chdir(const char *path);

int
__wrap_chdir(const char *path)
{
    char full[PATH_MAX];
    if (*path == 0) {
        errno = ENOENT;
        return -1;
    }
    size_t length = 0;
    if (*path != '/') {
        if (getcwd(full, sizeof full) == NULL) {
            return -1;
        }
        length = strlen(full);
    }
    if (length + strlen(path) + 2 > sizeof full) {
        errno = ENAMETOOLONG;
        return -1;
    }
    full[length] = '/';
    strcpy(full + length + 1, path);

    char plain[PATH_MAX];
    size_t end = 0;
    for (char *rest = full, *name; (name = strtok_r(rest, "/", &rest)) != NULL;) {
        if (strcmp(name, "..") == 0) {
            while (end > 0 && plain[--end] != '/') {
            }
        }
        else if (strcmp(name, ".") != 0) {
            plain[end++] = '/';
            strcpy(plain + end, name);
            end += strlen(name);
        }
    }
    if (end == 0) {
        plain[end++] = '/';
    }
    plain[end] = 0;
    /* Through a name that is not there, or is a file, `..` leads nowhere: ask about the path as it was given first. The
     * host refuses one that leads above the root, where POSIX stays at the root. */
    if (access(path, F_OK) != 0 && errno != ENOTCAPABLE) {
        return -1;
    }
    return __real_chdir(plain);
}

/* To libc a clock's id is an address, which it reads from: a program may name any. */
static int
is_clock(clockid_t clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC;
}

int __real_clock_gettime(clockid_t clock, struct timespec *time);

int
__wrap_clock_gettime(clockid_t clock, struct timespec *time)
{
    if (!is_clock(clock)) {
        errno = EINVAL;
        return -1;
    }
    return __real_clock_gettime(clock, time);
}

int __real_clock_getres(clockid_t clock, struct timespec *resolution);

int
__wrap_clock_getres(clockid_t clock, struct timespec *resolution)
{
    if (!is_clock(clock)) {
        errno = EINVAL;
        return -1;
    }
    return __real_clock_getres(clock, resolution);
}

/* libc calls the handler of signal 0, and has none for it. */
int __real_raise(int signal);

int
__wrap_raise(int signal)
{
    return signal == 0 ? 0 : __real_raise(signal);
}
