/* Makes one call to the system fail, of those that concern files beneath a folder: see tests/support/failures.py.
   Loaded before the C library (LD_PRELOAD); armed by failing_arm, which a test calls in a process of its own. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char under[PATH_MAX];
static long left, seen;
static int with, armed;
static char failed[32];

void failing_arm(const char *folder, long nth, int error) {
  strncpy(under, folder, sizeof under - 1);
  left = nth; with = error; seen = 0; armed = 1;
}
long failing_seen(void) { return seen; }
const char *failing_name(void) { return failed; }

static int ours(const char *path) { return armed && path && strncmp(path, under, strlen(under)) == 0; }
static int ours_fd(int fd) {
  char link[64], path[PATH_MAX];
  if (!armed) return 0;
  int before = errno;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, sizeof path - 1);
  errno = before;
  if (n < 0) return 0;
  path[n] = 0;
  return ours(path);
}
static int fails(int concerned, const char *name) {
  if (!concerned || ++seen != left) return 0;
  strncpy(failed, name, sizeof failed - 1);
  errno = with;
  return 1;
}
#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, name)
#define MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list a; va_start(a, flags); mode = va_arg(a, int); va_end(a); }

int open(const char *p, int flags, ...) { MODE REAL(int, "open", const char *, int, ...); return fails(ours(p), "open") ? -1 : real(p, flags, mode); }
int open64(const char *p, int flags, ...) { MODE REAL(int, "open64", const char *, int, ...); return fails(ours(p), "open") ? -1 : real(p, flags, mode); }
ssize_t read(int fd, void *b, size_t n) { REAL(ssize_t, "read", int, void *, size_t); return fails(ours_fd(fd), "read") ? -1 : real(fd, b, n); }
ssize_t write(int fd, const void *b, size_t n) { REAL(ssize_t, "write", int, const void *, size_t); return fails(ours_fd(fd), "write") ? -1 : real(fd, b, n); }
int close(int fd) { REAL(int, "close", int); int f = fails(ours_fd(fd), "close"), e = errno, r = real(fd); if (f) errno = e; return f ? -1 : r; }
int fsync(int fd) { REAL(int, "fsync", int); return fails(ours_fd(fd), "fsync") ? -1 : real(fd); }
int flock(int fd, int how) { REAL(int, "flock", int, int); return fails(ours_fd(fd), "flock") ? -1 : real(fd, how); }
int rename(const char *a, const char *b) { REAL(int, "rename", const char *, const char *); return fails(ours(b), "rename") ? -1 : real(a, b); }
int renameat2(int x, const char *a, int y, const char *b, unsigned f) { REAL(int, "renameat2", int, const char *, int, const char *, unsigned); return fails(ours(b), "renameat2") ? -1 : real(x, a, y, b, f); }
int unlink(const char *p) { REAL(int, "unlink", const char *); return fails(ours(p), "unlink") ? -1 : real(p); }
int link(const char *a, const char *b) { REAL(int, "link", const char *, const char *); return fails(ours(b), "link") ? -1 : real(a, b); }
int linkat(int x, const char *a, int y, const char *b, int f) { REAL(int, "linkat", int, const char *, int, const char *, int); return fails(ours(b), "link") ? -1 : real(x, a, y, b, f); }
int mkdir(const char *p, mode_t m) { REAL(int, "mkdir", const char *, mode_t); return fails(ours(p), "mkdir") ? -1 : real(p, m); }
int chmod(const char *p, mode_t m) { REAL(int, "chmod", const char *, mode_t); return fails(ours(p), "chmod") ? -1 : real(p, m); }
int utimensat(int d, const char *p, const struct timespec t[2], int f) { REAL(int, "utimensat", int, const char *, const struct timespec *, int); return fails(ours(p), "utime") ? -1 : real(d, p, t, f); }
int stat(const char *restrict p, struct stat *restrict s) { REAL(int, "stat", const char *, struct stat *); return fails(ours(p), "stat") ? -1 : real(p, s); }
int stat64(const char *restrict p, struct stat64 *restrict s) { REAL(int, "stat64", const char *, struct stat64 *); return fails(ours(p), "stat") ? -1 : real(p, s); }
int fstat(int fd, struct stat *s) { REAL(int, "fstat", int, struct stat *); return fails(ours_fd(fd), "fstat") ? -1 : real(fd, s); }
int fstat64(int fd, struct stat64 *s) { REAL(int, "fstat64", int, struct stat64 *); return fails(ours_fd(fd), "fstat") ? -1 : real(fd, s); }
