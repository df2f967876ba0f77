/** How long this process has worked so far, in milliseconds: the same on a machine that has other things to do. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
