/** Where the tests' two servers listen: below the ports that systems hand out to whoever asks for any. */
export const appUrl = 'http://127.0.0.1:23117';
export const stubPort = 23118;
export const stubUrl = `http://127.0.0.1:${stubPort}`;
export const stubKey = 'sk-stub-key-for-tests';

/** A configuration without what else may run on this machine. */
export const quietConfiguration = 'e2e/support/seedbed.config.json';

/** One page of each kind, but for those of experiments. */
export const sitePages = [
  '/',
  '/explore',
  '/explore/same-seed',
  '/explore/batch-rounding',
  '/learn',
  '/learn/same-seed-same-text',
  '/learn/same-seed-same-text/sheet',
  '/learn/glossary',
  '/learn/teachers',
  '/history',
  '/no-such-page',
];
