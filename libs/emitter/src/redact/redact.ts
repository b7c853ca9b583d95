/** Takes secrets out of what leaves the service: by the name they stand under, and by their shape in any text. */
import { isCardNumber } from './card.js';
import { isSecretName } from './names.js';
import { CARD, LABELLED_PATTERNS, SECRET_PATTERNS } from './patterns.js';

export const REDACTED = '[REDACTED]';
const MAX_DEPTH = 64;

/** The text without the secrets that are known by their shape. */
export function redactText(text: string): string {
  let clean = text;
  for (const pattern of SECRET_PATTERNS) clean = clean.replace(pattern, REDACTED);
  for (const pattern of LABELLED_PATTERNS) clean = clean.replace(pattern, labelled);
  return clean.replace(CARD, (digits) => (isCardNumber(digits) ? REDACTED : digits));
}

function labelled(_match: string, label: string): string {
  if (/^(?:bearer|basic|digest|negotiate)$/i.test(label)) return `${label} ${REDACTED}`;
  return /[=:]\s*["']?$/.test(label) ? `${label}${REDACTED}` : `${label}:${REDACTED}`;
}

/** A header's value as it may leave the service. */
export const redactHeader = (name: string, value: string): string => (isSecretName(name) ? REDACTED : redactText(value));

/** A JSON value with its secret fields replaced, at any depth: the same value if there are none. What lies deeper than 64 levels is replaced as a whole. */
export function redactJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'number') return isCardNumber(String(value)) ? REDACTED : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return REDACTED;
  if (Array.isArray(value)) {
    const items = value.map((item) => redactJson(item, depth + 1));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const fields = Object.entries(value).map(([name, field]) => [name, redactField(name, field, depth)] as const);
  return fields.every(([name, field]) => field === (value as Record<string, unknown>)[name]) ? value : Object.fromEntries(fields);
}

function redactField(name: string, field: unknown, depth: number): unknown {
  return isSecretName(name) && field !== null && field !== '' ? REDACTED : redactJson(field, depth + 1);
}

/** A body: JSON by its fields, a form by its parameters, anything else by the shape of what it holds. */
export function redactBody(body: string, contentType = ''): string {
  if (/x-www-form-urlencoded/i.test(contentType)) return redactParameters(body);
  if (/json/i.test(contentType) || /^\s*[[{]/.test(body)) {
    try {
      const value: unknown = JSON.parse(body);
      const clean = redactJson(value);
      // The bytes stay as they were unless something had to go.
      return clean === value ? body : JSON.stringify(clean);
    } catch {
      return redactText(body);
    }
  }
  return redactText(body);
}

/** A request target with the secret parameters of its query replaced. */
export function redactUrl(url: string): string {
  const at = url.indexOf('?');
  const query = at < 0 ? '' : `?${redactParameters(url.slice(at + 1))}`;
  return redactText(at < 0 ? url : url.slice(0, at)) + query;
}

function redactParameters(text: string): string {
  const parameters = text.split('&').map((pair) => {
    const [name = '', ...rest] = pair.split('=');
    if (rest.length === 0) return pair;
    const value = rest.join('=');
    if (isSecretName(decode(name))) return `${name}=${encodeURIComponent(REDACTED)}`;
    const clean = redactText(decode(value));
    return clean === decode(value) ? pair : `${name}=${encodeURIComponent(clean)}`;
  });
  return parameters.join('&');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
}
