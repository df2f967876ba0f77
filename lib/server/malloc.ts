/*
 * Starts this program anew, as the same process, with settings for glibc's malloc, which reads them once. Without them what bodies and
 * workers had stays with the process when they are gone: each thread has a region of its own, and what is freed last pins it. Who has set
 * MALLOC_ARENA_MAX has chosen. With another libc they mean nothing.
 */
const settings = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '262144', MALLOC_TRIM_THRESHOLD_: '262144' };

if (process.platform === 'linux' && process.env.MALLOC_ARENA_MAX === undefined)
  process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)], {
    ...process.env,
    ...settings,
  });
