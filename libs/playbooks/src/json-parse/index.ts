import { calleeName, insert, type Node, type NodeOf, replace, type SourceFile } from '@selfheal/engine';
import { indentOf, statementOf } from '../shared/objects.js';
import { definePlaybook, type Proposal } from '../shared/playbook.js';
import { locationOf, nodeAtFrame, type Scene, sourceEvidence } from '../shared/scene.js';

type Call = NodeOf<'CallExpression'>;

/**
 * `JSON.parse` of text that is empty or no JSON. Empty text is guarded before other text: an empty body is legal in
 * HTTP (RFC 9110, section 6.4), a malformed one is the client's error.
 */
export const jsonParse = definePlaybook({
  name: 'json-parse',
  family: 'runtime',
  title: 'Text that is not JSON is parsed as JSON',
  investigate(scene) {
    const { name, message } = scene.failure.error;
    const said = /JSON/.test(message) || /Unexpected (?:end|token)/.test(message);
    if (!said || !/SyntaxError|TypeError/.test(name)) return null;
    const found = parseCalls(scene);
    const [first] = found;
    if (!first) return null;
    return {
      summary: `${first.file.textOf(first.call).slice(0, 200)} meets text that is not JSON: ${message.slice(0, 300)}`,
      location: locationOf(first.file, first.call),
      evidence: [sourceEvidence(first.file, first.call, 'the text may be empty here')],
      instruction: 'Handle empty text before parsing it.',
      confidence: first.exact ? 0.92 : 0.7,
      risk: 0.2,
      proposals: () =>
        found.slice(0, 4).flatMap(({ file, call }, i) => fixes(file, call).map((fix) => ({ ...fix, score: fix.score - 0.1 * i }))),
    };
  },
});

function parseCalls(scene: Scene): { file: SourceFile; call: Call; exact: boolean }[] {
  const isParse = (node: Node): node is Call =>
    node.type === 'CallExpression' && calleeName(node) === 'parse' && /^JSON\??\.parse$/.test(textOfCallee(node));
  const textOfCallee = (node: Call) =>
    node.callee.type === 'MemberExpression' && node.callee.object.type === 'Identifier' ? `${node.callee.object.name}.parse` : '';
  const atFrames = scene.frames.flatMap((frame) => {
    const file = scene.project.file(frame.file);
    const at = file && nodeAtFrame(file, frame);
    const call = at && file && [at, ...file.ancestorsOf(at)].find(isParse);
    return file && call ? [{ file, call, exact: true }] : [];
  });
  const others = scene.places.flatMap(({ file, node }) => (isParse(node) ? [{ file, call: node, exact: false }] : []));
  // A body parser runs before any handler: when nothing reachable parses JSON, look everywhere.
  const anywhere = scene.project.files().flatMap((file) => file.nodes.filter(isParse).map((call) => ({ file, call, exact: false })));
  const all = [...atFrames, ...others, ...anywhere];
  return all.filter(({ call }, i) => all.findIndex((other) => other.call === call) === i);
}

function fixes(file: SourceFile, call: Call): Proposal[] {
  const [argument] = call.arguments;
  if (!argument) return [];
  const text = file.textOf(argument);
  const simple = /^[\w$.?!]+$/.test(text) ? text : `(${text})`;
  const make = (edits: Proposal['edits'][string], template: string, summary: string, score: number): Proposal => ({
    edits: { [file.path]: edits },
    template: `json-parse/${template}`,
    summary,
    score,
  });
  const whole = (replacement: string) => [replace(call, replacement)];
  const statement = statementOf(file, call);
  const indent = statement ? indentOf(file, statement) : '';
  const returns = statement?.type === 'ReturnStatement';
  return [
    ...(returns && statement
      ? [
          make(
            [insert(statement.start, `if (${simple}.trim() === '') return {};\n${indent}`)],
            'guard-empty',
            'empty text is an empty object',
            0.95,
          ),
        ]
      : []),
    make([replace(argument, `${simple}.trim() || '{}'`)], 'default-object', 'empty text is read as {}', 0.9),
    make([replace(argument, `${simple} || 'null'`)], 'default-null', 'empty text is read as null', 0.75),
    make(whole(`(${simple} ? JSON.parse(${text}) : undefined)`), 'only-if-text', 'no text, no value', 0.7),
    make([replace(argument, `${simple} || '[]'`)], 'default-array', 'empty text is read as []', 0.6),
    ...(returns && statement
      ? [
          make(
            [
              insert(statement.start, `try {\n${indent}  `),
              insert(statement.end, `\n${indent}} catch {\n${indent}  return undefined;\n${indent}}`),
            ],
            'catch',
            'text that is not JSON has no value',
            0.5,
          ),
        ]
      : []),
  ];
}
