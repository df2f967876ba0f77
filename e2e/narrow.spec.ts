import { sitePages } from './support/addresses';
import { bring, expect, test } from './support/test';

for (const width of [320, 375, 640])
  test(`no page scrolls sideways at ${width} px, and its header has every name in one line`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width, height: 700 });
    await bring(page, ['the old red boat', 'the old boat', 'the old red boat']);
    const permalink = new URL(page.url()).pathname;
    for (const path of [...sitePages, permalink, `${permalink}/embed`]) {
      await page.goto(path);
      const over = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(await over(), path).toBeLessThanOrEqual(0);
      if (path.endsWith('/embed')) continue;
      const header = page.getByRole('banner');
      const tops = new Set<number>();
      for (const name of ['Explore', 'Learn', 'History']) {
        const link = header.getByRole('link', { name, exact: true });
        await expect(link, path).toBeInViewport({ ratio: 1 });
        tops.add((await link.boundingBox())?.y ?? -1);
      }
      expect(tops.size, path).toBe(1);
      expect((await header.boundingBox())?.height, path).toBeLessThan(56);
    }
  });
