#include "CONNXRuntime.h"

#include <dlfcn.h>
#include <stdio.h>

typedef struct {
    const ort_api *(*table)(uint32_t version);
    const char *(*version)(void);
} ort_base;

const char *ort_open(const char *path, const ort_api **api, const char **version) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return dlerror();
    const ort_base *(*base)(void) = (const ort_base *(*)(void))dlsym(library, "OrtGetApiBase");
    if (base == NULL || base() == NULL) return "it is not ONNX Runtime";
    *version = base()->version();
    // An older library would complain on standard error about being asked.
    int major = 0, minor = 0;
    if (sscanf(*version, "%d.%d", &major, &minor) != 2 || (major == 1 && minor < ort_api_version)) return "it is too old";
    *api = base()->table(ort_api_version);
    return *api == NULL ? "it does not offer the functions needed" : NULL;
}
