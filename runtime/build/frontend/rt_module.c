/* _wasm_sandbox_host: what the Python side of the front end asks of the C side. */
#include "rt.h"

RT_IMPORT("report") extern int32_t rt_host_report(int32_t kind, const void *data, int32_t size);

static PyObject *
host_report(PyObject *self, PyObject *args)
{
    int kind;
    Py_buffer data;
    if (!PyArg_ParseTuple(args, "iy*:report", &kind, &data)) {
        return NULL;
    }
    int32_t answer = rt_host_report(kind, data.buf, (int32_t)data.len);
    PyBuffer_Release(&data);
    return PyLong_FromLong(answer);
}

static PyMethodDef host_methods[] = {
    {"report", host_report, METH_VARARGS, "report(kind, data): hands a structured report to the host."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot host_slots[] = {
    {Py_mod_multiple_interpreters, Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED},
    {0, NULL},
};

static struct PyModuleDef host_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_wasm_sandbox_host",
    .m_methods = host_methods,
    .m_slots = host_slots,
};

PyMODINIT_FUNC
PyInit__wasm_sandbox_host(void)
{
    return PyModuleDef_Init(&host_module);
}
