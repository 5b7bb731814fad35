// The floor of a model server: one thread, epoll, HTTP/1.1 with keep-alive, numbers scanned out of the JSON by hand, and
// ONNX Runtime called through its table of functions. No routes, no checks, no metrics: what is left is unavoidable.
//
//     floor LIBRARY MODEL digits|cnn PORT [batch] [raw]
//
// batch: all requests that are there when the thread wakes go into one run. raw: bodies end in the tensor's bytes, as in the
// Open Inference Protocol's binary extension.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_CONNECTIONS = 4096, MOST_READY = 256, BUFFER = 65536 };

// Places in the table of functions, which never change.
enum {
    GET_ERROR_MESSAGE = 2, CREATE_ENVIRONMENT = 3, CREATE_SESSION = 7, RUN = 9, CREATE_OPTIONS = 10,
    SET_OPTIMIZATION = 23, SET_THREADS = 24, CREATE_TENSOR = 49, GET_DATA = 51, CREATE_MEMORY = 69, RELEASE_VALUE = 96,
};

typedef void *Handle;
typedef struct { char bytes[BUFFER]; int count; } Connection;

static Handle *table, session, memory;
static const char *input_name, *output_name;
static int input_size, output_size, rank;
static int64_t shape[4];
static int is_raw;
static Connection *connections[MOST_CONNECTIONS];

static void check(Handle status) {
    if (!status) return;
    fprintf(stderr, "floor: %s\n", ((const char *(*)(Handle))table[GET_ERROR_MESSAGE])(status));
    exit(1);
}

static void load(const char *library, const char *model, int is_cnn) {
    Handle handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!handle) { fprintf(stderr, "floor: %s\n", dlerror()); exit(1); }
    Handle *base = ((Handle *(*)(void))dlsym(handle, "OrtGetApiBase"))();
    table = ((Handle *(*)(uint32_t))base[0])(16);
    Handle environment, options;
    check(((Handle (*)(int, const char *, Handle *))table[CREATE_ENVIRONMENT])(2, "floor", &environment));
    check(((Handle (*)(Handle *))table[CREATE_OPTIONS])(&options));
    check(((Handle (*)(Handle, int))table[SET_THREADS])(options, 1));
    check(((Handle (*)(Handle, int))table[SET_OPTIMIZATION])(options, 99));
    check(((Handle (*)(Handle, const char *, Handle, Handle *))table[CREATE_SESSION])(environment, model, options, &session));
    check(((Handle (*)(int, int, Handle *))table[CREATE_MEMORY])(0, 0, &memory));
    if (is_cnn) {
        input_name = "image", output_name = "logits", input_size = 32 * 32, output_size = 11, rank = 4;
        shape[1] = shape[2] = 32, shape[3] = 1;
    } else {
        input_name = "X", output_name = "probabilities", input_size = 64, output_size = 10, rank = 2;
        shape[1] = 64;
    }
}

// The outputs of `count` rows; *result is to be released after use.
static float *run(float *rows, int count, Handle *result) {
    Handle tensor;
    shape[0] = count;
    check(((Handle (*)(Handle, void *, size_t, int64_t *, size_t, int, Handle *))table[CREATE_TENSOR])(
        memory, rows, (size_t)count * input_size * sizeof(float), shape, rank, 1, &tensor));
    *result = NULL;
    check(((Handle (*)(Handle, Handle, const char **, Handle *, size_t, const char **, size_t, Handle *))table[RUN])(
        session, NULL, &input_name, &tensor, 1, &output_name, 1, result));
    ((void (*)(Handle))table[RELEASE_VALUE])(tensor);
    float *data;
    check(((Handle (*)(Handle, void **))table[GET_DATA])(*result, (void **)&data));
    return data;
}

static float number(const char **place) {
    const char *p = *place;
    int is_negative = *p == '-';
    double value = 0, share = .1;
    if (is_negative) p++;
    while (*p >= '0' && *p <= '9') value = value * 10 + (*p++ - '0');
    if (*p == '.')
        for (p++; *p >= '0' && *p <= '9'; share *= .1) value += (*p++ - '0') * share;
    if (*p == 'e' || *p == 'E') return strtof(*place, (char **)place);
    *place = p;
    return is_negative ? -value : value;
}

static void fill(const char *body, const char *end, float *row) {
    if (is_raw) {
        memcpy(row, end - input_size * sizeof(float), input_size * sizeof(float));
        return;
    }
    int found = 0;
    body = strchr(body, ':');
    while (body < end && found < input_size) {
        if ((*body >= '0' && *body <= '9') || *body == '-') row[found++] = number(&body); else body++;
    }
}

static void answer(int socket, const float *row) {
    char body[1024], text[1400];
    int count, size;
    if (is_raw) {
        memcpy(body, row, count = output_size * sizeof(float));
    } else {
        count = sprintf(body, "{\"y\":[[");
        for (int i = 0; i < output_size; i++) count += sprintf(body + count, i ? ",%.9g" : "%.9g", row[i]);
        count += sprintf(body + count, "]]}");
    }
    size = sprintf(text, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", count);
    memcpy(text + size, body, count);
    if (write(socket, text, size + count) < 0) perror("floor");
}

// Whether a whole request is there; *body and its end are set if so.
static int is_whole(Connection *connection, char **body, char **end) {
    connection->bytes[connection->count] = 0;
    char *blank = strstr(connection->bytes, "\r\n\r\n");
    if (!blank) return 0;
    char *length = strcasestr(connection->bytes, "\r\ncontent-length:");
    *body = blank + 4;
    *end = *body + (length && length < blank ? atoi(length + 17) : 0);
    return connection->bytes + connection->count >= *end;
}

static void accept_one(int listener, int poll) {
    int one = 1, socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
    if (socket < 0 || socket >= MOST_CONNECTIONS) return;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (!connections[socket]) connections[socket] = malloc(sizeof(Connection));
    connections[socket]->count = 0;
    struct epoll_event event = {EPOLLIN, {.fd = socket}};
    epoll_ctl(poll, EPOLL_CTL_ADD, socket, &event);
}

int main(int count, char **arguments) {
    if (count < 5) { fprintf(stderr, "usage: floor LIBRARY MODEL digits|cnn PORT [batch] [raw]\n"); return 2; }
    int is_batching = 0, one = 1;
    for (int i = 5; i < count; i++) {
        is_batching |= !strcmp(arguments[i], "batch");
        is_raw |= !strcmp(arguments[i], "raw");
    }
    load(arguments[1], arguments[2], !strcmp(arguments[3], "cnn"));

    int listener = socket(AF_INET, SOCK_STREAM, 0), poll = epoll_create1(0);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(atoi(arguments[4])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (void *)&address, sizeof address) || listen(listener, 1024)) { perror("floor"); return 1; }
    struct epoll_event event = {EPOLLIN, {.fd = listener}}, events[MOST_READY];
    epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);

    float *rows = malloc(sizeof(float) * input_size * MOST_READY);
    int sockets[MOST_READY];
    for (;;) {
        int ready = epoll_wait(poll, events, MOST_READY, -1), waiting = 0;
        for (int i = 0; i < ready; i++) {
            int socket = events[i].data.fd;
            if (socket == listener) { accept_one(listener, poll); continue; }
            Connection *connection = connections[socket];
            int got = read(socket, connection->bytes + connection->count, BUFFER - 1 - connection->count);
            if (got < 0 && errno == EAGAIN) continue;
            if (got <= 0) { close(socket); continue; }
            connection->count += got;
            char *body, *end;
            if (!is_whole(connection, &body, &end)) continue;
            fill(body, end, rows + (size_t)waiting * input_size);
            connection->count = 0;
            sockets[waiting++] = socket;
            if (is_batching) continue;
            Handle result;
            answer(socket, run(rows, 1, &result));
            ((void (*)(Handle))table[RELEASE_VALUE])(result);
            waiting = 0;
        }
        if (!waiting) continue;
        Handle result;
        float *outputs = run(rows, waiting, &result);
        for (int i = 0; i < waiting; i++) answer(sockets[i], outputs + (size_t)i * output_size);
        ((void (*)(Handle))table[RELEASE_VALUE])(result);
    }
}
