#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int move_descriptor(posix_spawn_file_actions_t *actions, int from, int to) {
    return from < 0 ? 0 : posix_spawn_file_actions_adddup2(actions, from, to);
}

int apus_spawn(int *process_id, const char *program, char *const arguments[], char *const environment[],
               const char *directory, int standard_input, int standard_output, int standard_error, int new_group) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error) return error;
    error = posix_spawnattr_init(&attributes);
    if (error) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    static const int stops[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    for (size_t index = 0; index < sizeof stops / sizeof *stops; index++) {
        if (apus_is_ignored(stops[index])) sigdelset(&all, stops[index]);
    }
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    if (new_group) flags |= POSIX_SPAWN_SETPGROUP;
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, flags);
    if (directory) error = posix_spawn_file_actions_addchdir_np(&actions, directory);
    if (!error) error = move_descriptor(&actions, standard_input, 0);
    if (!error) error = move_descriptor(&actions, standard_output, 1);
    if (!error) error = move_descriptor(&actions, standard_error, 2);
    pid_t child = 0;
    if (!error) error = posix_spawnp(&child, program, &actions, &attributes, arguments, environment);
    if (!error) *process_id = child;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int apus_is_ignored(int signal_number) {
    struct sigaction action;
    return sigaction(signal_number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

int apus_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno; }

int apus_exit_code(int status) { return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status); }

char **apus_environment(void) { return environ; }
