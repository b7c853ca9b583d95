import { insert, lookup, type NodeOf, replace, resolveCallee } from '@selfheal/engine';
import { emptyOf, type Spot, type TypeFix, typeFix } from './spot.js';

/** TS2554, TS2555: too few arguments (a variable of the parameter's name, else a default in the function) or too many. */
export const argumentCount: TypeFix = (spot) => {
  const { file, diagnostic } = spot;
  const [, wanted, given] = /^Expected (?:at least )?(\d+)(?:-\d+)? arguments?, but got (\d+)/.exec(diagnostic.message)?.map(Number) ?? [];
  const call = [spot.node, ...file.ancestorsOf(spot.node)].find(
    (at): at is NodeOf<'CallExpression'> => (at.type === 'CallExpression' || at.type === 'NewExpression') && at.arguments.length === given,
  );
  if (!call || wanted === undefined || given === undefined) return [];
  return given > wanted ? tooMany(spot, call, wanted) : tooFew(spot, call, given, wanted);
};

function tooMany({ file }: Spot, call: NodeOf<'CallExpression'>, wanted: number) {
  const [first, last] = [call.arguments[wanted], call.arguments.at(-1)];
  if (!first || !last) return [];
  const start = wanted === 0 ? first.start : (call.arguments[wanted - 1]?.end ?? first.start);
  const edit = replace({ start, end: last.end }, '');
  return [typeFix({ [file.path]: [edit] }, 'surplus-argument', `${file.textOf(call.callee).slice(0, 80)} takes ${wanted}`, 0.7)];
}

function tooFew({ file, project }: Spot, call: NodeOf<'CallExpression'>, given: number, wanted: number) {
  const [callee] = resolveCallee(project, file, call.callee);
  const params = callee?.node.params.slice(given, wanted) ?? [];
  if (!callee || params.length !== wanted - given) return [];
  const names = params.map((param) => (param.type === 'Identifier' ? param.name : ''));
  const fixes = [];
  const shown = file.textOf(call.callee).slice(0, 80);
  if (names.every((name) => name && lookup(file, name, call))) {
    const last = call.arguments.at(-1);
    const text = names.join(', ');
    const edit = last ? insert(last.end, `, ${text}`) : insert(call.end - 1, text);
    fixes.push(typeFix({ [file.path]: [edit] }, 'missing-argument', `give ${shown} its ${text}`, 0.9));
  }
  const defaults = params.map((param) => {
    const type = param.type === 'Identifier' && param.typeAnnotation ? callee.file.textOf(param.typeAnnotation).replace(/^:\s*/, '') : '';
    const empty = emptyOf(type);
    return empty === undefined ? undefined : insert(param.end, ` = ${empty}`);
  });
  if (defaults.every((edit) => edit !== undefined))
    fixes.push(
      typeFix({ [callee.file.path]: defaults }, 'default-parameter', `${names.join(', ')} of ${callee.name} may be left out`, 0.6),
    );
  return fixes;
}
