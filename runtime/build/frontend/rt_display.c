/* Shows the value of a program's last expression, as the interactive interpreter does. */
#include "rt.h"

static PyObject *shown_type;
static PyObject *builtin_displayhook;

int
rt_display_init(PyObject *guest)
{
    builtin_displayhook = Py_XNewRef(PySys_GetObject("displayhook"));
    shown_type = PyObject_GetAttrString(guest, "Shown");
    return builtin_displayhook && shown_type ? 0 : RT_FAILED;
}

/* Reports at most this much of a value's repr. */
#define VALUE_LIMIT 65536

static void
report_value(PyObject *text)
{
    Py_ssize_t size;
    PyObject *bytes = PyUnicode_AsEncodedString(text, "utf-8", "backslashreplace");
    char *data;
    if (bytes == NULL || PyBytes_AsStringAndSize(bytes, &data, &size) != 0) {
        PyErr_Clear();
    }
    else {
        if (size > VALUE_LIMIT) {
            size = VALUE_LIMIT;
            while (size > 0 && ((unsigned char)data[size] & 0xc0) == 0x80) {
                size--; /* not within a character */
            }
        }
        rt_host_report(RT_REPORT_VALUE, data, (int32_t)size);
    }
    Py_XDECREF(bytes);
}

/* Hands the value to sys.displayhook; sets an exception when it fails. repr() is called once: the built-in hook is
 * given a stand-in with the text that is reported, and `_` is put right afterwards. */
int
rt_display(PyObject *value)
{
    PyObject *hook = Py_XNewRef(PySys_GetObject("displayhook"));
    if (hook == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "lost sys.displayhook");
        return -1;
    }
    PyObject *text = value == Py_None ? NULL : PyObject_Repr(value);
    PyObject *shown = NULL, *result = NULL;
    if (text != NULL && hook == builtin_displayhook) {
        shown = PyObject_CallOneArg(shown_type, text);
        if (shown != NULL && (result = PyObject_CallOneArg(hook, shown)) != NULL &&
            PyDict_SetItemString(PyEval_GetBuiltins(), "_", value) != 0) {
            Py_CLEAR(result);
        }
    }
    else if (text != NULL || value == Py_None) {
        result = PyObject_CallOneArg(hook, value);
    }
    if (result != NULL && text != NULL) {
        report_value(text);
    }
    Py_XDECREF(text);
    Py_XDECREF(shown);
    Py_DECREF(hook);
    if (result == NULL) {
        return -1;
    }
    Py_DECREF(result);
    return 0;
}
