import { type Edit, insert, memberName, type Node, type NodeOf, replace, type SourceFile } from '@selfheal/engine';
import { definePlaybook, type Proposal } from '../shared/playbook.js';
import { atFrames } from '../shared/references.js';
import { locationOf, sourceEvidence } from '../shared/scene.js';

type Call = NodeOf<'CallExpression'> | NodeOf<'NewExpression'>;

/** What a message of V8 or Node says of the value that a built-in function was given, and the values that would do. */
interface Complaint {
  readonly pattern: RegExp;
  readonly callee: RegExp;
  readonly fixes: (
    file: SourceFile,
    call: Call,
    message: string,
  ) => readonly (readonly [edits: readonly Edit[], template: string, summary: string, score: number])[];
}

const argument = (call: Call, i: number): Node | undefined => call.arguments[i];
const around = (node: Node, before: string, after: string): Edit[] => [insert(node.start, before), insert(node.end, after)];

const COMPLAINTS: readonly Complaint[] = [
  {
    pattern: /^Reduce of empty array with no initial value/,
    callee: /\.reduce(?:Right)?$/,
    fixes: (file, call) => {
      const first = argument(call, 0);
      if (!first || call.arguments.length > 1) return [];
      const text = file.textOf(first);
      const values = /Math\.(?:max|min)|[<>]/.test(text)
        ? ['-Infinity', 'Infinity', '0', 'null']
        : /\*/.test(text)
          ? ['1', '0']
          : /['"`]/.test(text)
            ? ["''", '0']
            : /concat|\.\.\.|push/.test(text)
              ? ['[]', '{}']
              : ['0', "''", '[]', 'undefined'];
      return values.map(
        (value, i) => [[insert(first.end, `, ${value}`)], 'initial-value', `begin with ${value}`, 0.92 - 0.08 * i] as const,
      );
    },
  },
  {
    pattern: /^Cannot convert undefined or null to object/,
    callee: /^Object\.(?:keys|values|entries|assign|getOwnPropertyNames|fromEntries)$/,
    fixes: (file, call) => {
      const first = argument(call, 0);
      return first
        ? [[around(first, '', ` ${file.parentOf(first) === call ? '??' : '||'} {}`), 'empty-object', `nothing is an empty object`, 0.9]]
        : [];
    },
  },
  {
    pattern: /^Invalid (?:array|string|typed array) length|^Invalid count value/,
    callee: /^(?:Array|new Array)$|\.repeat$|^Buffer\.alloc$/,
    fixes: (file, call) => {
      const first = argument(call, 0);
      if (!first) return [];
      const text = file.textOf(first);
      return [
        [[replace(first, `Math.max(0, ${text})`)], 'not-negative', 'no less than 0', 0.9],
        [[replace(first, `Math.max(0, Math.floor(${text}))`)], 'whole-number', 'a whole number, no less than 0', 0.85],
        [[replace(first, `Math.abs(${text})`)], 'absolute', 'without its sign', 0.5],
      ];
    },
  },
  {
    pattern: /^Converting circular structure to JSON/,
    callee: /^JSON\.stringify$/,
    fixes: (file, call) => {
      const first = argument(call, 0);
      if (!first) return [];
      const replacer =
        "((seen) => (key, value) => {\n  if (typeof value !== 'object' || value === null) return value;\n  if (seen.has(value)) return undefined;\n  seen.add(value);\n  return value;\n})(new WeakSet())";
      const second = argument(call, 1);
      return [
        [
          second ? [replace(second, replacer)] : [insert(first.end, `, ${replacer}`)],
          'no-cycles',
          `leave out of ${file.textOf(first).slice(0, 40)} what was written already`,
          0.9,
        ],
      ];
    },
  },
  {
    pattern: /^Do not know how to serialize a BigInt/,
    callee: /^JSON\.stringify$/,
    fixes: (_file, call) => {
      const first = argument(call, 0);
      const replacer = "(key, value) => (typeof value === 'bigint' ? value.toString() : value)";
      return first && call.arguments.length === 1
        ? [[[insert(first.end, `, ${replacer}`)], 'bigint-as-text', 'write a BigInt as text', 0.93]]
        : [];
    },
  },
  {
    pattern: /^The "[^"]{1,64}" (?:argument|property) must be (?:of type|an instance of|one of type)/,
    callee: /./,
    fixes: argumentTypes,
  },
];

/** ERR_INVALID_ARG_TYPE: Node wants text or a function where it got something else. */
function argumentTypes(file: SourceFile, call: Call, said: string): [Edit[], string, string, number][] {
  const text = /must be (?:of type|one of type) string|instance of (?:Buffer|TypedArray|URL)/.test(said);
  const missing = /Received (?:undefined|null)/.test(said);
  return call.arguments.slice(0, 3).flatMap((node, i): [Edit[], string, string, number][] => {
    const own = file.textOf(node);
    if (node.type === 'Literal' || node.type === 'SpreadElement') return [];
    const less = 0.04 * i;
    if (missing && text) return [[around(node, '', " ?? ''"), 'default', `'' when there is no ${own.slice(0, 40)}`, 0.7 - less]];
    if (!text) return [];
    return [
      [[replace(node, `String(${own})`)], 'as-text', `${own.slice(0, 40)} as text`, 0.88 - less],
      [
        [replace(node, `JSON.stringify(${own})`)],
        'as-json',
        `${own.slice(0, 40)} as JSON`,
        /instance of (?:Object|Array)/.test(said) ? 0.92 - less : 0.6 - less,
      ],
    ];
  });
}

/** A built-in function is given what it refuses: an empty list without a first value, nothing for an object, a negative length. */
export const badArgument = definePlaybook({
  name: 'bad-argument',
  family: 'runtime',
  title: 'A built-in function is given a value that it refuses',
  investigate(scene) {
    const message = scene.failure.error.message.slice(0, 2000);
    const complaint = COMPLAINTS.find(({ pattern }) => pattern.test(message));
    if (!complaint) return null;
    const is = (node: Node, file: SourceFile): node is Call =>
      (node.type === 'CallExpression' || node.type === 'NewExpression') && complaint.callee.test(calleeText(file, node));
    const [found] = atFrames(scene, is, 2);
    if (!found) return null;
    const { file, node } = found;
    const fixes = complaint.fixes(file, node, message).map(
      ([edits, template, summary, score]): Proposal => ({
        edits: { [file.path]: edits },
        template: `bad-argument/${template}`,
        summary,
        score,
      }),
    );
    if (fixes.length === 0) return null;
    return {
      summary: `${calleeText(file, node).slice(0, 80)}: ${message.slice(0, 200)}`,
      location: locationOf(file, node),
      evidence: [sourceEvidence(file, node, message.slice(0, 200))],
      instruction: fixes[0]?.summary ?? 'Give it a value that it takes.',
      confidence: 0.85,
      risk: 0.25,
      proposals: () => fixes,
    };
  },
});

const calleeText = (file: SourceFile, { callee }: Call): string =>
  callee.type === 'MemberExpression' && callee.object.type !== 'Identifier'
    ? `.${memberName(callee) ?? ''}`
    : file.textOf(callee).replace(/\s+/g, '').slice(0, 200);
