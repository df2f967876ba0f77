'use client';

import { useEffect, useState } from 'react';
import { useCommands } from './commands';
import { Select } from './select';
import { readStored, writeStored } from './stored';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const names: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };

const isTheme = (value: unknown): value is Theme => themes.some((theme) => theme === value);

/** System, light or dark, remembered in this browser. public/theme.js applies it before the first paint. */
export function ThemeSelect() {
  const [theme, setTheme] = useState<Theme>('system');

  useEffect(() => {
    const chosen = readStored('seedbed-theme');
    if (isTheme(chosen)) setTheme(chosen);
  }, []);

  function choose(chosen: Theme) {
    setTheme(chosen);
    writeStored('seedbed-theme', chosen);
    if (chosen === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
  }

  useCommands(() =>
    themes.map((each) => ({ name: `Theme: ${names[each]}`, group: 'Appearance', run: () => choose(each) })),
  );

  return (
    <Select
      label={<span className="max-sm:sr-only">Theme</span>}
      options={themes}
      value={theme}
      nameOf={(each) => names[each]}
      onChange={choose}
      className="text-sm max-sm:[&>select]:border-transparent"
    />
  );
}
