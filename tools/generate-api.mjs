/**
 * Writes docs/api (JSON Schemas and the AsyncAPI document) from libs/contracts: `npm run api:generate`. Released files are never
 * changed: `--release` records the digests of what is there now in docs/api/released.json.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { apiFiles } from '@selfheal/contracts';

const root = join(import.meta.dirname, '..');
const docs = join(root, 'docs/api');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const released = JSON.parse(readFileSync(join(docs, 'released.json'), 'utf8'));
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

const files = apiFiles(version);
const broken = Object.keys(released).filter((path) => sha256(files.get(path) ?? '') !== released[path]);
if (broken.length > 0) {
  console.error(
    `Released, so it may not change: ${broken.join(', ')}.\nGive the new shape a new CONTRACT_VERSION (libs/contracts/src/api).`,
  );
  process.exit(1);
}
for (const [path, text] of files) {
  mkdirSync(dirname(join(docs, path)), { recursive: true });
  writeFileSync(join(docs, path), text);
}
if (process.argv.includes('--release')) {
  // The AsyncAPI document names the product's version and grows with it; what it points to does not.
  const schemas = [...files].filter(([path]) => path.startsWith('schemas/')).map(([path, text]) => [path, sha256(text)]);
  writeFileSync(join(docs, 'released.json'), `${JSON.stringify({ ...released, ...Object.fromEntries(schemas) }, null, 2)}\n`);
}
console.log(`docs/api: ${files.size} files`);
