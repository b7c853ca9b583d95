import { type Configured, lastKey, type Suspicion, valueFix } from './suspicion.js';

/** The ports that services listen on by convention (IANA's registry and the defaults of the usual servers). */
const USUAL = [80, 443, 3000, 3001, 3306, 4000, 4200, 4222, 5000, 5173, 5432, 5672, 6379, 8000, 8080, 8443, 9000, 9090, 9092, 9200, 27017];
const MAX = 65_535;

/** ERR_SOCKET_BAD_PORT: a digit too many, two digits swapped, a letter for a digit, or something around the number. */
export function badPorts(configured: Configured): Suspicion[] {
  if (!/ERR_SOCKET_BAD_PORT|port should be >|"?(?:options\.)?port"? (?:argument|property)/i.test(configured.said)) return [];
  const received = /Received (?:type \w+ \()?['"]?([^'")\n]{1,200}?)['"]?\)?\.?$/m.exec(configured.said)?.[1]?.trim();
  return configured.entries.flatMap((entry) => {
    const { value } = entry;
    if (!/port$/i.test(lastKey(entry)) || (typeof value !== 'string' && typeof value !== 'number') || isPort(String(value))) return [];
    const meant = guesses(
      String(value),
      [...configured.scene.sources.files].filter(([path]) => path !== entry.path).map(([, text]) => text),
    );
    const fixes = meant.flatMap((port, i) =>
      valueFix(configured, entry, typeof value === 'number' || entry.format === 'env' ? port : String(port), 'port', 0.95 - 0.04 * i),
    );
    const confidence = received === String(value) ? 0.96 : 0.8;
    return fixes.length === 0 ? [] : [{ entry, summary: `${entry.keys.join('.')} is ${value}, which is no port`, confidence, fixes }];
  });
}

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= MAX;

/** Ports that may be meant, likeliest first: those that other files name, the usual ones, then the others. At most 8. */
function guesses(value: string, others: readonly string[]): number[] {
  const inside = /(\d{2,5})\D*$/.exec(value.trim())?.[1];
  const digits = value.trim().replace(/[oO]/g, '0').replace(/[lI]/g, '1');
  // How many slips lead to the port: of 80800, two to 8080 and one to 8000.
  const ways = new Map<string, number>();
  const add = (port: string) => ways.set(port, (ways.get(port) ?? 0) + 1);
  if (!/^\d+$/.test(value) && inside && /\D/.test(value.replace(/[oOlI]/g, ''))) add(inside);
  if (/^\d{1,7}$/.test(digits)) {
    add(digits);
    for (let i = 0; i < digits.length - 1; i++) add(digits.slice(0, i) + digits[i + 1] + digits[i] + digits.slice(i + 2));
    for (let i = 0; i < digits.length; i++) add(digits.slice(0, i) + digits.slice(i + 1));
  }
  const rank = (port: string) =>
    (others.some((text) => new RegExp(`(?<!\\d)${port}(?!\\d)`).test(text)) ? 2 : 0) +
    (USUAL.includes(Number(port)) ? 1 : 0) +
    0.1 * (ways.get(port) ?? 0);
  return [...ways.keys()]
    .filter((port) => isPort(port) && Number(port) > 0 && !port.startsWith('0'))
    .sort((a, b) => rank(b) - rank(a))
    .slice(0, 8)
    .map(Number);
}
