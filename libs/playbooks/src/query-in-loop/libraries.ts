import { keyName, memberName, type NodeOf, propertiesOf, stringValue, unwrap } from '@selfheal/engine';
import { camel, freshName } from '../shared/iterations.js';
import type { Batch, LoopQuery } from './queries.js';

/** The ways in which well-known libraries ask for one row, as the same question for many. */
export function libraryBatches(query: LoopQuery): Batch[] {
  const callee = unwrap(query.call.callee);
  if (callee.type !== 'MemberExpression') return [];
  const owner = query.file.textOf(callee.object);
  switch (memberName(callee)) {
    case 'findUnique':
    case 'findFirst':
      return prisma(query, owner);
    case 'findByPk':
      return byKey(query, (keys) => `${owner}.findAll({ where: { id: ${keys} } })`, 'id', 'sequelize');
    case 'findById':
      // Only a model, by convention a class: a repository's own findById is a function of the project.
      return /^[A-Z]\w*$/.test(owner) ? byKey(query, (keys) => `${owner}.find({ _id: { $in: ${keys} } })`, '_id', 'mongoose') : [];
    case 'query':
      return sql(query, owner);
    default:
      return [];
  }
}

/** https://www.prisma.io/docs/orm/prisma-client/queries/query-optimization-performance: `in` instead of one query a row. */
function prisma(query: LoopQuery, owner: string): Batch[] {
  const { file, call } = query;
  const [options, more] = call.arguments;
  if (options?.type !== 'ObjectExpression' || more) return [];
  const where = propertiesOf(options).get('where')?.value;
  const [only, second] = where?.type === 'ObjectExpression' ? where.properties : [];
  const field = only?.type === 'Property' ? keyName(only.key, only.computed) : undefined;
  const keys = only?.type === 'Property' && only.value.type !== 'ObjectExpression' ? query.keys(only.value) : undefined;
  if (!where || only?.type !== 'Property' || second || !field || !keys) return [];
  // A selection without the key could not be told apart.
  const select = propertiesOf(options).get('select')?.value;
  if (select && !(select.type === 'ObjectExpression' && propertiesOf(select).has(field))) return [];
  const many = `${file.text.slice(options.start, where.start)}{ ${field}: { in: ${keys} } }${file.text.slice(where.end, options.end)}`;
  const map = freshName(file, camel('found', 'By', field));
  const build = `const ${map} = new Map((await ${owner}.findMany(${many})).map((row) => [row.${field}, row]));`;
  const edits = query.rewrite([build], `(${map}.get(${file.textOf(only.value)}) ?? null)`);
  return [{ edits, template: 'prisma', summary: `ask ${owner} for every ${field} in one findMany`, score: 0.93 }];
}

function byKey(query: LoopQuery, ask: (keys: string) => string, field: string, template: string): Batch[] {
  const { file, call } = query;
  const [key, more] = call.arguments;
  const keys = key && !more && key.type !== 'SpreadElement' ? query.keys(key) : undefined;
  if (!key || !keys) return [];
  const map = freshName(file, camel('found', 'By', field.replace('_', '')));
  const build = `const ${map} = new Map((await ${ask(keys)}).map((row) => [String(row.${field}), row]));`;
  const edits = query.rewrite([build], `(${map}.get(String(${file.textOf(key)})) ?? null)`);
  return [{ edits, template, summary: 'ask for all keys in one query', score: 0.9 }];
}

const ONE_ROW = /^\s*select\s+([\s\S]+?)\s+from\s[\s\S]*?\bwhere\s+((?:\w+\.)?(\w+)\s*=\s*\$1)\s*$/i;

/** `SELECT … WHERE column = $1` of node-postgres: `= ANY($1)` with a list (PostgreSQL, 9.25.3), the rows grouped by the column. */
function sql(query: LoopQuery, owner: string): Batch[] {
  const { file, call } = query;
  const [text, values, more] = call.arguments;
  const match = ONE_ROW.exec(stringValue(text) ?? '');
  const key = values?.type === 'ArrayExpression' && values.elements.length === 1 ? values.elements[0] : undefined;
  const keys = key && key.type !== 'SpreadElement' ? query.keys(key) : undefined;
  if (!text || !match || !key || !keys || more || !onlyRows(query)) return [];
  const [, columns = '', condition = '', column = ''] = match;
  if (!/(?:^|\.)\*/.test(columns) && !new RegExp(`(?:^|[\\s,.])${column}(?:$|[\\s,])`, 'i').test(columns)) return [];
  const many = file.textOf(text).replace(condition, condition.replace(/=\s*\$1$/, '= ANY($1)'));
  const map = freshName(file, camel('rows', 'By', column));
  const result = freshName(file, 'found');
  const edits = query.rewrite(
    [
      `const ${result} = await ${owner}.query(${many}, [${keys}]);`,
      `const ${map} = new Map();`,
      `for (const row of ${result}.rows) ${map}.set(String(row.${column}), [...(${map}.get(String(row.${column})) ?? []), row]);`,
    ],
    `({ rows: ${map}.get(String(${file.textOf(key)})) ?? [] })`,
  );
  return [{ edits, template: 'sql-any', summary: `ask for every ${column} in one query`, score: 0.91 }];
}

/** Whether of the result only `rows` is used, as far as the statement shows: `{ rows }` or `(await …).rows`. */
function onlyRows({ file, awaited }: LoopQuery): boolean {
  const parent = file.parentOf(awaited);
  if (parent?.type === 'MemberExpression') return memberName(parent) === 'rows';
  const pattern = parent?.type === 'VariableDeclarator' ? (parent as NodeOf<'VariableDeclarator'>).id : undefined;
  if (pattern?.type === 'Identifier') return !new RegExp(`\\b${pattern.name}\\.(?!rows\\b)`).test(file.text);
  return pattern?.type === 'ObjectPattern' && pattern.properties.every((p) => p.type === 'Property' && keyName(p.key) === 'rows');
}
