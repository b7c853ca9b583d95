import type { TestError } from '../../oracle/oracle.js';
import { parseBiome } from './biome.js';
import { parseEslint } from './eslint.js';
import { plainText, unescapeJson } from './plain-text.js';
import { parseSyntaxErrors } from './syntax-error.js';
import { parseTypeScript } from './typescript.js';
import { parseV8Stacks } from './v8-stack.js';

/** From the most telling to the least: the first that finds something is believed. */
const PARSERS = [parseSyntaxErrors, parseTypeScript, parseBiome, parseEslint, parseV8Stacks];

/** The errors that a failing command printed, as far as its tool is known; else none. */
export function parseOutput(output: string): TestError[] {
  const text = plainText(output);
  const readings = text.includes('\\n') ? [text, unescapeJson(text)] : [text];
  for (const reading of readings) {
    for (const parse of PARSERS) {
      const found = parse(reading);
      if (found.length > 0) return found;
    }
  }
  return [];
}
