/**
 * What is shown of a page that could not be rendered, in place of Next's, which is blank until its scripts have run. It needs nothing
 * else of this server.
 */
export const failedPage = (requestId: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Seedbed</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
main { max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; line-height: 1.3 }
</style>
</head>
<body>
<main>
<h1>This page cannot be shown at the moment.</h1>
<p>What was saved is safe. Try again in a little while.</p>
<p><a href="">Try again</a></p>
<p>The request was ${requestId}. Whoever runs this site can find it by that.</p>
</main>
</body>
</html>
`;
