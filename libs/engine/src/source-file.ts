import { type Comment, type Program, parseSync } from 'oxc-parser';
import { childrenOf, type FunctionNode, isFunction, type Node } from './nodes.js';
import { isParsable, MAX_NESTING } from './syntax/nesting.js';

/** 1-based line and column; columns count UTF-16 code units, as V8 does. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const SCRIPT = /\.[cm]?[jt]sx?$/;

/** Whether the parser can read the file, by its name. */
export const isScript = (path: string): boolean => SCRIPT.test(path) && !path.endsWith('.d.ts');

/**
 * A parsed source file. Offsets are UTF-16 code units from the start of `text`. A file with syntax errors still has a
 * (partial, maybe empty) program: see `errors`. So has a file that nests deeper than the parser can take.
 */
export class SourceFile {
  readonly program: Program;
  readonly comments: readonly Comment[];
  /** Messages of the syntax errors, each with its line; empty when the file parses. */
  readonly errors: readonly string[];
  /** Every node, parents before children, in source order. */
  readonly nodes: readonly Node[];
  readonly #lineStarts: number[] = [0];
  readonly #parents = new Map<Node, Node>();
  readonly #index = new Map<Node, number>();
  /** Nodes in each node's subtree, by index: in pre-order a subtree is one slice. */
  readonly #sizes: number[];

  constructor(
    /** Relative to the target's root, POSIX separators. Its extension decides the language. */
    readonly path: string,
    readonly text: string,
  ) {
    const deep = !isParsable(text);
    const parsed = parseSync(path, deep ? '' : text, {
      sourceType: /\.c[jt]s$/.test(path) ? 'commonjs' : 'unambiguous',
      preserveParens: false,
    });
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lineStarts.push(at + 1);
    this.program = parsed.program;
    this.comments = parsed.comments;
    const errors = parsed.errors
      .filter((error) => error.severity === 'Error')
      .map((error) => `${path}:${this.positionAt(error.labels[0]?.start ?? 0).line}: ${error.message}`);
    this.errors = deep ? [`${path}:1: nested deeper than ${MAX_NESTING} levels`] : errors;
    const nodes: Node[] = [];
    const pending: Node[] = [this.program];
    for (let node = pending.pop(); node; node = pending.pop()) {
      this.#index.set(node, nodes.length);
      nodes.push(node);
      const children = childrenOf(node);
      for (let i = children.length - 1; i >= 0; i--) {
        const child = children[i] as Node;
        this.#parents.set(child, node);
        pending.push(child);
      }
    }
    this.nodes = nodes;
    this.#sizes = nodes.map(() => 1);
    for (let i = nodes.length - 1; i > 0; i--) {
      const parent = this.#index.get(this.#parents.get(nodes[i] as Node) as Node) as number;
      this.#sizes[parent] = (this.#sizes[parent] ?? 1) + (this.#sizes[i] ?? 1);
    }
  }

  /** The source text of a node. */
  textOf(node: { start: number; end: number }): string {
    return this.text.slice(node.start, node.end);
  }

  parentOf(node: Node): Node | undefined {
    return this.#parents.get(node);
  }

  /** The node's ancestors, nearest first; ends with the program. */
  ancestorsOf(node: Node): Node[] {
    const ancestors: Node[] = [];
    for (let at = this.#parents.get(node); at; at = this.#parents.get(at)) ancestors.push(at);
    return ancestors;
  }

  /** The nearest function around the node, not the node itself. */
  enclosingFunction(node: Node): FunctionNode | undefined {
    return this.ancestorsOf(node).find(isFunction);
  }

  /** Every node inside `node`, itself first. */
  within(node: Node): Node[] {
    const at = this.#index.get(node);
    return at === undefined ? [] : this.nodes.slice(at, at + (this.#sizes[at] ?? 1));
  }

  /** The smallest node that covers the offset. */
  nodeAt(offset: number): Node | undefined {
    return this.nodes.findLast((node) => node.start <= offset && offset < node.end);
  }

  /** @param offset UTF-16 offset; clamped to the text */
  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    for (let high = this.#lineStarts.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (this.#lineStarts[low] ?? 0) + 1 };
  }

  /** The offset of a position, or nothing when the file has no such line. A column past the line's end is its end. */
  offsetAt(position: Position): number | undefined {
    const start = this.#lineStarts[position.line - 1];
    if (start === undefined) return undefined;
    const end = (this.#lineStarts[position.line] ?? this.text.length + 1) - 1;
    return Math.min(start + Math.max(0, position.column - 1), end);
  }

  /** Lines `from` to `to` (1-based, inclusive) numbered for people, the marked one with `>`. */
  excerpt(line: number, around = 4): string {
    const lines = this.text.split('\n');
    const first = Math.max(1, line - around);
    return lines
      .slice(first - 1, line + around)
      .map((text, i) => `${first + i === line ? '>' : ' '} ${String(first + i).padStart(4)} | ${text.slice(0, 200)}`)
      .join('\n');
  }
}
