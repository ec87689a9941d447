/* What libFuzzer calls: an interpreter that hands its inputs to fuzz_one() of targets.py and stops at the first raise.
   The modules under test are instrumented themselves, so coverage and faults are seen below Python. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>

static PyObject *fuzz_one;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc, (void)argv;
    Py_Initialize();
    PyObject *targets = PyImport_ImportModule("targets");
    if (targets) fuzz_one = PyObject_GetAttrString(targets, "fuzz_one");
    if (!fuzz_one) {
        PyErr_Print();
        exit(1);
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    PyObject *result = PyObject_CallFunction(fuzz_one, "y#", (const char *)data, (Py_ssize_t)size);
    if (!result) {
        PyErr_Print();
        abort();
    }
    Py_DECREF(result);
    return 0;
}
