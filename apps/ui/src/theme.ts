import { createTheme } from '@mantine/core';

const SANS = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", "Inter", "Helvetica Neue", "Noto Sans", sans-serif';
const MONO = 'ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** Fonts of the reader's system: nothing is fetched from elsewhere. */
export const theme = createTheme({
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  headings: { fontFamily: SANS },
  primaryColor: 'mend',
  primaryShade: { light: 8, dark: 7 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  colors: {
    mend: ['#e6fbf5', '#cdf3e8', '#9ce8d2', '#66dcba', '#3bd0a6', '#20c295', '#12a981', '#0d8f6e', '#0b7a63', '#075a48'],
    dark: ['#d6dde8', '#a9b4c4', '#8793a6', '#5d6a7e', '#3a4557', '#2a3342', '#1b222d', '#12171f', '#0d1117', '#080b10'],
  },
});
