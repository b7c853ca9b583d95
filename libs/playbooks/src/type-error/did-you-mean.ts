import { replace, stringValue } from '@selfheal/engine';
import { assignedValue, type Spot, type TypeFix, typeFix } from './spot.js';

const MEANT = /Did you mean (?:to write |the (?:instance|static) member )?'((?:[^'\\]|\\.){1,128})'\?/;

/** The compiler names the near one itself: TS2551, TS2552, TS2561, TS2568, TS2724, TS2820 and their like. */
export const didYouMean: TypeFix = (spot) => {
  const { file, diagnostic } = spot;
  const meant = MEANT.exec(diagnostic.message)?.[1];
  if (!meant) return [];
  // A literal is reported where it is assigned to.
  const assigned = meant.startsWith('"') && spot.node.type !== 'Literal' ? assignedValue(spot) : undefined;
  const node = assigned ?? spot.node;
  const text = textFor({ ...spot, node }, meant);
  if (text === undefined) return [];
  return [typeFix({ [file.path]: [replace(node, text)] }, 'did-you-mean', `${file.textOf(node).slice(0, 80)} is ${meant}`, 0.97)];
};

function textFor({ file, node }: Spot, meant: string): string | undefined {
  const parent = file.parentOf(node);
  if (node.type === 'Literal') {
    const value = meant.replace(/^"|"$/g, '');
    return stringValue(node) === undefined || /["'\\\n]/.test(value)
      ? undefined
      : `${file.text[node.start]}${value}${file.text[node.start]}`;
  }
  // A member written as this.x is suggested for a bare x.
  if (!/^(?:this\.)?[A-Za-z_$][\w$]*$/.test(meant) || node.type !== 'Identifier') return undefined;
  if (parent?.type === 'ImportSpecifier') return parent.imported.start === parent.local.start ? `${meant} as ${node.name}` : meant;
  if (parent?.type === 'Property' && parent.shorthand)
    return file.parentOf(parent)?.type === 'ObjectExpression' && file.textOf(parent.key) === node.name
      ? `${meant}: ${node.name}`
      : undefined;
  return meant;
}
