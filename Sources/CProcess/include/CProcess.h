#ifndef APUS_CPROCESS_H
#define APUS_CPROCESS_H

/// Starts a program found on PATH, in `directory` (NULL: the current one), with the three standard descriptors given
/// (-1: inherit). `new_group` puts it in a process group of its own. All signals are unblocked in the child and at their
/// defaults, but for those that ask to stop and are ignored here, as under nohup. Returns 0 and stores the process id, or an errno value.
int apus_spawn(int *process_id, const char *program, char *const arguments[], char *const environment[],
               const char *directory, int standard_input, int standard_output, int standard_error, int new_group);

/// Starts the program at a path in `directory`, in a process group of its own, with exactly the descriptors given as
/// 0, 1, 2, ...; all signals are at their defaults and unblocked. It is killed when the calling thread ends, however
/// that comes. Returns 0 and stores the process id, or an errno value.
int apus_spawn_tied(int *process_id, const char *path, char *const arguments[], char *const environment[],
                    const char *directory, const int *descriptors, int count);

/// Waits until a child has ended and leaves it to be reaped, so that its id stays its own. Returns 0 or an errno value.
int apus_await_end(int process_id);

/// Makes a pair of connected sockets that are closed on exec. Returns 0 or an errno value.
int apus_socket_pair(int ends[2]);

/// Makes a file in memory that can grow but never shrink, closed on exec. Returns its descriptor or -1 with errno.
int apus_memory_file(const char *name);

/// Sends one byte with a descriptor over a socket. Returns 0 or an errno value.
int apus_send_descriptor(int connection, int descriptor);

/// Whether the process ignores a signal.
int apus_is_ignored(int signal_number);

/// Makes a pipe whose two ends are closed on exec. Returns 0 or an errno value.
int apus_pipe(int ends[2]);

/// Decodes a `waitpid` status: the exit code, or the negated signal number when a signal ended the process.
int apus_exit_code(int status);

/// The process's environment block, to hand on to children.
char **apus_environment(void);

/// Notes a temporary file, in `folder` unless that is empty, that is to go when a signal ends the process. Returns a
/// place to forget it by, or -1 when there are too many.
int apus_note_temporary(const char *folder, const char *name);

/// Takes the note back; the file has another name now, or is gone.
void apus_forget_temporary(int place);

/// Makes SIGINT (exit code 252), SIGPIPE (141), SIGTERM and SIGHUP remove the noted files before they end the process.
/// Signals that are ignored stay so.
void apus_end_cleanly(void);

#endif
