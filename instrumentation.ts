/** Called by Next once, when the server starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') await (await import('./lib/server/start-up')).startUp();
}

/** Called by Next when a page cannot be rendered. */
export async function onRequestError(
  error: unknown,
  { headers }: { headers: NodeJS.Dict<string | string[]> },
): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { log } = await import('./lib/telemetry/log');
    log().error({ error, requestId: headers['x-request-id'] }, 'A page could not be rendered.');
  }
}
