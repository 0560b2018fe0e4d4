/* Tells the host of a call that is refused in here, before it could reach WASI: what was called, what it was aimed at
 * and the errno that the program got.
 *
 * Whatever a program hands over is only looked at: none of its code runs, nothing is raised, and what is read of a huge
 * text is no more than what is sent. */
#include "rt.h"

#include <stdio.h>
#include <string.h>

/* Operation, target and errno, with a NUL between each two: RT_REPORT_REFUSED has at most 512 bytes. */
#define OPERATION_LIMIT 64
#define ERRNO_LIMIT 11
#define REPORT_LIMIT (OPERATION_LIMIT + 1 + RT_TARGET_LIMIT + 1 + ERRNO_LIMIT)
_Static_assert(REPORT_LIMIT <= 512, "the host takes no more");

#define REPLACEMENT_CHARACTER 0xfffd

int rt_program_runs;

static PyTypeObject *path_type;
static PyObject *path_segments; /* the slot that holds them, whatever a program does to the class */

int
rt_refusal_init(void)
{
    PyObject *type = PyImport_ImportModuleAttrString("pathlib", "PurePath");
    path_type = (PyTypeObject *)type;
    path_segments = type == NULL ? NULL : PyObject_GetAttrString(type, "_raw_paths");
    return path_segments != NULL && Py_TYPE(path_segments)->tp_descr_get != NULL ? 0 : RT_FAILED;
}

static void
add_character(rt_target *target, Py_UCS4 character)
{
    if (character == 0 || Py_UNICODE_IS_SURROGATE(character)) {
        character = REPLACEMENT_CHARACTER;
    }
    const int more = (character >= 0x80) + (character >= 0x800) + (character >= 0x10000);
    if (target->is_full || target->size + 1 + more > RT_TARGET_LIMIT) {
        target->is_full = 1; /* or a shorter character would be put where a longer one had no room */
        return;
    }
    static const unsigned char first[] = {0, 0xc0, 0xe0, 0xf0};
    target->bytes[target->size++] = (char)(first[more] | (character >> (6 * more)));
    for (int left = more - 1; left >= 0; left--) {
        target->bytes[target->size++] = (char)(0x80 | ((character >> (6 * left)) & 0x3f));
    }
}

void
rt_target_add(rt_target *target, const char *text)
{
    for (; *text && !target->is_full; text++) {
        const unsigned char byte = (unsigned char)*text;
        add_character(target, byte < 0x80 ? byte : REPLACEMENT_CHARACTER);
    }
}

static void
add_string(rt_target *target, PyObject *string)
{
    const Py_ssize_t length = PyUnicode_GET_LENGTH(string);
    for (Py_ssize_t i = 0; i < length && !target->is_full; i++) {
        add_character(target, PyUnicode_READ_CHAR(string, i));
    }
}

/* Joins what a pathlib.Path was made from. */
static void
add_path(rt_target *target, PyObject *path)
{
    const Py_ssize_t start = target->size;
    PyObject *segments = Py_TYPE(path_segments)->tp_descr_get(path_segments, path, (PyObject *)Py_TYPE(path));
    if (segments == NULL) {
        PyErr_Clear(); /* one that was made without __init__ */
        return;
    }
    const Py_ssize_t count = PyList_Check(segments) ? PyList_GET_SIZE(segments) : 0;
    for (Py_ssize_t i = 0; i < count && !target->is_full; i++) {
        PyObject *segment = PyList_GET_ITEM(segments, i);
        if (!PyUnicode_Check(segment) || PyUnicode_GET_LENGTH(segment) == 0) {
            continue;
        }
        if (PyUnicode_READ_CHAR(segment, 0) == '/') {
            target->size = start;
        }
        else if (target->size > start && target->bytes[target->size - 1] != '/') {
            add_character(target, '/');
        }
        add_string(target, segment);
    }
    Py_DECREF(segments);
}

/* Adds a text, bytes, a number or a path, and says whether it was one of them. Subclasses are read as what they extend. */
static int
add_value(rt_target *target, PyObject *value)
{
    if (PyUnicode_Check(value)) {
        add_string(target, value);
    }
    else if (PyBytes_Check(value)) {
        const Py_ssize_t length = PyBytes_GET_SIZE(value);
        for (Py_ssize_t i = 0; i < length && !target->is_full; i++) {
            const unsigned char byte = (unsigned char)PyBytes_AS_STRING(value)[i];
            add_character(target, byte < 0x80 ? byte : REPLACEMENT_CHARACTER);
        }
    }
    else if (PyLong_Check(value)) {
        char digits[24] = "?"; /* what is too large for any port or process */
        int overflow;
        const long number = PyLong_AsLongAndOverflow(value, &overflow);
        if (!overflow) {
            snprintf(digits, sizeof digits, "%ld", number);
        }
        rt_target_add(target, digits);
    }
    else if (PyObject_TypeCheck(value, path_type)) {
        add_path(target, value);
    }
    else {
        return 0;
    }
    return 1;
}

static int
has_colon(PyObject *host)
{
    return PyUnicode_Check(host) && PyUnicode_FindChar(host, ':', 0, Py_MIN(64, PyUnicode_GET_LENGTH(host)), 1) >= 0;
}

void
rt_target_add_address(rt_target *target, PyObject *host, PyObject *port)
{
    if (port == Py_None && PyTuple_Check(host) && PyTuple_GET_SIZE(host) >= 2) {
        port = PyTuple_GET_ITEM(host, 1);
        host = PyTuple_GET_ITEM(host, 0);
    }
    const int is_ipv6 = has_colon(host) && port != Py_None;
    rt_target_add(target, is_ipv6 ? "[" : "");
    add_value(target, host);
    rt_target_add(target, is_ipv6 ? "]" : "");
    if (port != Py_None) {
        rt_target_add(target, ":");
        add_value(target, port);
    }
}

static void
add_word(rt_target *target, PyObject *word)
{
    const Py_ssize_t before = target->size;
    if (before > 0) {
        add_character(target, ' ');
    }
    if (!add_value(target, word)) {
        target->size = before; /* an environment, say */
    }
}

void
rt_target_add_words(rt_target *target, PyObject *const *words, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; i < count && !target->is_full; i++) {
        add_word(target, words[i]);
    }
}

void
rt_target_add_command(rt_target *target, PyObject *command)
{
    if (PyList_Check(command) || PyTuple_Check(command)) {
        rt_target_add_words(target, PySequence_Fast_ITEMS(command), PySequence_Fast_GET_SIZE(command));
    }
    else {
        add_value(target, command);
    }
}

void
rt_refused(const char *operation, const rt_target *target, int error)
{
    if (!rt_program_runs) {
        return;
    }
    char report[REPORT_LIMIT + 1];
    int size = snprintf(report, OPERATION_LIMIT + 1, "%s", operation);
    size = Py_MIN(size, OPERATION_LIMIT) + 1;
    if (target != NULL) {
        memcpy(report + size, target->bytes, (size_t)target->size);
        size += (int)target->size;
    }
    report[size++] = 0;
    if (error != 0) {
        size += snprintf(report + size, ERRNO_LIMIT + 1, "%d", error);
    }
    rt_host_report(RT_REPORT_REFUSED, report, size);
}

/* Of a call that fails within the interpreter's own C code: patches/no-processes-no-network.patch. */
extern void _Py_WasiRefused(const char *operation, int error);

void
_Py_WasiRefused(const char *operation, int error)
{
    rt_refused(operation, NULL, error);
}
