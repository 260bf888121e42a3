/* Moves the wall clock of a process, and of all that it starts, by $CLOCK_MOVED_BY seconds.

   Built and loaded by tests/clock/__init__.py:  cc -O2 -shared -fPIC -o moved.so moved.c -ldl
                                                 CLOCK_MOVED_BY=86400 LD_PRELOAD=./moved.so date

   $CLOCK_MOVED_BY may also be the path of a file of eight bytes that hold the seconds: whoever writes them moves the
   clocks of all processes at once, while they run.

   Whoever asks libc for the time is told another one: Python, PostgreSQL, Valkey, Node, Chromium. Only the wall clock
   moves, as when somebody sets it: monotonic clocks, sleeping and timeouts stay as they are. A deadline on the wall
   clock is therefore handed on as the real moment. The times of files are the kernel's, and stay real. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

typedef const struct timespec *restrict deadline;

/* Seconds; asked for before any constructor has run, and by many threads, who all find the same. */
static time_t moved_by(void) {
  static const volatile int64_t *told;
  static int64_t seconds;
  static int known;
  if (!known) {
    const char *text = getenv("CLOCK_MOVED_BY");
    int file = text && *text == '/' ? open(text, O_RDONLY | O_CLOEXEC) : -1;
    void *page = file < 0 ? MAP_FAILED : mmap(NULL, sizeof seconds, PROT_READ, MAP_SHARED, file, 0);
    if (file >= 0) close(file);
    if (page != MAP_FAILED) told = page;
    seconds = text && *text != '/' ? atoll(text) : 0;
    known = 1;
  }
  return told ? *told : seconds;
}

static int is_wall(clockid_t clock) {
  return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI;
}

/* Telling the time */

int clock_gettime(clockid_t clock, struct timespec *told) {
  int failed = syscall(SYS_clock_gettime, clock, told);
  if (!failed && is_wall(clock)) told->tv_sec += moved_by();
  return failed;
}

int gettimeofday(struct timeval *restrict told, void *restrict zone) {
  struct timespec now;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &now);
  *told = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
  return 0;
}

time_t time(time_t *told) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME_COARSE, &now);
  if (told) *told = now.tv_sec;
  return now.tv_sec;
}

int timespec_get(struct timespec *told, int base) {
  return base == TIME_UTC && !clock_gettime(CLOCK_REALTIME, told) ? base : 0;
}

/* Waiting until a moment. A deadline that is no moment of these decades stays as it is: someone's "at once". */

static struct timespec real(deadline until) {
  struct timespec moment = *until;
  if (moment.tv_sec > 500000000) moment.tv_sec -= moved_by();
  return moment;
}

static void *next(const char *name, const char *version) {
  return version ? dlvsym(RTLD_NEXT, name, version) : dlsym(RTLD_NEXT, name);
}

/* A function that waits for `object` until a moment on the wall clock. */
#define UNTIL(name, type, version)                                                                                     \
  int name(type *restrict object, deadline until) {                                                                    \
    static int (*libcs)(type *, const struct timespec *);                                                              \
    if (!libcs) libcs = next(#name, version);                                                                          \
    struct timespec moment = real(until);                                                                              \
    return libcs(object, &moment);                                                                                     \
  }

/* The same, with the clock that is meant. */
#define UNTIL_BY(name, type)                                                                                           \
  int name(type *restrict object, clockid_t clock, deadline until) {                                                   \
    static int (*libcs)(type *, clockid_t, const struct timespec *);                                                   \
    if (!libcs) libcs = next(#name, NULL);                                                                             \
    struct timespec moment = is_wall(clock) ? real(until) : *until;                                                    \
    return libcs(object, clock, &moment);                                                                              \
  }

UNTIL(sem_timedwait, sem_t, NULL)
UNTIL(pthread_mutex_timedlock, pthread_mutex_t, NULL)
UNTIL(pthread_rwlock_timedrdlock, pthread_rwlock_t, NULL)
UNTIL(pthread_rwlock_timedwrlock, pthread_rwlock_t, NULL)
UNTIL_BY(sem_clockwait, sem_t)
UNTIL_BY(pthread_mutex_clocklock, pthread_mutex_t)

/* A condition may wait by the monotonic clock, whose moments are small numbers: `real` leaves them. */
#ifdef __x86_64__
#define CONDITIONS "GLIBC_2.3.2" /* the older ones of that name know other structures */
#else
#define CONDITIONS NULL
#endif

int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex, deadline until) {
  static int (*libcs)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
  if (!libcs) libcs = next("pthread_cond_timedwait", CONDITIONS);
  struct timespec moment = real(until);
  return libcs(condition, mutex, &moment);
}

int pthread_cond_clockwait(pthread_cond_t *condition, pthread_mutex_t *mutex, clockid_t clock, deadline until) {
  static int (*libcs)(pthread_cond_t *, pthread_mutex_t *, clockid_t, const struct timespec *);
  if (!libcs) libcs = next("pthread_cond_clockwait", NULL);
  struct timespec moment = is_wall(clock) ? real(until) : *until;
  return libcs(condition, mutex, clock, &moment);
}

int clock_nanosleep(clockid_t clock, int flags, deadline until, struct timespec *left) {
  static int (*libcs)(clockid_t, int, const struct timespec *, struct timespec *);
  if (!libcs) libcs = next("clock_nanosleep", NULL);
  struct timespec moment = is_wall(clock) && (flags & TIMER_ABSTIME) ? real(until) : *until;
  return libcs(clock, flags, &moment, left);
}
