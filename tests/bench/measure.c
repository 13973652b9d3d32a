// measure ROUNDS COMMAND [ARGUMENT]... [-- COMMAND [ARGUMENT]...]...
//
// Runs the commands in turn, ROUNDS times, each second round backwards, so that what slows the machine down slows all
// of them; and prints what each run took:
//
//   command (from 0)  wall ns  user us  sys us  peak resident KiB  exit code (-1: a signal)
//
// The first "{n}" in an argument becomes the number of the round, so that every run has something to change. Standard
// input and output are /dev/null.
//
// Linked statically and kept small: a child's peak begins with what its parent holds at the time of the fork.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { most_commands = 16, most_arguments = 32, longest = 4096 };

static void die(const char *what) {
  perror(what);
  exit(2);
}

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void fill_in(char **arguments, char **filled, int round) {
  static char texts[most_arguments][longest];
  int i = 0;
  for (; arguments[i] != NULL; ++i) {
    const char *place = strstr(arguments[i], "{n}");
    filled[i] = arguments[i];
    if (place == NULL) continue;
    snprintf(texts[i], longest, "%.*s%d%s", (int)(place - arguments[i]), arguments[i], round, place + 3);
    filled[i] = texts[i];
  }
  filled[i] = NULL;
}

static void run(FILE *report, int number, char **arguments, int round) {
  char *filled[most_arguments + 1];
  fill_in(arguments, filled, round);
  const long long start = now();
  const pid_t child = vfork();
  if (child < 0) die("vfork");
  if (child == 0) {
    execv(filled[0], filled);
    _exit(127);
  }
  int status;
  struct rusage used;
  if (wait4(child, &status, 0, &used) < 0) die("wait4");
  const long long wall = now() - start;
  fprintf(report, "%d %lld %ld %ld %ld %d\n", number, wall, used.ru_utime.tv_sec * 1000000 + used.ru_utime.tv_usec,
          used.ru_stime.tv_sec * 1000000 + used.ru_stime.tv_usec, used.ru_maxrss,
          WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

int main(int argc, char **argv) {
  char **commands[most_commands];
  int count = 0;
  if (argc < 3) return fputs("usage: measure ROUNDS COMMAND [ARGUMENT]... [-- COMMAND [ARGUMENT]...]...\n", stderr), 2;
  const int rounds = atoi(argv[1]);
  commands[count++] = &argv[2];
  for (int i = 2; i < argc; ++i) {
    if (strcmp(argv[i], "--") != 0) continue;
    argv[i] = NULL;
    if (count == most_commands) return fputs("measure: too many commands\n", stderr), 2;
    commands[count++] = &argv[i + 1];
  }
  for (int i = 0; i < count; ++i) {
    int arguments = 0;
    while (commands[i][arguments] != NULL) ++arguments;
    if (arguments == 0 || arguments > most_arguments) return fputs("measure: bad command\n", stderr), 2;
  }
  // The commands get /dev/null for standard output, this one keeps it.
  const int kept = fcntl(1, F_DUPFD_CLOEXEC, 3);
  FILE *report = kept < 0 ? NULL : fdopen(kept, "w");
  const int nothing = open("/dev/null", O_RDWR);
  if (report == NULL || nothing < 0 || dup2(nothing, 0) < 0 || dup2(nothing, 1) < 0) die("/dev/null");
  close(nothing);
  for (int round = 0; round < rounds; ++round) {
    for (int i = 0; i < count; ++i) {
      const int number = round % 2 == 0 ? i : count - 1 - i;
      run(report, number, commands[number], round);
    }
  }
  return fclose(report) == 0 ? 0 : 1;
}
