import { type Configured, lastKey, type Suspicion, valueFix } from './suspicion.js';

const SAID =
  /Invalid URL|ERR_INVALID_URL|Failed to parse URL|Only absolute URLs|Unsupported protocol|ERR_INVALID_PROTOCOL|Only HTTP\(S\) protocols|unknown scheme|must be (?:a valid )?ur[il]/i;
const KEY = /ur[il]|endpoint|host|origin|base|address|server|api/i;

/** A URL without its scheme, with a misspelt one, or with a slash too few or too many. */
export function badUrls(configured: Configured): Suspicion[] {
  const { said, entries, scene } = configured;
  const doubled = /[^:]\/\/[\w-]/.test(said) || /^[^?]*[^:/]\/\//.test(scene.failure.request?.path ?? '');
  const missing = scene.failure.response?.status === 404 || /\b404\b|ENOTFOUND|Not Found/.test(said);
  if (!SAID.test(said) && !(doubled && missing)) return [];
  return entries.flatMap((entry) => {
    const { value } = entry;
    if (typeof value !== 'string' || value.length < 3 || value.length > 500) return [];
    const named = said.includes(value.trim());
    if (!KEY.test(lastKey(entry)) && !named) return [];
    const meant = SAID.test(said) ? repaired(value) : value.endsWith('/') && value.includes('://') ? [value.replace(/\/+$/, '')] : [];
    const fixes = meant.flatMap((url, i) => valueFix(configured, entry, url, 'url', 0.95 - 0.1 * i));
    return fixes.length === 0
      ? []
      : [
          {
            entry,
            summary: `${entry.keys.join('.')} is ${JSON.stringify(value)}, which is no URL that can be asked`,
            confidence: named ? 0.96 : 0.8,
            fixes,
          },
        ];
  });
}

/** What the URL should be, likeliest first; empty for one that is well-formed (RFC 3986, 3) already. */
function repaired(value: string): string[] {
  const text = value.trim();
  const [, scheme, slashes = '', rest = ''] = /^([A-Za-z]{2,8}):(\/*)(.*)$/.exec(text) ?? [];
  if (scheme && /^[a-z]+$/.test(scheme) && slashes === '//' && text === value && isKnown(scheme)) return [];
  if (scheme && slashes === '' && /^\d{1,5}(?:$|\/)/.test(rest)) return withScheme(text);
  if (scheme && !isHost(scheme)) {
    const known = isKnown(scheme.toLowerCase()) ? scheme.toLowerCase() : nearScheme(scheme.toLowerCase());
    return known ? [`${known}://${rest}`] : [];
  }
  const [, noColon, after] = /^(https?)\/\/?(.+)$/i.exec(text) ?? [];
  if (noColon && after) return [`${noColon.toLowerCase()}://${after}`];
  const bare = text.replace(/^\/\//, '');
  return /^(?:[\w-]+(?:\.[\w-]+)*|\[[\da-f:]+\])(?::\d{1,5})?(?:[/?#]\S*)?$/i.test(bare) &&
    (bare.includes('.') || bare.includes(':') || bare.startsWith('localhost'))
    ? withScheme(bare)
    : [];
}

/** `http` first for what is not on the open internet. */
function withScheme(text: string): string[] {
  const host = /^(?:\[[^\]]+\]|[^/:?#]+)/.exec(text)?.[0].replace(/^\[|\]$/g, '') ?? '';
  const own =
    host === 'localhost' ||
    /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:]+)$/i.test(host) ||
    !host.includes('.') ||
    /\.(?:local|internal|svc)$/.test(host);
  return own ? [`http://${text}`, `https://${text}`] : [`https://${text}`, `http://${text}`];
}

const SCHEMES = [
  'https',
  'http',
  'postgres',
  'postgresql',
  'mysql',
  'redis',
  'rediss',
  'amqp',
  'mongodb',
  'nats',
  'ws',
  'wss',
  'ftp',
  'file',
];
const isKnown = (scheme: string): boolean => SCHEMES.includes(scheme);
const isHost = (name: string): boolean => name === 'localhost';

/** `htpp`, `hhtps`: the letters of a scheme in another order, or one of them twice. */
function nearScheme(scheme: string): string | undefined {
  const letters = (text: string) => [...new Set(text)].sort().join('');
  if (!/^h/.test(scheme) || letters(scheme).replace('s', '') !== letters('http')) return undefined;
  return scheme.includes('s') ? 'https' : 'http';
}
