/**
 * Runs in the page. Once all of it has been read, the second frame from then on begins when the first has been painted. Nothing is
 * painted of a page in the background.
 */
const begin = `(() => {
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    for (const { dataset } of document.querySelectorAll('script[data-src]'))
      document.head.append(Object.assign(document.createElement('script'), { src: dataset.src, async: true }));
  };
  addEventListener('DOMContentLoaded', () => requestAnimationFrame(() => requestAnimationFrame(begin)));
  setTimeout(begin, document.hidden ? 0 : 1000);
})()`;

/** A script that runs as it comes, as React writes it into the head. */
const asyncScript = /<script\b(?=[^>]* async="")[^>]* src="(\/_next\/static\/[^"]+)"[^>]*><\/script>/g;

/**
 * Has a page ask for its scripts once it is painted. As Next writes it, the browser asks for them together with the style: they take
 * turns with it on a slow line, and on a fast one they are there, and run, before the first paint. `mark` is that of inline scripts
 * that are allowed.
 */
export function paintFirst(html: string, mark: string): string {
  const end = html.indexOf('</head>');
  if (end === -1) return html;
  const head = html.slice(0, end);
  // Behind the rest: React looks for the layout's own script in the head, and would take the first of these for it.
  const places = [...head.matchAll(asyncScript)].map(
    ([, src]) => `<script type="text/plain" data-src="${src}"></script>`,
  );
  const others = head.replace(asyncScript, '');
  return `${others}${places.join('')}<script nonce="${mark}">${begin}</script>${html.slice(end)}`;
}
