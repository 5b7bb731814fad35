// The floor of the benchmarks: does the same work on the same files with the unavoidable system calls only, on two
// threads, without checks, metafiles, locks or a record of what it did. No correct program can be much faster.
// Also the stopwatch: `floor time REPORT COMMAND…` runs a command and writes seconds, CPU seconds and peak memory.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "CDigests.h"

enum { THREADS = 2, BATCH = 64, SMALL = 64 * 1024 };
extern char **environ;

static void fail(const char *what) {
    fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void *allocate(size_t size) {
    void *memory = malloc(size ? size : 1);
    if (!memory) fail("memory");
    return memory;
}

// ---- Lists of files

typedef struct {
    char *path;
    char hash[33];
} Item;

typedef struct {
    Item *items;
    size_t count, room;
} List;

static void append(List *list, char *path) {
    if (list->count == list->room) {
        list->room = list->room ? list->room * 2 : 4096;
        list->items = realloc(list->items, list->room * sizeof *list->items);
        if (!list->items) fail("memory");
    }
    list->items[list->count++].path = path;
}

static char *join(const char *folder, const char *name) {
    size_t length = strlen(folder) + strlen(name) + 2;
    char *path = allocate(length);
    snprintf(path, length, "%s/%s", folder, name);
    return path;
}

static void walk(const char *folder, List *list) {
    DIR *stream = opendir(folder);
    if (!stream) fail(folder);
    for (struct dirent *entry; (entry = readdir(stream));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        char *path = join(folder, entry->d_name);
        if (entry->d_type == DT_DIR) {
            walk(path, list);
            free(path);
        } else {
            append(list, path);
        }
    }
    closedir(stream);
}

// A list file has a line for each file: its hash, a blank, its path below the folder.
static void save(const List *list, const char *file, size_t prefix) {
    FILE *out = fopen(file, "w");
    if (!out) fail(file);
    for (size_t i = 0; i < list->count; i++) fprintf(out, "%s %s\n", list->items[i].hash, list->items[i].path + prefix);
    if (fclose(out)) fail(file);
}

static void load(List *list, const char *file) {
    FILE *in = fopen(file, "r");
    if (!in) fail(file);
    char line[8192];
    while (fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = 0;
        append(list, strdup(line + 33));
        memcpy(list->items[list->count - 1].hash, line, 32);
        list->items[list->count - 1].hash[32] = 0;
    }
    fclose(in);
}

// ---- Two threads that take batches

typedef struct Job Job;
struct Job {
    List list;
    void (*work)(Job *, size_t first, size_t last, uint8_t *buffer);
    const char *from, *cache, *to;
    int links, checks;
    atomic_size_t next;
};

static void *worker(void *argument) {
    Job *job = argument;
    uint8_t *buffer = allocate((size_t)BATCH * SMALL);
    for (;;) {
        size_t first = atomic_fetch_add(&job->next, BATCH);
        if (first >= job->list.count) break;
        size_t last = first + BATCH < job->list.count ? first + BATCH : job->list.count;
        job->work(job, first, last, buffer);
    }
    free(buffer);
    return NULL;
}

static void run(Job *job) {
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, worker, job)) fail("thread");
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
}

// ---- Work on files

static size_t read_all(const char *path, uint8_t *buffer, size_t room) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) fail(path);
    ssize_t count = read(file, buffer, room);
    if (count < 0) fail(path);
    if ((size_t)count == room) {
        fprintf(stderr, "floor: %s: only files below %d bytes\n", path, SMALL);
        exit(1);
    }
    close(file);
    return (size_t)count;
}

static void write_all(const char *path, const uint8_t *buffer, size_t length, mode_t mode) {
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (file < 0) {
        if (errno == EEXIST) return;
        fail(path);
    }
    if (write(file, buffer, length) != (ssize_t)length) fail(path);
    close(file);
}

static void link_to(const char *from, const char *to) {
    if (link(from, to) && errno != EEXIST) fail(to);
}

static void write_hex(char out[33], const uint8_t digest[16]) {
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < 16; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[32] = 0;
}

static void object_path(char out[4096], const char *root, const char *hash) {
    snprintf(out, 4096, "%s/%.2s/%s", root, hash, hash + 2);
}

static void make_object_folders(const char *root) {
    if (mkdir(root, 0777) && errno != EEXIST) fail(root);
    for (int i = 0; i < 256; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%02x", root, i);
        if (mkdir(path, 0777) && errno != EEXIST) fail(path);
    }
}

static void make_folders(const List *list, const char *root) {
    char last[4096] = "";
    if (mkdir(root, 0777) && errno != EEXIST) fail(root);
    for (size_t i = 0; i < list->count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", root, list->items[i].path);
        *strrchr(path, '/') = 0;
        if (!strcmp(path, last)) continue;
        strcpy(last, path);
        for (char *slash = strchr(path + strlen(root) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
            *slash = 0;
            if (mkdir(path, 0777) && errno != EEXIST) fail(path);
            *slash = '/';
        }
        if (mkdir(path, 0777) && errno != EEXIST) fail(path);
    }
}

static void lstat_files(Job *job, size_t first, size_t last, uint8_t *buffer) {
    (void)buffer;
    struct stat status;
    for (size_t i = first; i < last; i++)
        if (lstat(job->list.items[i].path, &status)) fail(job->list.items[i].path);
}

static void hash_files(Job *job, size_t first, size_t last, uint8_t *buffer) {
    const uint8_t *data[BATCH] = {0};
    size_t lengths[BATCH] = {0};
    uint8_t digests[BATCH * 16];
    for (size_t i = first; i < last; i++) {
        data[i - first] = buffer + (i - first) * SMALL;
        lengths[i - first] = read_all(job->list.items[i].path, buffer + (i - first) * SMALL, SMALL);
    }
    apus_md5_batch(data, lengths, last - first, digests);
    for (size_t i = first; i < last; i++) {
        write_hex(job->list.items[i].hash, digests + (i - first) * 16);
        if (!job->cache) continue;
        char object[4096];
        object_path(object, job->cache, job->list.items[i].hash);
        if (job->links) {
            link_to(job->list.items[i].path, object);
            chmod(object, 0444);
        } else {
            write_all(object, data[i - first], lengths[i - first], 0444);
        }
    }
}

// What came from elsewhere must be what its name says.
static void check(Job *job, size_t first, size_t last, const uint8_t **data, const size_t *lengths) {
    uint8_t digests[BATCH * 16];
    apus_md5_batch(data, lengths, last - first, digests);
    for (size_t i = first; i < last; i++) {
        char hash[33];
        write_hex(hash, digests + (i - first) * 16);
        if (!strcmp(hash, job->list.items[i].hash)) continue;
        fprintf(stderr, "floor: %s: wrong content\n", job->list.items[i].path);
        exit(1);
    }
}

// From `from` (objects) to `cache` (objects), if given, and to `to` (files), if given.
static void place_files(Job *job, size_t first, size_t last, uint8_t *buffer) {
    const uint8_t *data[BATCH] = {0};
    size_t lengths[BATCH] = {0};
    for (size_t i = first; i < last && (job->cache || !job->links); i++) {
        char source[4096];
        object_path(source, job->from, job->list.items[i].hash);
        data[i - first] = buffer + (i - first) * SMALL;
        lengths[i - first] = read_all(source, buffer + (i - first) * SMALL, SMALL);
    }
    if (job->checks) check(job, first, last, data, lengths);
    for (size_t i = first; i < last; i++) {
        char object[4096], target[4096];
        object_path(object, job->cache ? job->cache : job->from, job->list.items[i].hash);
        if (job->cache) write_all(object, data[i - first], lengths[i - first], 0444);
        if (!job->to) continue;
        snprintf(target, sizeof target, "%s/%s", job->to, job->list.items[i].path);
        if (job->links) link_to(object, target);
        else write_all(target, data[i - first], lengths[i - first], 0644);
    }
}

// ---- The files to work on: different ones of one size, 1,000 to a folder; the same on every run

static size_t file_size;

static void make_files(Job *job, size_t first, size_t last, uint8_t *buffer) {
    for (size_t i = 0; i < file_size; i++) buffer[i] = (uint8_t)(i * 7 % 251);
    for (size_t number = first; number < last; number++) {
        char path[4096], digits[17];
        snprintf(path, sizeof path, "%s/%04zu/%07zu.bin", job->to, number / 1000, number);
        snprintf(digits, sizeof digits, "%016zu", number);
        memcpy(buffer, digits, 16);
        write_all(path, buffer, file_size, 0644);
    }
}

static void make(const char *folder, size_t count, size_t size) {
    Job job = {.to = folder, .work = make_files};
    if (size < 16 || size > SMALL) {
        fprintf(stderr, "floor: files of 16 to %d bytes\n", SMALL);
        exit(2);
    }
    file_size = size;
    job.list.count = count;
    if (mkdir(folder, 0777)) fail(folder);
    for (size_t parent = 0; parent * 1000 < count; parent++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%04zu", folder, parent);
        if (mkdir(path, 0777)) fail(path);
    }
    run(&job);
}

// ---- Stages: chains of `cp`, each output hashed and copied into the cache

static int chain_length;

static int spawn(char *const arguments[]) {
    pid_t child;
    int status;
    if (posix_spawnp(&child, arguments[0], NULL, NULL, arguments, environ)) fail(arguments[0]);
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) fail("wait");
    return status;
}

static void run_chains(Job *job, size_t first, size_t last, uint8_t *buffer) {
    for (size_t chain = first; chain < last; chain++) {
        for (int step = 1; step <= chain_length; step++) {
            char command[256], output[64], object[4096], hash[33];
            uint8_t digest[16];
            snprintf(output, sizeof output, "c%zu_%d", chain, step);
            snprintf(command, sizeof command, "cp c%zu_%d %s", chain, step - 1, output);
            char *arguments[] = {"sh", "-c", command, NULL};
            if (spawn(arguments)) fail(command);
            const uint8_t *data = buffer;
            size_t length = read_all(output, buffer, SMALL);
            apus_md5_batch(&data, &length, 1, digest);
            write_hex(hash, digest);
            object_path(object, job->cache, hash);
            write_all(object, buffer, length, 0444);
        }
    }
}

static void *chain_worker(void *argument) {
    Job *job = argument;
    uint8_t *buffer = allocate(SMALL);
    for (size_t chain; (chain = atomic_fetch_add(&job->next, 1)) < job->list.count;)
        run_chains(job, chain, chain + 1, buffer);
    free(buffer);
    return NULL;
}

static void stages(int chains, int length, const char *cache) {
    Job job = {.cache = cache};
    job.list.count = (size_t)chains;
    chain_length = length;
    make_object_folders(cache);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, chain_worker, &job)) fail("thread");
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
}

// ---- The stopwatch

static double seconds(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static int stopwatch(const char *report, char *arguments[]) {
    struct timespec start, end;
    struct rusage usage;
    pid_t child;
    int status;
    clock_gettime(CLOCK_MONOTONIC, &start);
    int code = posix_spawnp(&child, arguments[0], NULL, NULL, arguments, environ);
    if (code) {
        errno = code;
        fail(arguments[0]);
    }
    while (wait4(child, &status, 0, &usage) < 0)
        if (errno != EINTR) fail("wait");
    clock_gettime(CLOCK_MONOTONIC, &end);
    double wall = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
    FILE *out = fopen(report, "w");
    if (!out) fail(report);
    fprintf(out, "%.6f %.6f %.6f %ld\n", wall, seconds(usage.ru_utime), seconds(usage.ru_stime), usage.ru_maxrss);
    fclose(out);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int usage(void) {
    fputs(
        "usage: floor nothing\n"
        "       floor time REPORT COMMAND...\n"
        "       floor make DIR COUNT SIZE\n"
        "       floor names DIR | lstat DIR... | hash DIR | status DIR CACHE\n"
        "       floor add-copy|add-hardlink DIR CACHE LIST\n"
        "       floor checkout-copy|checkout-hardlink LIST CACHE DIR\n"
        "       floor push LIST CACHE REMOTE\n"
        "       floor pull-copy|pull-hardlink LIST REMOTE CACHE DIR\n"
        "       floor stages CHAINS LENGTH CACHE\n",
        stderr);
    return 2;
}

int main(int count, char *arguments[]) {
    const char *mode = count > 1 ? arguments[1] : "";
    Job job = {.links = strstr(mode, "-hardlink") != NULL};
    umask(022);
    if (!strcmp(mode, "nothing")) return 0;
    if (!strcmp(mode, "time") && count > 3) return stopwatch(arguments[2], arguments + 3);
    if (!strcmp(mode, "make") && count == 5) {
        make(arguments[2], strtoul(arguments[3], NULL, 10), strtoul(arguments[4], NULL, 10));
    } else if (!strcmp(mode, "names") && count == 3) {
        walk(arguments[2], &job.list);
    } else if (!strcmp(mode, "lstat") && count > 2) {
        for (int i = 2; i < count; i++) walk(arguments[i], &job.list);
        job.work = lstat_files;
        run(&job);
    } else if (!strcmp(mode, "status") && count == 4) {
        walk(arguments[2], &job.list);
        job.work = lstat_files;
        run(&job);
        List names = {0};
        walk(arguments[3], &names);
    } else if (!strcmp(mode, "hash") && count == 3) {
        walk(arguments[2], &job.list);
        job.work = hash_files;
        run(&job);
    } else if (!strncmp(mode, "add-", 4) && count == 5) {
        walk(arguments[2], &job.list);
        job.work = hash_files;
        job.cache = arguments[3];
        make_object_folders(job.cache);
        run(&job);
        save(&job.list, arguments[4], strlen(arguments[2]) + 1);
    } else if (!strncmp(mode, "checkout-", 9) && count == 5) {
        load(&job.list, arguments[2]);
        job.work = place_files;
        job.from = arguments[3];
        job.to = arguments[4];
        make_folders(&job.list, job.to);
        run(&job);
    } else if (!strcmp(mode, "push") && count == 5) {
        load(&job.list, arguments[2]);
        job.work = place_files;
        job.from = arguments[3];
        job.cache = arguments[4];
        make_object_folders(job.cache);
        run(&job);
    } else if (!strncmp(mode, "pull-", 5) && count == 6) {
        load(&job.list, arguments[2]);
        job.work = place_files;
        job.from = arguments[3];
        job.cache = arguments[4];
        job.to = arguments[5];
        job.checks = 1;
        make_object_folders(job.cache);
        make_folders(&job.list, job.to);
        run(&job);
    } else if (!strcmp(mode, "stages") && count == 5) {
        stages(atoi(arguments[2]), atoi(arguments[3]), arguments[4]);
    } else {
        return usage();
    }
    return 0;
}
