/* Names that would reach for the host and are not in the sandbox: the host is told when a program asks for one of them.
 * The program gets the AttributeError or ImportError that it gets for any other name.
 *
 * The standard library tries many of them to find out where it is. What its code asks for is not told; a program that
 * goes out of its way can pass for it, and gains nothing. */
#define Py_BUILD_CORE 1
#include "rt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pycore_interpframe.h" /* _PyFrame_GetCode() */
#include "pycore_pystate.h"     /* _PyThreadState_GET() */

static PyObject *os_module, *posix_module;

/* Both lists are sorted, for they are searched by halves.
 *
 * Of POSIX, as Python's os has it elsewhere: other processes, other users, the terminal, the system itself. */
static const char *const os_names[] = {
    "chown", "chroot", "ctermid", "execv", "execve", "fchown", "fchroot", "fork", "fork1", "forkpty", "getegid", "geteuid",
    "getgid", "getgrouplist", "getgroups", "getloadavg", "getlogin", "getpgid", "getpgrp", "getppid", "getpriority",
    "getresgid", "getresuid", "getsid", "getuid", "grantpt", "initgroups", "kill", "killpg", "lchown", "login_tty",
    "mkfifo", "mknod", "nice", "openpty", "pidfd_open", "posix_openpt", "posix_spawn", "posix_spawnp", "ptsname",
    "sched_setaffinity", "sched_setparam", "sched_setscheduler", "setegid", "seteuid", "setgid", "setgroups", "setns",
    "setpgid", "setpgrp", "setpriority", "setregid", "setresgid", "setresuid", "setreuid", "setsid", "setuid", "spawnl",
    "spawnle", "spawnlp", "spawnlpe", "spawnv", "spawnve", "spawnvp", "spawnvpe", "tcgetpgrp", "tcsetpgrp", "ttyname",
    "unlockpt", "unshare", "wait", "wait3", "wait4", "waitid", "waitpid",
};

/* Modules of the standard library: foreign code, other processes, other users, the terminal, TLS, the registry. */
static const char *const module_names[] = {
    "_ctypes", "_multiprocessing", "_posixshmem", "_posixsubprocess", "_remote_debugging", "_ssl", "_winapi", "_wmi",
    "ctypes", "fcntl", "grp", "mmap", "multiprocessing", "pty", "pwd", "resource", "ssl", "syslog", "termios", "tty",
    "winreg",
};

static int
compare(const void *name, const void *entry)
{
    return PyUnicode_CompareWithASCIIString((PyObject *)name, *(const char *const *)entry);
}

#define IS_AMONG(name, list) \
    (bsearch(name, list, Py_ARRAY_LENGTH(list), sizeof *list, compare) != NULL)

static int
is_sorted(const char *const *names, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (strcmp(names[i - 1], names[i]) >= 0) {
            return 0;
        }
    }
    return 1;
}

/* --- who asks ------------------------------------------------------------------------------------------------- */

static int
starts_with(PyObject *text, const char *start)
{
    const size_t length = strlen(start);
    return PyUnicode_KIND(text) == PyUnicode_1BYTE_KIND && (size_t)PyUnicode_GET_LENGTH(text) >= length &&
           memcmp(PyUnicode_1BYTE_DATA(text), start, length) == 0;
}

static int
is_library(PyObject *file)
{
    return starts_with(file, "<frozen ") || starts_with(file, RT_ARCHIVE "/");
}

/* Code that imports what another asks for. concurrent.futures needs multiprocessing for what a program takes from it. */
static int
imports_for_others(PyObject *file)
{
    return starts_with(file, "<frozen importlib") || starts_with(file, RT_ARCHIVE "/importlib/") ||
           starts_with(file, RT_ARCHIVE "/_wasm_sandbox/") || starts_with(file, RT_ARCHIVE "/concurrent/futures/");
}

static int
program_asks(int is_import)
{
    _PyInterpreterFrame *frame = _PyThreadState_GetFrame(_PyThreadState_GET());
    while (frame != NULL) {
        PyObject *file = _PyFrame_GetCode(frame)->co_filename;
        if (!is_import || !imports_for_others(file)) {
            return !is_library(file);
        }
        frame = _PyFrame_GetFirstComplete(frame->previous);
    }
    return 1;
}

/* --- what is asked for ---------------------------------------------------------------------------------------- */

static void
tell(const char *kind, PyObject *name)
{
    char operation[64];
    /* one of the names above: ASCII, and short */
    snprintf(operation, sizeof operation, "%s%.*s", kind, (int)PyUnicode_GET_LENGTH(name),
             (const char *)PyUnicode_1BYTE_DATA(name));
    rt_refused(operation, NULL, 0);
}

/* Every module calls this for every name that it does not have: patches/missing-names.patch. */
extern void _Py_WasiMissingName(PyObject *module, PyObject *name);

void
_Py_WasiMissingName(PyObject *module, PyObject *name)
{
    if (rt_program_runs && (module == os_module || module == posix_module) && IS_AMONG(name, os_names) &&
        program_asks(0)) {
        tell("os.", name);
    }
}

PyObject *
rt_refused_import(PyObject *self, PyObject *name)
{
    if (rt_program_runs && PyUnicode_Check(name) && IS_AMONG(name, module_names) && program_asks(1)) {
        tell("import ", name);
    }
    Py_RETURN_NONE;
}

/* The linker sends the interpreter's calls through here (--wrap): an extension module's file. libc has no more than a
 * stub of it. */
void *__real_dlopen(const char *path, int flags);

void *
__wrap_dlopen(const char *path, int flags)
{
    rt_target target = {0};
    rt_target_add(&target, path == NULL ? "" : path);
    rt_refused("dlopen", &target, 0);
    return __real_dlopen(path, flags);
}

int
rt_absent_init(void)
{
    if (!is_sorted(os_names, Py_ARRAY_LENGTH(os_names)) || !is_sorted(module_names, Py_ARRAY_LENGTH(module_names))) {
        return RT_FAILED;
    }
    os_module = PyImport_ImportModule("os");
    posix_module = PyImport_ImportModule("posix");
    return os_module != NULL && posix_module != NULL ? rt_refuse_init(os_module, posix_module) : RT_FAILED;
}
