/** Functions that say nearly the same elsewhere: clones, ports of one another, build output of the same source. */
import { type FunctionRef, functionsOf } from '../functions.js';
import type { SourceFile } from '../source-file.js';
import { type Token, tokensOf } from './tokens.js';

export interface Twin {
  readonly of: FunctionRef;
  /** (0, 1]: Dice's coefficient of the two bags of tokens; for one that has nearly all of ours and more, a share of 0.8. */
  readonly likeness: number;
}

const LONGEST = 12_000;
const bags = new WeakMap<object, ReadonlyMap<string, number>>();
const named = new WeakMap<SourceFile, ReadonlyMap<string, FunctionRef[]>>();

/** What a bundler appends to a name to keep it apart: `wrapAsync$1`. */
export const plain = (name: string): string => name.replace(/\$\d+$/, '');

export const tokensIn = ({ file, node }: FunctionRef): Token[] => tokensOf(file.textOf(node), node.start);

function bagOf(ref: FunctionRef): ReadonlyMap<string, number> {
  const known = bags.get(ref.node);
  if (known) return known;
  const bag = new Map<string, number>();
  for (const { text } of tokensIn(ref)) bag.set(plain(text), (bag.get(plain(text)) ?? 0) + 1);
  bags.set(ref.node, bag);
  return bag;
}

function byName(file: SourceFile): ReadonlyMap<string, FunctionRef[]> {
  const known = named.get(file);
  if (known) return known;
  const map = new Map<string, FunctionRef[]>();
  for (const ref of functionsOf(file)) {
    const name = plain(ref.name);
    if (name) map.set(name, [...(map.get(name) ?? []), ref]);
  }
  named.set(file, map);
  return map;
}

/** Dice's coefficient of two multisets. */
function likeness(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let [common, total] = [0, 0];
  for (const [item, count] of a) {
    common += Math.min(count, b.get(item) ?? 0);
    total += count;
  }
  for (const count of b.values()) total += count;
  return total === 0 ? 0 : (2 * common) / total;
}

/** The share of the first multiset that the second has, too: 1 when something was only removed from it. Nothing below 0.9. */
function contained(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let [common, total] = [0, 0];
  for (const [item, count] of a) {
    common += Math.min(count, b.get(item) ?? 0);
    total += count;
  }
  return total > 0 && common / total >= 0.9 ? common / total : 0;
}

/**
 * The most similar functions of the same name in other files, then those of other names that are nearly alike in the same
 * file; at most `most`. Files are searched as text first, so that only promising ones are looked into.
 */
export function twinsOf(ref: FunctionRef, others: readonly SourceFile[], most = 3): Twin[] {
  if (ref.node.end - ref.node.start > LONGEST) return [];
  const own = bagOf(ref);
  const found: Twin[] = [];
  const name = plain(ref.name);
  if (name.length > 1)
    for (const file of others)
      if (file.path !== ref.file.path && file.text.includes(name))
        for (const of of byName(file).get(name) ?? [])
          found.push({ of, likeness: Math.max(likeness(own, bagOf(of)), 0.8 * contained(own, bagOf(of))) });
  for (const of of functionsOf(ref.file)) {
    if (of.node === ref.node || !of.name || own.size < 10 || contains(of, ref) || contains(ref, of) || !nearlyAsLong(ref, of)) continue;
    found.push({ of, likeness: likeness(own, bagOf(of)) * 0.9 });
  }
  return found
    .filter((twin) => twin.likeness >= 0.6)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, most);
}

const contains = (outer: FunctionRef, inner: FunctionRef): boolean =>
  outer.node.start <= inner.node.start && inner.node.end <= outer.node.end;

function nearlyAsLong(a: FunctionRef, b: FunctionRef): boolean {
  const [one, other] = [a.node.end - a.node.start, b.node.end - b.node.start];
  return Math.min(one, other) * 2 > Math.max(one, other);
}
