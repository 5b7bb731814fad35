#define _GNU_SOURCE
#include "CSystemCalls.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#endif

int apus_openat(int directory, const char *path, int flags, unsigned int mode) {
    int descriptor;
    do {
        descriptor = openat(directory, path, flags, mode);
    } while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

#if defined(__linux__)

int apus_o_tmpfile(void) { return O_TMPFILE; }

int apus_link_descriptor(int descriptor, int directory, const char *path) {
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    return linkat(AT_FDCWD, name, directory, path, AT_SYMLINK_FOLLOW);
}

int apus_rename(int directory, const char *path, int target_directory, const char *target, int replace) {
    if (replace) return renameat(directory, path, target_directory, target);
    int result = renameat2(directory, path, target_directory, target, RENAME_NOREPLACE);
    if (result == 0 || (errno != EINVAL && errno != ENOSYS)) return result;
    // A file system without the flag: a second name is refused when the target exists.
    if (linkat(directory, path, target_directory, target, 0) != 0) return -1;
    unlinkat(directory, path, 0);
    return 0;
}

int apus_clone(int source, int target) { return ioctl(target, FICLONE, source); }

int64_t apus_copy_range(int source, int target, size_t length) {
    int64_t copied;
    do {
        copied = copy_file_range(source, NULL, target, NULL, length, 0);
    } while (copied < 0 && errno == EINTR);
    return copied;
}

int apus_is_written(int descriptor) {
    // Somebody who opens the file for writing in between makes the kernel send this signal, which does nothing.
    fcntl(descriptor, F_SETSIG, SIGURG);
    if (fcntl(descriptor, F_SETLEASE, F_RDLCK) != 0) return errno == EAGAIN;
    fcntl(descriptor, F_SETLEASE, F_UNLCK);
    return 0;
}

int64_t apus_read_directory(int descriptor, void *buffer, size_t size) {
    return syscall(SYS_getdents64, descriptor, buffer, size);
}

int apus_stamps_directories(int descriptor) {
    struct statfs status;
    if (fstatfs(descriptor, &status) != 0) return 0;
    switch ((uint32_t)status.f_type) {
    case 0xef53:      // ext2, ext3, ext4
    case 0x58465342:  // XFS
    case 0x9123683e:  // Btrfs
    case 0x01021994:  // tmpfs
    case 0xf2f52010:  // F2FS
    case 0x794c7630:  // overlay
    case 0x2fc12fc1:  // ZFS
    case 0xca451a4e:  // bcachefs
        return 1;
    default:
        return 0;
    }
}

int apus_sync_filesystem(int descriptor) { return syncfs(descriptor); }

void apus_read_ahead(int descriptor) { posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL); }

#else

int apus_o_tmpfile(void) { return 0; }

int apus_link_descriptor(int descriptor, int directory, const char *path) {
    (void)descriptor, (void)directory, (void)path;
    errno = ENOTSUP;
    return -1;
}

int apus_rename(int directory, const char *path, int target_directory, const char *target, int replace) {
    if (replace) return renameat(directory, path, target_directory, target);
    if (linkat(directory, path, target_directory, target, 0) != 0) return -1;
    unlinkat(directory, path, 0);
    return 0;
}

int apus_clone(int source, int target) {
    (void)source, (void)target;
    errno = ENOTSUP;
    return -1;
}

int64_t apus_copy_range(int source, int target, size_t length) {
    (void)source, (void)target, (void)length;
    errno = ENOTSUP;
    return -1;
}

int64_t apus_read_directory(int descriptor, void *buffer, size_t size) {
    (void)descriptor, (void)buffer, (void)size;
    errno = ENOTSUP;
    return -1;
}

int apus_is_written(int descriptor) {
    (void)descriptor;
    return 0;
}

int apus_stamps_directories(int descriptor) {
    (void)descriptor;
    return 0;
}

int apus_sync_filesystem(int descriptor) {
    (void)descriptor;
    sync();
    return 0;
}

void apus_read_ahead(int descriptor) { (void)descriptor; }

#endif

int apus_set_modified(int descriptor, int64_t seconds, int64_t nanoseconds) {
    struct timespec times[2] = {{.tv_sec = 0, .tv_nsec = UTIME_OMIT}, {.tv_sec = seconds, .tv_nsec = nanoseconds}};
    return futimens(descriptor, times);
}

int64_t apus_file_clock(void) {
#if defined(CLOCK_REALTIME_COARSE)
    clockid_t clock = CLOCK_REALTIME_COARSE;
#else
    clockid_t clock = CLOCK_REALTIME;
#endif
    struct timespec now;
    if (clock_gettime(clock, &now) != 0) return 0;
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
