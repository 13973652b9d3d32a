// floor METADATA set|get TEXT [FILE]...: the least that a command of kratix-status can take.
//
// Makes the system calls that kratix-status makes, in the same order and with the same sizes, and does nothing with what
// it reads but put `message: TEXT` in place of the first line, or print that line. FILE... is what the command reads
// besides: object.yaml, or a file to merge.
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char name[] = "status.yaml";
static const char temporary[] = ".status.yaml.kratix-status.tmp";

static void check(int ok, const char *what) {
  if (ok) return;
  perror(what);
  exit(5);
}

struct text {
  char *data;
  size_t size;
};

// To its end, in pieces of 64 KiB, as kratix-status does; closes it.
static struct text read_all(int file) {
  enum { piece = 65536 };
  static char buffer[piece];
  struct text text = {NULL, 0};
  size_t room = 0;
  ssize_t size;
  while ((size = read(file, buffer, piece)) > 0) {
    if (text.size + (size_t)size > room) {
      room = 2 * (text.size + (size_t)size);
      text.data = realloc(text.data, room);
      check(text.data != NULL, "memory");
    }
    memcpy(text.data + text.size, buffer, (size_t)size);
    text.size += (size_t)size;
  }
  check(size == 0, "read");
  close(file);
  return text;
}

static struct text read_status(int directory, struct stat *info) {
  const int file = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  check(file >= 0, name);
  check(fstat(file, info) == 0, "stat");
  return read_all(file);
}

static size_t first_line(struct text text) {
  const char *end = text.size == 0 ? NULL : memchr(text.data, '\n', text.size);
  return end == NULL ? 0 : (size_t)(end + 1 - text.data);
}

static struct text changed(struct text old, const char *message) {
  const size_t skipped = first_line(old);
  struct text text = {malloc(strlen(message) + old.size + 16), 0};
  check(text.data != NULL, "memory");
  text.size = (size_t)sprintf(text.data, "message: %s\n", message);
  memcpy(text.data + text.size, old.data + skipped, old.size - skipped);
  text.size += old.size - skipped;
  return text;
}

static void replace(int directory, const struct stat *old, struct text text) {
  struct stat now;
  unlinkat(directory, temporary, 0);
  const int file = openat(directory, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  check(file >= 0, "create");
  check(write(file, text.data, text.size) == (ssize_t)text.size, "write");
  check(fchmod(file, (old->st_mode & 0777) | 0444) == 0, "chmod");
  check(fstat(file, &now) == 0, "stat");
  check(fsync(file) == 0, "sync");
  check(close(file) == 0, "close");
  check(fstatat(directory, name, &now, AT_SYMLINK_NOFOLLOW) == 0 && now.st_ino == old->st_ino, "stat");
  check(renameat(directory, temporary, directory, name) == 0, "rename");
  check(fsync(directory) == 0, "sync");
}

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  for (int file = 0; file <= 2; ++file) fcntl(file, F_GETFD);
  if (argc < 4) return fputs("usage: floor METADATA set|get TEXT [FILE]...\n", stderr), 2;
  const int get = strcmp(argv[2], "get") == 0;
  for (int i = 4; i < argc; ++i) {
    // The last one is object.yaml, which has to be a regular file.
    const int is_object = i == argc - 1;
    const int file = open(argv[i], O_RDONLY | O_NOCTTY | O_CLOEXEC | (is_object ? O_NONBLOCK : 0));
    struct stat of_object;
    check(file >= 0 && (!is_object || fstat(file, &of_object) == 0), argv[i]);
    read_all(file);
  }
  struct stat info;
  const int directory = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  check(directory >= 0, argv[1]);
  if (!get) {
    check(flock(directory, LOCK_EX | LOCK_NB) == 0, "lock");
    check(fstat(directory, &info) == 0, "stat");
  }
  geteuid();
  const struct text old = read_status(directory, &info);
  if (get) {
    close(directory);
    check(write(STDOUT_FILENO, old.data, first_line(old)) > 0, "write");
    return 0;
  }
  replace(directory, &info, changed(old, argv[3]));
  close(directory);
  return 0;
}
