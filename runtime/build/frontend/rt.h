/* The reactor front end: what its files share, and the words it shares with the host.
 *
 * The host instantiates python.wasm, copies a snapshot (python.img) into its memory, calls rt_restored once and then
 * rt_call as often as it likes. After a trap, or after the host unwound the stack, the instance is unusable. */
#ifndef RT_H
#define RT_H

#include <Python.h>
#include <stdint.h>

#define RT_EXPORT(name) __attribute__((export_name(#name)))
#define RT_IMPORT(name) __attribute__((import_module("rt"), import_name(name)))

/* rt_call's operations. */
enum {
    RT_OP_RUN = 1, /* run a program: rt_program.c */
};

/* rt_call's result: the exit code in the low 8 bits, and these. Negative: the front end itself failed. */
enum {
    RT_UNCAUGHT = 0x100,
    RT_MEMORY_LIMIT = 0x200,
    RT_INTERRUPTED = 0x400,
};
#define RT_FAILED (-1)

/* Kinds of structured reports to the host. */
enum {
    RT_REPORT_EXCEPTION = 1, /* JSON, see guest/describe.py */
    RT_REPORT_VALUE = 2,     /* UTF-8 repr of the value of a program's last expression */
};

/* rt_memory.c */
void rt_memory_init(void);
void rt_memory_restored(void);
int rt_memory_denied(void);

/* rt_display.c */
int rt_display_init(PyObject *guest);
int rt_display(PyObject *value);

/* rt_program.c: `prepare` and `describe` are the two Python functions it needs. */
int rt_program_init(PyObject *guest);
int rt_program_run(char *payload, Py_ssize_t size);

#endif
