'use client';

import { useEffect, useState } from 'react';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const isTheme = (value: unknown): value is Theme => themes.some((theme) => theme === value);

/** System, light or dark; remembered in this browser. public/theme.js applies it before the first paint. */
export function ThemeSelect() {
  const [theme, setTheme] = useState<Theme>('system');

  useEffect(() => {
    const chosen = localStorage.getItem('seedbed-theme');
    if (isTheme(chosen)) setTheme(chosen);
  }, []);

  const choose = (value: string) => {
    if (!isTheme(value)) return;
    setTheme(value);
    localStorage.setItem('seedbed-theme', value);
    if (value === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
  };

  return (
    <label className="flex items-center gap-2 text-sm">
      <span className="max-sm:sr-only">Theme</span>
      <select
        value={theme}
        onChange={(event) => choose(event.target.value)}
        className="min-h-9 rounded-md border border-control bg-ground px-2 pointer-coarse:min-h-11"
      >
        <option value="system">System</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  );
}
