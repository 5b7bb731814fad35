#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define DESCRIPTORS 16

// Runs in the child, which shares the parent's memory until exec: only system calls. Returns an errno value.
static int become(const char *path, char *const arguments[], char *const environment[], const char *directory,
                  const int *descriptors, int count, pid_t parent) {
    struct sigaction standard = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return errno;
    if (getppid() != parent) _exit(127);
    if (setpgid(0, 0) != 0) return errno;
    if (directory && chdir(directory) != 0) return errno;
    // First out of the way, as one's place may be another's number.
    int moved[DESCRIPTORS];
    for (int index = 0; index < count; index++) {
        moved[index] = fcntl(descriptors[index], F_DUPFD_CLOEXEC, DESCRIPTORS);
        if (moved[index] < 0) return errno;
    }
    for (int index = 0; index < count; index++) {
        if (dup2(moved[index], index) < 0) return errno;
    }
#ifdef SYS_close_range
    syscall(SYS_close_range, count, ~0U, 0);
#endif
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(path, arguments, environment);
    return errno;
}

int apus_spawn_tied(int *process_id, const char *path, char *const arguments[], char *const environment[],
                    const char *directory, const int *descriptors, int count) {
    if (count > DESCRIPTORS) return EINVAL;
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    pid_t parent = getpid();
    volatile int error = 0;
    pid_t child = vfork();
    if (child == 0) {
        error = become(path, arguments, environment, directory, descriptors, count, parent);
        _exit(127);
    }
    if (child < 0) error = errno;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (child > 0 && error) waitpid(child, NULL, 0);
    if (!error) *process_id = child;
    return error;
}

int apus_await_end(int process_id) {
    siginfo_t information;
    while (waitid(P_PID, (id_t)process_id, &information, WEXITED | WNOWAIT) != 0) {
        if (errno != EINTR) return errno;
    }
    return 0;
}

int apus_socket_pair(int ends[2]) { return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0 ? 0 : errno; }

int apus_memory_file(const char *name) {
    int descriptor = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (descriptor >= 0) fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_SEAL);
    return descriptor;
}

int apus_send_descriptor(int connection, int descriptor) {
    char byte = 0, control[CMSG_SPACE(sizeof(int))];
    memset(control, 0, sizeof control);
    struct iovec vector = {.iov_base = &byte, .iov_len = 1};
    struct msghdr message = {
        .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    struct cmsghdr *part = CMSG_FIRSTHDR(&message);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(part), &descriptor, sizeof descriptor);
    while (sendmsg(connection, &message, MSG_NOSIGNAL) != 1) {
        if (errno != EINTR) return errno;
    }
    return 0;
}
