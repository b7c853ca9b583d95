import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { emptyDir, workTreeOf } from '../testing/work-tree-of.js';
import { type ProbeInput, probe } from './probe.js';

const SUBJECT = 'exports.add = (a, b) => a + b;\n';
const SCRIPT = "const { add } = require('./subject');\nadd(1, 2);\nadd(30, 4);\n";
/** Processes whose environment holds a text. */
const processesOf = (marker: string): string[] =>
  readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/environ`, 'utf8').includes(marker);
    } catch {
      return false;
    }
  });

const probing = async (texts: readonly string[], more: Partial<ProbeInput> & { script?: string; execPath?: string } = {}) => {
  const root = workTreeOf({ 'test.js': more.script ?? SCRIPT, 'subject.js': SUBJECT });
  const marker = `probe-of-${root}`;
  const { script: _, execPath = process.execPath, ...rest } = more;
  const behaviour = await probe({
    process: {
      pid: 1,
      ppid: 1,
      execPath,
      execArgv: [],
      script: join(root, 'test.js'),
      args: [],
      cwd: root,
      env: { PROBE_MARKER: marker },
      exitCode: 1,
      ms: 1,
    },
    root,
    subjects: ['subject.js'],
    candidates: texts.map((text) => new Map([['subject.js', text]])),
    examples: [],
    signal: new AbortController().signal,
    ...rest,
  });
  return { behaviour, root, left: processesOf(marker) };
};
const same = (behaviour: { outputs: readonly (readonly string[])[] } | undefined, i: number, j: number) =>
  behaviour?.outputs[i]?.filter((text, at) => text === behaviour.outputs[j]?.[at]).length;

describe('the answers of candidates to other inputs', () => {
  it('tell programs apart that the tests do not, and find equal ones equal', async () => {
    const { behaviour, left } = await probing([
      SUBJECT,
      'exports.add = (x, y) => y + x;\n',
      'exports.add = (a, b) => (a > 40 ? 0 : a + b);\n',
    ]);
    expect(behaviour?.inputs).toBeGreaterThan(20);
    expect(behaviour?.outputs.map((list) => list.length)).toEqual(Array(3).fill(behaviour?.inputs));
    expect(behaviour?.outputs[0]?.slice(0, 2)).toEqual(['3', '34']);
    expect(same(behaviour, 0, 1)).toBe(behaviour?.inputs);
    expect(same(behaviour, 0, 2)).toBeLessThan(behaviour?.inputs ?? 0);
    expect(left).toEqual([]);
  });

  it("say whether the author's examples hold, where there is something to call", async () => {
    const examples = [
      { path: 'subject.js', name: 'add', args: '2, 2', expected: '4' },
      { path: 'subject.js', name: 'other', args: '', expected: '4' },
    ] as unknown as ProbeInput['examples'];
    const { behaviour } = await probing([SUBJECT, 'exports.add = (a, b) => a - b;\n'], { examples });
    expect(behaviour?.examples).toEqual([
      [true, undefined],
      [false, undefined],
    ]);
  });

  it('come from a module that is a function, too, and show what is thrown and what is not there', async () => {
    const script = "const f = require('./subject');\ntry { f([3, 1]); } catch {}\n";
    const { behaviour } = await probing(
      ['module.exports = (list) => list.sort();', 'module.exports = () => { throw new RangeError("x"); };', 'module.exports = 1;'],
      { script },
    );
    expect(behaviour?.outputs.map(([first]) => first)).toEqual(['[ 1, 3 ]', 'throws RangeError', 'absent']);
  });

  it('are not changed by a candidate that changes its arguments', async () => {
    const { behaviour } = await probing(['exports.add = (a) => { a.push(1); return a.length; };'], {
      script: "require('./subject').add([]);\nrequire('./subject').add([]);\n",
    });
    expect(behaviour?.outputs[0]?.[0]).toBe('1');
  });

  it('are none when the script calls nothing of the subjects', async () => {
    const { behaviour } = await probing([SUBJECT], { script: '1;\n' });
    expect(behaviour).toMatchObject({ inputs: 0, outputs: [[]] });
  });
});

describe('a hostile subject', () => {
  const honest = SUBJECT;
  const answersOf = async (hostile: string, script?: string) => await probing([honest, hostile], script === undefined ? {} : { script });

  it.each([
    ['never ends', 'exports.add = () => { for (;;); };', 'throws never ends'],
    ['throws nothing', 'exports.add = () => { throw undefined; };', 'throws undefined'],
    ['exits', 'exports.add = () => process.exit(0);', 'throws Error'],
    ['kills itself', "exports.add = () => process.kill(process.pid, 'SIGKILL');", 'throws Error'],
    ['aborts', 'exports.add = () => process.abort();', 'throws Error'],
    ['starts processes', "exports.add = () => require('child_process').execSync('echo 1').length;", 'throws Error'],
    ['listens', "exports.add = () => { require('net').createServer().listen(0); };", 'throws Error'],
    ['starts threads', "exports.add = () => { new (require('worker_threads').Worker)('1', { eval: true }); };", 'throws Error'],
  ])('that %s is seen to', async (_name, text, answer) => {
    const { behaviour, left } = await answersOf(text);
    expect(behaviour?.outputs[0]?.[0]).toBe('3');
    expect(behaviour?.outputs[1]?.[0]).toBe(answer);
    expect(left).toEqual([]);
  });

  it.each([
    ['unlinkSync', 'fs.unlinkSync(f)'],
    ['rmSync', "fs.rmSync(require('path').dirname(f), { recursive: true, force: true })"],
    ['renameSync', "fs.renameSync(f, f + '2')"],
    ['writeFileSync', "fs.writeFileSync(f, 'changed')"],
    ['truncateSync', 'fs.truncateSync(f)'],
    ['openSync', "fs.writeSync(fs.openSync(f, 'w'), 'changed')"],
    ['open for both', 'fs.ftruncateSync(fs.openSync(f, fs.constants.O_RDWR))'],
    ['promises', 'fs.promises.rm(f).catch(() => {})'],
    ['a callback', 'fs.unlink(f, () => {})'],
    ['a stream', 'fs.createWriteStream(f)'],
  ])('deletes and changes nothing by %s, in the sandbox or outside', async (_name, code) => {
    const outside = join(emptyDir(), 'precious.txt');
    writeFileSync(outside, 'precious');
    const text = `const fs = require('fs');\nexports.add = () => { const f = ${JSON.stringify(outside)}; ${code}; return 1; };`;
    const inside = `const fs = require('fs');\nexports.add = () => { const f = __filename; ${code}; return 1; };`;
    const { behaviour, root } = await probing([text, inside]);
    expect(behaviour?.outputs).toHaveLength(2);
    expect(readFileSync(outside, 'utf8')).toBe('precious');
    expect(readFileSync(join(root, 'subject.js'), 'utf8')).toBe(SUBJECT);
  });

  it('may still read', async () => {
    const { behaviour } = await answersOf(
      "const fs = require('fs');\nexports.add = () => fs.readFileSync(fs.openSync(__filename), 'utf8').length > 0;",
    );
    expect(behaviour?.outputs[1]?.[0]).toBe('true');
  });

  it('prints into nothing', async () => {
    const { behaviour } = await answersOf(
      "exports.add = (a, b) => { process.stdout.write('x'.repeat(1e5)); console.log(a); return a + b; };",
    );
    expect(same(behaviour, 0, 1)).toBe(behaviour?.inputs);
  });

  it('cannot answer in place of the probe', async () => {
    const forged = '{ inputs: 1, outputs: [["1"], ["1"]], examples: [[], []], key: undefined }';
    const ways = ['process.send', 'process._send', "process.emit.bind(process, 'internalMessage')"];
    const say = ways.map((way) => `try { ${way}?.(${forged}); ${way}?.('garbage'); ${way}?.(null); } catch {}`).join('\n');
    const { behaviour } = await answersOf(`${say}\nprocess.send = () => {};\n${honest}`);
    expect(behaviour?.inputs).toBeGreaterThan(1);
    expect(same(behaviour, 0, 1)).toBe(behaviour?.inputs);
  });

  it('is heard no more than others when it floods the channel', async () => {
    const flood = 'for (let i = 0; i < 2000; i++) try { process._send?.({ i, text: "x".repeat(1000) }); } catch {}';
    const { behaviour } = await answersOf(`${flood}\n${honest}`);
    expect(behaviour === undefined || same(behaviour, 0, 1) === behaviour.inputs).toBe(true);
  });

  it('that closes the channel is lost, and nothing is left', async () => {
    const { behaviour, left } = await answersOf('process.disconnect(); exports.add = () => 1;');
    expect([behaviour, left]).toEqual([undefined, []]);
  });

  it('that takes all memory is lost, and nothing is left', async () => {
    const { behaviour, left } = await answersOf('exports.add = () => "x".repeat(5e8).split("").length;');
    expect(behaviour === undefined || behaviour.outputs.length === 2).toBe(true);
    expect(left).toEqual([]);
  }, 20_000);

  it('that V8 cannot stop is stopped by the time', async () => {
    const { behaviour, left } = await answersOf('exports.add = () => 1; (function again() { Promise.resolve().then(again); })();');
    expect(behaviour === undefined || behaviour.outputs.length === 2).toBe(true);
    expect(left).toEqual([]);
  }, 20_000);
});

describe('the process of the probe', () => {
  it('ends with the signal', async () => {
    const stop = new AbortController();
    const started = probing(['exports.add = 1; for (;;);', SUBJECT], { signal: stop.signal, script: 'for (;;);\n' });
    stop.abort();
    const { behaviour, left } = await started;
    expect([behaviour, left]).toEqual([undefined, []]);
    expect((await probing([SUBJECT], { signal: AbortSignal.abort() })).behaviour).toBeUndefined();
  });

  it('that cannot be started says nothing', async () => {
    const { behaviour, root } = await probing([SUBJECT], { execPath: '/no/such/node' });
    expect(behaviour).toBeUndefined();
    expect(existsSync(root)).toBe(true);
  });
});
