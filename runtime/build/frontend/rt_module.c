/* _wasm_sandbox_host: what the Python side of the front end asks of the C side. */
#include "rt.h"

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
    {"refuse_network", rt_refuse_network, METH_VARARGS, "refuse_network(operation, host=None, port=None): raises."},
    {"refuse_process", rt_refuse_process, METH_VARARGS, "refuse_process(operation, command): raises."},
    {"refused_import", rt_refused_import, METH_O, "refused_import(name): a program imports what is not here."},
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
