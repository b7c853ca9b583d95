/** Text from outside, safe for a terminal: no control characters (which could move the cursor or hide text), one line. */
export const printable = (text: string, max = 200): string => {
  const line = text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
  return line.length > max ? `${line.slice(0, max - 1)}…` : line;
};

/** As {@link printable}, for text of several lines: line breaks and tabs stay. */
export const printableLines = (text: string): string => text.replace(/[^\P{Cc}\n\t]/gu, '').replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
