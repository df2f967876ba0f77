import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { palette } from '@/lib/palette';
import { fontClasses } from './fonts';
import './globals.css';

export const metadata: Metadata = {
  title: 'Seedbed: does the same seed give the same output?',
  description:
    'Run one prompt with one seed N times, side by side, and see whether the answers agree and where they part.',
  icons: { icon: '/icon.svg' },
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: palette.ground.light },
    { media: '(prefers-color-scheme: dark)', color: palette.ground.dark },
  ],
};

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={fontClasses} suppressHydrationWarning>
      <head>
        {/* Not deferred: the theme must be set before anything is painted. */}
        <script src="/theme.js" />
      </head>
      <body className="flex min-h-dvh flex-col antialiased">{children}</body>
    </html>
  );
}
