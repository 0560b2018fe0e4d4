/* The exports: initialise once at build time, then wake up from the snapshot and serve calls. */
#include "rt.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <wasi/api.h>

PyMODINIT_FUNC PyInit__wasm_sandbox_host(void);
extern void __wasilibc_reset_preopens(void);

#define WORKSPACE "/workspace"

static char *buffer;
static size_t buffer_size;
static PyObject *restored_handler;

/* Where the host writes the payload of the next call. Valid until the next rt_buffer. */
RT_EXPORT(rt_buffer) char *
rt_buffer(size_t size)
{
    if (size > buffer_size || buffer == NULL) {
        free(buffer);
        buffer_size = 0;
        buffer = malloc(size < 4096 ? 4096 : size);
        if (buffer != NULL) {
            buffer_size = size < 4096 ? 4096 : size;
        }
    }
    return buffer;
}

static int
initialise_interpreter(int32_t hash_seed)
{
    PyPreConfig preconfig;
    PyPreConfig_InitIsolatedConfig(&preconfig);
    preconfig.utf8_mode = 1;
    PyStatus status = Py_PreInitialize(&preconfig);
    if (PyStatus_Exception(status)) {
        goto failed;
    }

    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    config.install_signal_handlers = 1; /* KeyboardInterrupt */
    config.use_hash_seed = 1;
    config.hash_seed = (unsigned long)(uint32_t)hash_seed;
    config.write_bytecode = 0;
    config.buffered_stdio = 0; /* output is live, and none is lost when the host ends the run */
    config.pathconfig_warnings = 0;
    config.module_search_paths_set = 1;
    status = PyConfig_SetBytesString(&config, &config.program_name, RT_HOME "/bin/python3");
    if (!PyStatus_Exception(status)) {
        status = PyConfig_SetBytesString(&config, &config.executable, RT_HOME "/bin/python3");
    }
    if (!PyStatus_Exception(status)) {
        status = PyConfig_SetBytesString(&config, &config.home, RT_HOME);
    }
    if (!PyStatus_Exception(status)) {
        status = PyWideStringList_Append(&config.module_search_paths, L"" RT_ARCHIVE);
    }
    if (!PyStatus_Exception(status)) {
        status = Py_InitializeFromConfig(&config);
    }
    PyConfig_Clear(&config);
    if (!PyStatus_Exception(status)) {
        return 0;
    }
failed:
    fprintf(stderr, "initialisation failed: %s: %s\n", status.func ? status.func : "?", status.err_msg);
    return RT_FAILED;
}

/* Build time only: starts the interpreter and imports everything that the snapshot is to hold. */
RT_EXPORT(rt_init) int
rt_init(int32_t hash_seed)
{
    rt_memory_init();
    if (chdir(WORKSPACE) != 0 || PyImport_AppendInittab("_wasm_sandbox_host", PyInit__wasm_sandbox_host) != 0 ||
        initialise_interpreter(hash_seed) != 0) {
        return RT_FAILED;
    }
    PyObject *guest = PyImport_ImportModule("_wasm_sandbox");
    if (guest == NULL || (restored_handler = PyObject_GetAttrString(guest, "restored")) == NULL ||
        rt_program_init(guest) != 0 || rt_refusal_init() != 0 || rt_absent_init() != 0 || rt_sqlite_init() != 0) {
        PyErr_Print();
        return RT_FAILED;
    }
    PyObject *prepared = PyObject_CallMethod(guest, "initialised", NULL);
    Py_DECREF(guest);
    if (prepared == NULL) {
        PyErr_Print();
        return RT_FAILED;
    }
    Py_DECREF(prepared);
    return 0;
}

/* The environment that this run was granted, as a list of bytes b"NAME=value". libc's own copy is the snapshot's. */
static PyObject *
host_environment(void)
{
    __wasi_size_t count = 0, size = 0;
    PyObject *list = PyList_New(0);
    if (list == NULL || __wasi_environ_sizes_get(&count, &size) != 0 || count == 0) {
        return list;
    }
    uint8_t **entries = calloc(count, sizeof *entries);
    uint8_t *bytes = malloc(size);
    if (entries != NULL && bytes != NULL && __wasi_environ_get(entries, bytes) == 0) {
        for (__wasi_size_t i = 0; i < count; i++) {
            PyObject *entry = PyBytes_FromString((char *)entries[i]);
            if (entry == NULL || PyList_Append(list, entry) != 0) {
                Py_XDECREF(entry);
                Py_CLEAR(list);
                break;
            }
            Py_DECREF(entry);
        }
    }
    free(bytes);
    free(entries);
    return list;
}

/* After a restore for a new run: the buffer holds fresh entropy. Everything that must differ from run to run and that
 * lies in the snapshot is renewed here; what is asked of the host each time (os.urandom, clocks) needs nothing. */
RT_EXPORT(rt_restored) int
rt_restored(int32_t entropy_length)
{
    __wasilibc_reset_preopens();
    rt_memory_restored();
    PyObject *environment = host_environment();
    PyObject *done = environment == NULL ? NULL
                                         : PyObject_CallFunction(restored_handler, "y#O", buffer,
                                                                 (Py_ssize_t)entropy_length, environment);
    Py_XDECREF(environment);
    if (done == NULL) {
        PyErr_Print();
        return RT_FAILED;
    }
    Py_DECREF(done);
    return 0;
}

RT_EXPORT(rt_call) int
rt_call(int32_t op, int32_t length)
{
    switch (op) {
    case RT_OP_RUN:
        return rt_program_run(buffer, length);
    default:
        return RT_FAILED;
    }
}

/* Caps C recursion at so many KB of linear stack below here, to stay within the stack of the host's own engine. */
RT_EXPORT(rt_stack_limit) int
rt_stack_limit(int32_t kb)
{
    const uintptr_t page = 4096;
    const uintptr_t top = ((uintptr_t)__builtin_frame_address(0) + page) & ~(page - 1);
    const size_t size = (size_t)kb * 1024;
    if (size >= top) {
        return RT_FAILED;
    }
    return PyUnstable_ThreadState_SetStackProtection(PyThreadState_Get(), (void *)(top - size), size);
}
