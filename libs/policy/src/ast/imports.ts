import { calleeName } from './access.js';
import { fold } from './fold.js';
import type { Source } from './source.js';
import { type Node, unwrap, walk } from './walk.js';

/** A module that a file loads: statically, with `require` or with `import()`. */
export interface Import {
  /** Without `node:`. `undefined` when it is computed. */
  readonly module: string | undefined;
  /** Local names bound to it or to its members, with the member's name (`default`, `*`). */
  readonly names: ReadonlyMap<string, string>;
  readonly node: Node;
}

/** Every module that runs because this file loads it; `import type` does not. */
export function importsOf(source: Source): Import[] {
  const found: Import[] = [];
  walk(source.program, (node, ancestors) => {
    if (node.type === 'ImportDeclaration' && node.importKind !== 'type') {
      const names = new Map<string, string>();
      for (const s of node.specifiers) {
        if (s.type === 'ImportSpecifier') {
          if (s.importKind !== 'type') names.set(s.local.name, s.imported.type === 'Literal' ? s.imported.value : s.imported.name);
        } else names.set(s.local.name, s.type === 'ImportDefaultSpecifier' ? 'default' : '*');
      }
      found.push({ module: bare(node.source.value), names, node });
    } else if (
      (node.type === 'ExportAllDeclaration' || node.type === 'ExportNamedDeclaration') &&
      node.source &&
      node.exportKind !== 'type'
    ) {
      found.push({ module: bare(node.source.value), names: new Map(), node });
    } else if (node.type === 'TSImportEqualsDeclaration' && node.moduleReference.type === 'TSExternalModuleReference') {
      found.push({ module: bare(node.moduleReference.expression.value), names: new Map([[node.id.name, '*']]), node });
    } else if (node.type === 'ImportExpression') {
      found.push({ module: literal(node.source), names: boundNames(ancestors), node });
    } else if (node.type === 'CallExpression' && isRequire(node)) {
      const argument = node.arguments[0];
      found.push({ module: argument && literal(argument), names: boundNames(ancestors), node });
    }
  });
  return found;
}

const bare = (specifier: string): string => specifier.replace(/^node:/, '');
const isRequire = (call: Extract<Node, { type: 'CallExpression' }>): boolean =>
  ['require', 'createRequire'].includes(calleeName(call) ?? '');
/** Only a plain literal: a module name that is put together is treated as unknown. */
const literal = (node: Node): string | undefined => {
  const inner = unwrap(node);
  const plain = inner.type === 'Literal' || (inner.type === 'TemplateLiteral' && inner.expressions.length === 0);
  const value = plain ? fold(inner) : undefined;
  return value === undefined ? undefined : bare(value);
};

/** `const { a: b } = require('m')` binds `b` to `a`; `const m = await import('m')` binds `m` to `*`. */
function boundNames(ancestors: readonly Node[]): Map<string, string> {
  const names = new Map<string, string>();
  const declarator = ancestors.findLast((a) => a.type !== 'AwaitExpression' && a.type !== 'MemberExpression' && unwrap(a) === a);
  if (declarator?.type !== 'VariableDeclarator') return names;
  if (declarator.id.type === 'Identifier') names.set(declarator.id.name, '*');
  if (declarator.id.type === 'ObjectPattern') {
    walk(declarator.id, (node) => {
      if (node.type === 'Property' && node.value.type === 'Identifier')
        names.set(node.value.name, node.key.type === 'Identifier' ? node.key.name : '?');
    });
  }
  return names;
}
