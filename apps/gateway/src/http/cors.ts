/** Pages that this machine itself serves, on any port. */
const LOOPBACK = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/;

/**
 * Which pages may call the API from a browser: origins separated by commas, `loopback` for those of this machine, `*` for any.
 * The API can approve a heal, so a page that someone merely visits must not speak for them.
 */
export function allowedOrigins(setting: string): '*' | (string | RegExp)[] {
  const origins = setting
    .split(',')
    .map((origin) => origin.trim())
    .filter(Boolean);
  return origins.includes('*') ? '*' : origins.map((origin) => (origin === 'loopback' ? LOOPBACK : origin));
}
