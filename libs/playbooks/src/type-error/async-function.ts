import { insert, replace } from '@selfheal/engine';
import { type TypeFix, typeFix } from './spot.js';

/** TS1308, TS1378: `await` in a function that is not async: it becomes async, and its annotated result a promise. */
export const asyncFunction: TypeFix = ({ file, node }) => {
  const fn = file.enclosingFunction(node);
  if (!fn || fn.async || fn.generator) return [];
  const parent = file.parentOf(fn);
  // A method's `async` stands before its name.
  const isMethod = (parent?.type === 'MethodDefinition' && parent.kind === 'method') || (parent?.type === 'Property' && parent.method);
  if (parent?.type === 'MethodDefinition' && !isMethod) return [];
  const start = isMethod ? parent.key.start : fn.start;
  const edits = [insert(start, 'async ')];
  const type = fn.returnType?.type === 'TSTypeAnnotation' ? fn.returnType.typeAnnotation : undefined;
  if (type && !/^Promise</.test(file.textOf(type))) edits.push(replace(type, `Promise<${file.textOf(type)}>`));
  return [typeFix({ [file.path]: edits }, 'async', 'the function awaits: it is async', 0.93)];
};
