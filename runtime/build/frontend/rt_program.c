/* Runs a program as python3 would run it, from C: so that no frame of ours is below the program's own, neither in its
 * tracebacks nor in inspect.stack().
 *
 * Python code of ours runs before (guest/program.py: prepare) and after (guest/describe.py: describe), never around. */
#define Py_BUILD_CORE 1
#include "rt.h"

#include <stdio.h>
#include <string.h>

#include "pycore_atexit.h"      /* _PyAtExit_Call() */
#include "pycore_gc.h"          /* _PyGCHead_NEXT() */
#include "pycore_moduleobject.h" /* _PyModule_ClearDict() */
#include "pycore_pylifecycle.h" /* _Py_HandleSystemExitAndKeyboardInterrupt() */
#include "pycore_pystate.h"     /* _PyInterpreterState_GET() */

#define EXIT_INTERRUPTED 130
#define EXIT_FLUSH_FAILED 120
/* What a MemoryError's traceback may cost: a few arenas of pymalloc's. Zero pages, so it costs nothing in the image. */
#define RESERVE_BYTES (1024 * 1024)

static PyObject *prepare;
static PyObject *describe;
static PyObject *main_globals;
static PyObject *buffered_types;
static void *reserve;

int
rt_program_init(PyObject *guest)
{
    PyObject *main_module = PyImport_AddModuleRef("__main__");
    if (main_module == NULL) {
        return RT_FAILED;
    }
    main_globals = Py_NewRef(PyModule_GetDict(main_module));
    Py_DECREF(main_module);
    prepare = PyObject_GetAttrString(guest, "prepare");
    describe = PyObject_GetAttrString(guest, "describe");
    buffered_types = PyObject_GetAttrString(guest, "BUFFERED_TYPES");
    reserve = malloc(RESERVE_BYTES);
    return prepare && describe && buffered_types ? rt_display_init(guest) : RT_FAILED;
}

/* --- the end of a program ------------------------------------------------------------------------------------- */

/* Should the Python side fail, the host still learns the type. */
static void
report_type_only(PyObject *exception)
{
    char json[256];
    const char *name = strrchr(Py_TYPE(exception)->tp_name, '.');
    name = name ? name + 1 : Py_TYPE(exception)->tp_name;
    char safe[128];
    size_t n = 0;
    for (const char *c = name; *c && n < sizeof safe - 1; c++) {
        if (*c != '"' && *c != '\\' && (unsigned char)*c >= ' ') {
            safe[n++] = *c;
        }
    }
    safe[n] = 0;
    int size = snprintf(json, sizeof json,
                        "{\"type\":\"%s\",\"module\":null,\"message\":\"\",\"notes\":[],\"frames\":[],\"cause\":null,"
                        "\"context\":null,\"suppressContext\":false}",
                        safe);
    rt_host_report(RT_REPORT_EXCEPTION, json, size);
}

/* Prints and reports the exception that is set, and returns the status bits. */
static int
end_with_exception(void)
{
    int code = 1;
    if (PyErr_ExceptionMatches(PyExc_SystemExit)) {
        _Py_HandleSystemExitAndKeyboardInterrupt(&code);
        return code & 0xff;
    }
    int status = RT_UNCAUGHT | 1;
    if (PyErr_ExceptionMatches(PyExc_KeyboardInterrupt)) {
        status = RT_UNCAUGHT | RT_INTERRUPTED | EXIT_INTERRUPTED;
    }
    if (PyErr_ExceptionMatches(PyExc_MemoryError)) {
        if (rt_memory_denied() > 0) {
            status |= RT_MEMORY_LIMIT;
        }
        free(reserve);
        reserve = NULL;
    }
    PyObject *exception = PyErr_GetRaisedException();
    PyObject *described = PyObject_CallOneArg(describe, exception);
    if (described == NULL) {
        PyErr_Clear();
        report_type_only(exception);
    }
    Py_XDECREF(described);
    PyErr_SetRaisedException(exception);
    PyErr_Print();
    return status;
}

/* A program may close its own stdout: that is no failure to write to it. */
static int
is_closed(PyObject *stream)
{
    PyObject *closed = PyObject_GetAttrString(stream, "closed");
    const int answer = closed == NULL ? 0 : PyObject_IsTrue(closed);
    Py_XDECREF(closed);
    PyErr_Clear();
    return answer > 0;
}

static int
flush_stream(const char *name)
{
    PyObject *stream = Py_XNewRef(PySys_GetObject(name));
    int failed = 0;
    if (stream != NULL && stream != Py_None && !is_closed(stream)) {
        PyObject *result = PyObject_CallMethod(stream, "flush", NULL);
        if (result == NULL) {
            failed = !PyErr_ExceptionMatches(PyExc_AttributeError);
            if (failed) {
                PyErr_WriteUnraisable(stream);
            }
            PyErr_Clear();
        }
        Py_XDECREF(result);
    }
    Py_XDECREF(stream);
    return failed;
}

/* python3 writes out the files that a program left open, by destroying them as it ends. Here the interpreter lives on.
 * What the snapshot holds is frozen (gc.freeze) and need not be looked at: only a program's own objects are. */
static void
flush_open_files(void)
{
    PyObject *files = PyList_New(0);
    if (files == NULL) {
        PyErr_Clear();
        return;
    }
    struct _gc_runtime_state *gc = &_PyInterpreterState_GET()->gc;
    for (size_t i = 0; i < NUM_GENERATIONS; i++) {
        PyGC_Head *head = &gc->generations[i].head;
        for (PyGC_Head *at = _PyGCHead_NEXT(head); at != head; at = _PyGCHead_NEXT(at)) {
            PyObject *object = _Py_FROM_GC(at);
            for (Py_ssize_t t = 0; t < PyTuple_GET_SIZE(buffered_types); t++) {
                if (PyObject_TypeCheck(object, (PyTypeObject *)PyTuple_GET_ITEM(buffered_types, t)) &&
                    PyList_Append(files, object) != 0) {
                    PyErr_Clear();
                }
            }
        }
    }
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(files); i++) {
        PyObject *result = PyObject_CallMethod(PyList_GET_ITEM(files, i), "flush", NULL);
        Py_XDECREF(result);
        PyErr_Clear(); /* closed, or only for reading */
    }
    Py_DECREF(files);
}

/* Ends the interpreter's life as far as a program can see it: its globals are destroyed, and their __del__ runs. */
static void
destroy_globals(void)
{
    PySys_SetObject("last_exc", NULL);
    PySys_SetObject("last_value", NULL);
    PySys_SetObject("last_traceback", NULL);
    if (PyDict_DelItemString(PyEval_GetBuiltins(), "_") != 0) {
        PyErr_Clear();
    }
    _PyModule_ClearDict(main_globals);
    PyGC_Collect();
    PyErr_Clear();
}

static int
end_program(int is_final)
{
    int status = PyErr_Occurred() ? end_with_exception() : 0;
    if (is_final) {
        /* A session's handlers wait for its end, as a kernel's do. */
        _PyAtExit_Call(_PyInterpreterState_GET());
        PyErr_Clear();
        destroy_globals();
    }
    int failed = flush_stream("stdout");
    failed |= flush_stream("stderr");
    flush_open_files();
    if (failed && status == 0) {
        status = EXIT_FLUSH_FAILED;
    }
    if (reserve == NULL) {
        reserve = malloc(RESERVE_BYTES);
    }
    return status;
}

/* --- a run ---------------------------------------------------------------------------------------------------- */

/* Runs the statements, then the expression whose value is to be shown. Sets an exception. */
static void
execute(PyObject *statements, PyObject *expression, PyObject *error)
{
    if (error != Py_None) {
        PyErr_SetRaisedException(Py_NewRef(error));
        return;
    }
    PyObject *value = statements == Py_None ? Py_NewRef(Py_None)
                                            : PyEval_EvalCode(statements, main_globals, main_globals);
    if (value != NULL && expression != Py_None) {
        Py_SETREF(value, PyEval_EvalCode(expression, main_globals, main_globals));
        if (value != NULL) {
            rt_display(value);
        }
    }
    Py_XDECREF(value);
}

int
rt_program_run(char *payload, Py_ssize_t size)
{
    uint32_t header_size;
    if (size < (Py_ssize_t)sizeof header_size) {
        return RT_FAILED;
    }
    memcpy(&header_size, payload, sizeof header_size);
    char *header = payload + sizeof header_size;
    const Py_ssize_t rest = size - (Py_ssize_t)sizeof header_size;
    if ((Py_ssize_t)header_size < 0 || (Py_ssize_t)header_size > rest) {
        return RT_FAILED;
    }
    PyObject *prepared = PyObject_CallFunction(prepare, "y#y#", header, (Py_ssize_t)header_size, header + header_size,
                                               rest - (Py_ssize_t)header_size);
    PyObject *statements, *expression, *error;
    int is_final;
    if (prepared == NULL || !PyArg_ParseTuple(prepared, "OOOp", &statements, &expression, &error, &is_final)) {
        PyErr_Print(); /* a header that is none: the host's fault, not the program's */
        return RT_FAILED;
    }
    rt_program_runs = 1;
    execute(statements, expression, error);
    Py_DECREF(prepared);
    const int status = end_program(is_final);
    rt_program_runs = 0;
    return status;
}
