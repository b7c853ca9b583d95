/**
 * Makes characters visible that change how the text around them reads without being seen: Trojan Source
 * (CVE-2021-42574, https://trojansource.codes) and terminal escapes. Everything the dashboard shows came from a
 * failing program, a request or a model, so all of it is hostile.
 */

// U+061C, U+200E/F, U+202A-E, U+2066-9: bidirectional controls (Unicode UAX #9, section 2).
// U+200B, U+2060-4, U+FEFF, U+00AD, U+180E, U+E0000-E007F: invisible. U+2028/9: line breaks an editor does not show. U+0080-9F: C1.
const INVISIBLE =
  /[\u00ad\u061c\u0080-\u009f\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const C0 = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** `text` with every deceptive character replaced by a visible mark such as `⟦U+202E⟧` or `␛`. Tab, CR and LF stay. */
export function neutralise(text: string): string {
  return text
    .replace(INVISIBLE, (c) => `⟦U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`)
    .replace(C0, (c) => (c === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + c.charCodeAt(0))));
}

/** `JSON.parse` with every string neutralised: the gate that all text passes on its way in. @throws SyntaxError */
export const parseHostileJson = (json: string): unknown =>
  JSON.parse(json, (_key, value: unknown) => (typeof value === 'string' ? neutralise(value) : value));
