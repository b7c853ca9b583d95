/**
 * Runs the workspace's TypeScript from source: `node --import ./tools/run-source.mjs file.ts`. For specs that need a
 * real process of their own (to kill it, say) and must not depend on what was built last.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';

const root = fileURLToPath(new URL('..', import.meta.url));
const OWN = /^@selfheal\/([a-z-]+)(?:\/([a-z-]+))?$/;

registerHooks({
  resolve(specifier, context, next) {
    const own = OWN.exec(specifier);
    if (own) return next(pathToFileURL(`${root}libs/${own[1]}/src/${own[2] ?? 'index'}.ts`).href, context);
    const fromSource = context.parentURL?.endsWith('.ts') && specifier.startsWith('.') && specifier.endsWith('.js');
    return next(fromSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts') || url.includes('/node_modules/')) return next(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      filename,
      swcrc: false,
      sourceMaps: 'inline',
      module: { type: 'es6' },
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        target: 'es2024',
        keepClassNames: true,
      },
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
