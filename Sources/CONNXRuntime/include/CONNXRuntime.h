#pragma once

#include <stddef.h>
#include <stdint.h>

// ONNX Runtime's C functions. They live in a table that only grows: what stands at an index stays there, so that one
// build of this program works with every library that offers version 16 of the table (1.16 and later).

enum { ort_api_version = 16 };

typedef struct ort_api ort_api;
typedef struct ort_status ort_status;
typedef struct ort_env ort_env;
typedef struct ort_session ort_session;
typedef struct ort_options ort_options;
typedef struct ort_run_options ort_run_options;
typedef struct ort_value ort_value;
typedef struct ort_allocator ort_allocator;
typedef struct ort_memory_info ort_memory_info;
typedef struct ort_type ort_type;
typedef struct ort_tensor_type ort_tensor_type;
typedef struct ort_sequence_type ort_sequence_type;
typedef struct ort_map_type ort_map_type;

/// Opens the library for the rest of the process's life. Returns NULL, or why not (valid until the thread's next call).
/// `version` is set as soon as the library has told it.
const char *ort_open(const char *path, const ort_api **api, const char **version);

// Each calls the function at its index. A NULL status is success; any other must be released.
#define ORT_FUNCTION(name, index, result, parameters, types, arguments)   \
    static inline result ort_##name parameters {                          \
        return ((result(*) types)((void *const *)api)[index]) arguments;            \
    }

ORT_FUNCTION(error_code, 1, int, (const ort_api *api, const ort_status *s), (const ort_status *), (s))
ORT_FUNCTION(error_message, 2, const char *, (const ort_api *api, const ort_status *s), (const ort_status *), (s))
ORT_FUNCTION(release_status, 93, void, (const ort_api *api, ort_status *s), (ort_status *), (s))

ORT_FUNCTION(create_env, 3, ort_status *, (const ort_api *api, int level, const char *name, ort_env **out),
             (int, const char *, ort_env **), (level, name, out))

// Options of a session.
ORT_FUNCTION(create_options, 10, ort_status *, (const ort_api *api, ort_options **out), (ort_options **), (out))
ORT_FUNCTION(disable_memory_pattern, 17, ort_status *, (const ort_api *api, ort_options *o), (ort_options *), (o))
ORT_FUNCTION(set_optimization, 23, ort_status *, (const ort_api *api, ort_options *o, int level),
             (ort_options *, int), (o, level))
ORT_FUNCTION(set_intra_op_threads, 24, ort_status *, (const ort_api *api, ort_options *o, int count),
             (ort_options *, int), (o, count))
ORT_FUNCTION(set_inter_op_threads, 25, ort_status *, (const ort_api *api, ort_options *o, int count),
             (ort_options *, int), (o, count))
ORT_FUNCTION(add_config_entry, 130, ort_status *,
             (const ort_api *api, ort_options *o, const char *key, const char *value),
             (ort_options *, const char *, const char *), (o, key, value))
ORT_FUNCTION(release_options, 100, void, (const ort_api *api, ort_options *o), (ort_options *), (o))

// Sessions.
ORT_FUNCTION(create_session, 7, ort_status *,
             (const ort_api *api, const ort_env *env, const char *path, const ort_options *o, ort_session **out),
             (const ort_env *, const char *, const ort_options *, ort_session **), (env, path, o, out))
ORT_FUNCTION(release_session, 95, void, (const ort_api *api, ort_session *s), (ort_session *), (s))
ORT_FUNCTION(run, 9, ort_status *,
             (const ort_api *api, ort_session *s, const ort_run_options *o, const char *const *input_names,
              const ort_value *const *inputs, size_t input_count, const char *const *output_names, size_t output_count,
              ort_value **outputs),
             (ort_session *, const ort_run_options *, const char *const *, const ort_value *const *, size_t,
              const char *const *, size_t, ort_value **),
             (s, o, input_names, inputs, input_count, output_names, output_count, outputs))
ORT_FUNCTION(create_run_options, 39, ort_status *, (const ort_api *api, ort_run_options **out), (ort_run_options **),
             (out))
ORT_FUNCTION(set_terminate, 46, ort_status *, (const ort_api *api, ort_run_options *o), (ort_run_options *), (o))
ORT_FUNCTION(unset_terminate, 47, ort_status *, (const ort_api *api, ort_run_options *o), (ort_run_options *), (o))
ORT_FUNCTION(release_run_options, 97, void, (const ort_api *api, ort_run_options *o), (ort_run_options *), (o))
ORT_FUNCTION(input_count, 30, ort_status *, (const ort_api *api, const ort_session *s, size_t *out),
             (const ort_session *, size_t *), (s, out))
ORT_FUNCTION(output_count, 31, ort_status *, (const ort_api *api, const ort_session *s, size_t *out),
             (const ort_session *, size_t *), (s, out))
ORT_FUNCTION(initializer_count, 32, ort_status *, (const ort_api *api, const ort_session *s, size_t *out),
             (const ort_session *, size_t *), (s, out))
ORT_FUNCTION(input_type, 33, ort_status *, (const ort_api *api, const ort_session *s, size_t i, ort_type **out),
             (const ort_session *, size_t, ort_type **), (s, i, out))
ORT_FUNCTION(output_type, 34, ort_status *, (const ort_api *api, const ort_session *s, size_t i, ort_type **out),
             (const ort_session *, size_t, ort_type **), (s, i, out))
ORT_FUNCTION(initializer_type, 35, ort_status *, (const ort_api *api, const ort_session *s, size_t i, ort_type **out),
             (const ort_session *, size_t, ort_type **), (s, i, out))
ORT_FUNCTION(input_name, 36, ort_status *,
             (const ort_api *api, const ort_session *s, size_t i, ort_allocator *a, char **out),
             (const ort_session *, size_t, ort_allocator *, char **), (s, i, a, out))
ORT_FUNCTION(output_name, 37, ort_status *,
             (const ort_api *api, const ort_session *s, size_t i, ort_allocator *a, char **out),
             (const ort_session *, size_t, ort_allocator *, char **), (s, i, a, out))
ORT_FUNCTION(initializer_name, 38, ort_status *,
             (const ort_api *api, const ort_session *s, size_t i, ort_allocator *a, char **out),
             (const ort_session *, size_t, ort_allocator *, char **), (s, i, a, out))

// Memory.
ORT_FUNCTION(default_allocator, 78, ort_status *, (const ort_api *api, ort_allocator **out), (ort_allocator **), (out))
ORT_FUNCTION(free, 76, ort_status *, (const ort_api *api, ort_allocator *a, void *p), (ort_allocator *, void *), (a, p))
ORT_FUNCTION(create_cpu_memory_info, 69, ort_status *,
             (const ort_api *api, int allocator, int kind, ort_memory_info **out), (int, int, ort_memory_info **),
             (allocator, kind, out))

// Values.
ORT_FUNCTION(create_tensor, 48, ort_status *,
             (const ort_api *api, ort_allocator *a, const int64_t *shape, size_t rank, int type, ort_value **out),
             (ort_allocator *, const int64_t *, size_t, int, ort_value **), (a, shape, rank, type, out))
ORT_FUNCTION(wrap_tensor, 49, ort_status *,
             (const ort_api *api, const ort_memory_info *info, void *data, size_t size, const int64_t *shape,
              size_t rank, int type, ort_value **out),
             (const ort_memory_info *, void *, size_t, const int64_t *, size_t, int, ort_value **),
             (info, data, size, shape, rank, type, out))
ORT_FUNCTION(tensor_data, 51, ort_status *, (const ort_api *api, ort_value *v, void **out), (ort_value *, void **),
             (v, out))
ORT_FUNCTION(string_data_length, 53, ort_status *, (const ort_api *api, const ort_value *v, size_t *out),
             (const ort_value *, size_t *), (v, out))
ORT_FUNCTION(string_data, 54, ort_status *,
             (const ort_api *api, const ort_value *v, void *data, size_t size, size_t *starts, size_t count),
             (const ort_value *, void *, size_t, size_t *, size_t), (v, data, size, starts, count))
ORT_FUNCTION(string_buffer, 252, ort_status *,
             (const ort_api *api, ort_value *v, size_t i, size_t length, char **out),
             (ort_value *, size_t, size_t, char **), (v, i, length, out))
ORT_FUNCTION(value_tensor_type, 65, ort_status *, (const ort_api *api, const ort_value *v, ort_tensor_type **out),
             (const ort_value *, ort_tensor_type **), (v, out))
ORT_FUNCTION(value_kind, 67, ort_status *, (const ort_api *api, const ort_value *v, int *out),
             (const ort_value *, int *), (v, out))
ORT_FUNCTION(value_count, 81, ort_status *, (const ort_api *api, const ort_value *v, size_t *out),
             (const ort_value *, size_t *), (v, out))
ORT_FUNCTION(value_element, 80, ort_status *,
             (const ort_api *api, const ort_value *v, int i, ort_allocator *a, ort_value **out),
             (const ort_value *, int, ort_allocator *, ort_value **), (v, i, a, out))
ORT_FUNCTION(release_value, 96, void, (const ort_api *api, ort_value *v), (ort_value *), (v))

// Types. What a cast gives belongs to the type it was cast from.
ORT_FUNCTION(type_kind, 56, ort_status *, (const ort_api *api, const ort_type *t, int *out), (const ort_type *, int *),
             (t, out))
ORT_FUNCTION(type_as_tensor, 55, ort_status *, (const ort_api *api, const ort_type *t, const ort_tensor_type **out),
             (const ort_type *, const ort_tensor_type **), (t, out))
ORT_FUNCTION(type_as_map, 103, ort_status *, (const ort_api *api, const ort_type *t, const ort_map_type **out),
             (const ort_type *, const ort_map_type **), (t, out))
ORT_FUNCTION(type_as_sequence, 104, ort_status *,
             (const ort_api *api, const ort_type *t, const ort_sequence_type **out),
             (const ort_type *, const ort_sequence_type **), (t, out))
ORT_FUNCTION(map_key_type, 105, ort_status *, (const ort_api *api, const ort_map_type *t, int *out),
             (const ort_map_type *, int *), (t, out))
ORT_FUNCTION(map_value_type, 106, ort_status *, (const ort_api *api, const ort_map_type *t, ort_type **out),
             (const ort_map_type *, ort_type **), (t, out))
ORT_FUNCTION(sequence_element_type, 107, ort_status *,
             (const ort_api *api, const ort_sequence_type *t, ort_type **out), (const ort_sequence_type *, ort_type **),
             (t, out))
ORT_FUNCTION(release_type, 98, void, (const ort_api *api, ort_type *t), (ort_type *), (t))
ORT_FUNCTION(element_type, 60, ort_status *, (const ort_api *api, const ort_tensor_type *t, int *out),
             (const ort_tensor_type *, int *), (t, out))
ORT_FUNCTION(rank, 61, ort_status *, (const ort_api *api, const ort_tensor_type *t, size_t *out),
             (const ort_tensor_type *, size_t *), (t, out))
ORT_FUNCTION(extents, 62, ort_status *, (const ort_api *api, const ort_tensor_type *t, int64_t *out, size_t rank),
             (const ort_tensor_type *, int64_t *, size_t), (t, out, rank))
ORT_FUNCTION(release_tensor_type, 99, void, (const ort_api *api, ort_tensor_type *t), (ort_tensor_type *), (t))
