#include "CProcess.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PLACES 64

static _Atomic(char *) places[PLACES];

int apus_note_temporary(const char *folder, const char *name) {
    size_t start = strlen(folder), length = strlen(name);
    char *copy = malloc(start + length + 2);
    if (!copy) return -1;
    memcpy(copy, folder, start);
    if (start > 0) copy[start++] = '/';
    memcpy(copy + start, name, length + 1);
    for (int place = 0; place < PLACES; place++) {
        char *empty = NULL;
        if (atomic_compare_exchange_strong(&places[place], &empty, copy)) return place;
    }
    free(copy);
    return -1;
}

void apus_forget_temporary(int place) {
    if (place >= 0) free(atomic_exchange(&places[place], NULL));
}

// Only what a signal handler may do: nothing is allocated or freed.
static void end(int number) {
    for (int place = 0; place < PLACES; place++) {
        char *path = atomic_exchange(&places[place], NULL);
        if (path) unlink(path);
    }
    if (number == SIGINT) {
        static const char message[] = "\nERROR: interrupted by the user\n";
        if (write(2, message, sizeof message - 1) < 0) _exit(252);
        _exit(252);
    }
    if (number == SIGPIPE) _exit(141);
    raise(number);
}

void apus_end_cleanly(void) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    for (size_t index = 0; index < sizeof numbers / sizeof *numbers; index++) {
        struct sigaction old, new = {.sa_handler = end, .sa_flags = SA_RESETHAND | SA_NODEFER};
        sigemptyset(&new.sa_mask);
        if (sigaction(numbers[index], NULL, &old) == 0 && old.sa_handler != SIG_IGN) {
            sigaction(numbers[index], &new, NULL);
        }
    }
}
