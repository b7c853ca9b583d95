import { builtinModules } from 'node:module';
import { type FixerFailure, saidBy } from '../fixer.js';

/** npm's rule for names: https://docs.npmjs.com/cli/configuring-npm/package-json#name. */
const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;
export const isPackageName = (name: string): boolean => name.length <= 214 && NAME.test(name) && name !== 'node_modules';

/** How Node, TypeScript, Jest, and the import plugins of linters say that a package is not there. */
const SAID: readonly RegExp[] = [
  /Cannot find module '([^'\n]{1,256})'/g,
  /Cannot find package '([^'\n]{1,256})' imported from/g,
  /'([^'\n]{1,256})' should be listed in the project's dependencies/g,
  /Unlisted dependenc(?:y|ies)[^\n]*\n\s*([^\s:]{1,256})/g,
];

/** A bare specifier as it stands in the code, and the package that it belongs to. */
export interface MissingName {
  readonly specifier: string;
  readonly name: string;
}

/** The packages of which the failure says that they are missing: relative paths and Node's own modules left out, each once. */
export function missingNames(failure: FixerFailure): MissingName[] {
  const text = saidBy(failure);
  const found = new Map<string, MissingName>();
  for (const pattern of SAID)
    for (const [, specifier = ''] of text.matchAll(pattern)) {
      const name = packageOf(specifier);
      if (name && !builtinModules.includes(name)) found.set(specifier, { specifier, name });
    }
  return [...found.values()].slice(0, 10);
}

/** `@scope/name/deep` belongs to `@scope/name`; a path, a URL or a private import to none. */
export function packageOf(specifier: string): string | undefined {
  if (/^[./#]|^[\w+.-]+:|\\/.test(specifier)) return undefined;
  const [first = '', second] = specifier.split('/');
  const name = first.startsWith('@') ? `${first}/${second ?? ''}` : first;
  return isPackageName(name) ? name : undefined;
}
