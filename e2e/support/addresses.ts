/** Where the tests' two servers listen. */
export const appUrl = 'http://127.0.0.1:43117';
export const stubPort = 43118;
export const stubUrl = `http://127.0.0.1:${stubPort}`;
export const stubKey = 'sk-stub-key-for-tests';
