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

#define RT_HOME "/usr/local"
#define RT_ARCHIVE RT_HOME "/lib/python314.zip"

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
    RT_REPORT_REFUSED = 3,   /* UTF-8, at most 512 bytes: operation NUL target NUL errno; the last two may be empty */
};
RT_IMPORT("report") extern int32_t rt_host_report(int32_t kind, const void *data, int32_t size);

/* rt_memory.c */
void rt_memory_init(void);
void rt_memory_restored(void);
int rt_memory_denied(void);

/* rt_sqlite.c */
int rt_sqlite_init(void);

/* rt_display.c */
int rt_display_init(PyObject *guest);
int rt_display(PyObject *value);

/* rt_program.c: `prepare` and `describe` are the two Python functions it needs. */
int rt_program_init(PyObject *guest);
int rt_program_run(char *payload, Py_ssize_t size);

/* rt_refusal.c: what a refused call was aimed at is put together, then it is reported; only while a program runs. */
#define RT_TARGET_LIMIT 432
typedef struct {
    Py_ssize_t size;
    int is_full;
    char bytes[RT_TARGET_LIMIT];
} rt_target;

extern int rt_program_runs;
int rt_refusal_init(void);
void rt_target_add(rt_target *target, const char *text);
void rt_target_add_address(rt_target *target, PyObject *host, PyObject *port);
void rt_target_add_words(rt_target *target, PyObject *const *words, Py_ssize_t count);
void rt_target_add_command(rt_target *target, PyObject *command);
void rt_refused(const char *operation, const rt_target *target, int error);

/* rt_refuse.c */
int rt_refuse_init(PyObject *os, PyObject *posix);
PyObject *rt_refuse_network(PyObject *self, PyObject *args);
PyObject *rt_refuse_process(PyObject *self, PyObject *args);

/* rt_absent.c */
int rt_absent_init(void);
PyObject *rt_refused_import(PyObject *self, PyObject *name);

#endif
