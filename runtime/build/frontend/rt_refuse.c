/* What starts a process or reaches for the network: it raises, in one sentence, and the host is told.
 *
 * In C, so that no frame of ours is in a traceback. The patched standard library calls rt_refuse_network and
 * rt_refuse_process; what `os` has of this kind is put into it here. */
#include "rt.h"

#include <errno.h>

#define NO_NETWORK "the network is not reachable from the sandbox"
#define NO_PROCESSES "subprocesses cannot be started in the sandbox"

static PyObject *
refuse(const char *operation, const rt_target *target, int error, const char *why)
{
    rt_refused(operation, target, error);
    PyObject *args = Py_BuildValue("(is)", error, why);
    if (args != NULL) {
        PyErr_SetObject(PyExc_OSError, args);
        Py_DECREF(args);
    }
    return NULL;
}

PyObject *
rt_refuse_network(PyObject *self, PyObject *args)
{
    const char *operation;
    PyObject *host = Py_None, *port = Py_None;
    if (!PyArg_ParseTuple(args, "s|OO:refuse_network", &operation, &host, &port)) {
        return NULL;
    }
    rt_target target = {0};
    rt_target_add_address(&target, host, port);
    return refuse(operation, &target, ENETUNREACH, NO_NETWORK);
}

PyObject *
rt_refuse_process(PyObject *self, PyObject *args)
{
    const char *operation;
    PyObject *command;
    if (!PyArg_ParseTuple(args, "sO:refuse_process", &operation, &command)) {
        return NULL;
    }
    rt_target target = {0};
    rt_target_add_command(&target, command);
    return refuse(operation, &target, EPERM, NO_PROCESSES);
}

/* os.system and os.popen: the first argument is the command line. */
static PyObject *
refuse_shell(const char *operation, PyObject *const *args, Py_ssize_t count)
{
    rt_target target = {0};
    rt_target_add_words(&target, args, Py_MIN(count, 1));
    return refuse(operation, &target, EPERM, NO_PROCESSES);
}

/* os.exec*: a file and its arguments, of which the first is its own name again. They come one by one or in a sequence. */
static PyObject *
refuse_exec(const char *operation, PyObject *const *args, Py_ssize_t count)
{
    rt_target target = {0};
    rt_target_add_words(&target, args, Py_MIN(count, 1));
    if (count > 1) {
        PyObject *const *words = args + 1;
        Py_ssize_t size = count - 1;
        if (PyList_Check(args[1]) || PyTuple_Check(args[1])) {
            words = PySequence_Fast_ITEMS(args[1]);
            size = PySequence_Fast_GET_SIZE(args[1]);
        }
        rt_target_add_words(&target, words + 1, size - 1);
    }
    return refuse(operation, &target, EPERM, NO_PROCESSES);
}

/* X(name, how, signature) */
#define SYSTEM(X) X(system, refuse_shell, "(command)")
#define OTHERS(X)                                       \
    X(popen, refuse_shell, "(cmd, mode='r', buffering=-1)") \
    X(execl, refuse_exec, "(file, *args)")              \
    X(execle, refuse_exec, "(file, *args)")             \
    X(execlp, refuse_exec, "(file, *args)")             \
    X(execlpe, refuse_exec, "(file, *args)")            \
    X(execvp, refuse_exec, "(file, args)")              \
    X(execvpe, refuse_exec, "(file, args, env)")

#define DEFINE(name, how, signature)                                                              \
    static PyObject *os_##name(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kw) \
    {                                                                                             \
        return how("os." #name, args, n + (kw == NULL ? 0 : PyTuple_GET_SIZE(kw)));               \
    }
#define METHOD(name, how, signature)                                                     \
    {#name, _PyCFunction_CAST(os_##name), METH_FASTCALL | METH_KEYWORDS,                 \
     #name signature "\n--\n\nRaises PermissionError: processes cannot be started here."},

SYSTEM(DEFINE)
OTHERS(DEFINE)

/* `system` is in posix, as everywhere: that is the name under which it is pickled. */
static PyMethodDef posix_functions[] = {SYSTEM(METHOD){NULL, NULL, 0, NULL}};
static PyMethodDef os_functions[] = {OTHERS(METHOD){NULL, NULL, 0, NULL}};

int
rt_refuse_init(PyObject *os, PyObject *posix)
{
    if (PyModule_AddFunctions(posix, posix_functions) != 0 || PyModule_AddFunctions(os, os_functions) != 0) {
        return RT_FAILED;
    }
    PyObject *system = PyObject_GetAttrString(posix, "system");
    const int status = system == NULL ? RT_FAILED : PyObject_SetAttrString(os, "system", system);
    Py_XDECREF(system);
    return status;
}
