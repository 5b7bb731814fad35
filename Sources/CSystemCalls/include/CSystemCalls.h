#ifndef CSYSTEMCALLS_H
#define CSYSTEMCALLS_H

#include <stddef.h>
#include <stdint.h>

/// Opens relative to a directory; retries after interrupts. Returns the descriptor or -1 with errno.
int apus_openat(int directory, const char *path, int flags, unsigned int mode);

/// O_TMPFILE, which Swift cannot import; 0 where the system has none.
int apus_o_tmpfile(void);

/// Gives a file opened with O_TMPFILE a name. 0, or -1 with errno.
int apus_link_descriptor(int descriptor, int directory, const char *path);

/// Renames; with `replace` 0 it fails with EEXIST when the target exists. 0, or -1 with errno.
int apus_rename(int directory, const char *path, int target_directory, const char *target, int replace);

/// Makes `target` share all blocks of `source`. 0, or -1 with errno.
int apus_clone(int source, int target);

/// Copies inside the kernel; returns the bytes copied, 0 at the end, -1 with errno.
int64_t apus_copy_range(int source, int target, size_t length);

/// Tells whether any process, this one too, has the file open for writing; no where the system cannot tell.
int apus_is_written(int descriptor);

/// Reads raw directory entries; returns the bytes, 0 at the end, -1 with errno.
int64_t apus_read_directory(int descriptor, void *buffer, size_t size);

/// Sets the time of last modification of an open file. 0, or -1 with errno.
int apus_set_modified(int descriptor, int64_t seconds, int64_t nanoseconds);

/// Nanoseconds of the clock that file systems stamp with.
int64_t apus_file_clock(void);

/// Tells whether the file system is a local one that stamps a directory at every change of its names.
int apus_stamps_directories(int descriptor);

/// Writes out everything waiting on the file system of the descriptor. 0, or -1 with errno.
int apus_sync_filesystem(int descriptor);

/// Tells the kernel that a file will be read once, from start to end.
void apus_read_ahead(int descriptor);

#endif
