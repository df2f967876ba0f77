/** The server and the id in a permalink; null in anything else. */
export function permalinkIn(named: string): { origin: string; id: string } | null {
  const [, origin, id] = /^(https?:\/\/[^/]+)\/e\/([\w-]+)/.exec(named) ?? [];
  return origin !== undefined && id !== undefined ? { origin, id } : null;
}
