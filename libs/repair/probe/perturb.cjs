'use strict';
/** Inputs near to those that were seen: the same types, one small change each. Deterministic. */

/** Recorded argument lists first, then changes of them, `wanted` in all at most. */
exports.perturbed = (recorded, wanted) => {
  const random = sequence(recorded.length * 7919 + 17);
  const all = new Map(recorded.map((args) => [JSON.stringify(args), args]));
  for (let tries = 0; all.size < wanted && tries < wanted * 6 && recorded.length > 0; tries++) {
    const args = structuredClone(pick(recorded, random));
    if (args.length === 0) break;
    const at = random(args.length);
    // Another call's argument in the same place is as natural as an input can be.
    args[at] = random(3) === 0 ? structuredClone(pick(recorded, random)[at]) : change(args[at], random);
    const key = JSON.stringify(args);
    if (key.length < 20_000) all.set(key, args);
  }
  return [...all.values()];
};

function change(value, random) {
  if (typeof value === 'number') return changedNumber(value, random);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return changedList([...value], random, (char) => changedChar(char, random)).join('');
  if (Array.isArray(value)) return changedList(value, random, (item) => change(item, random));
  if (value !== null && typeof value === 'object') {
    const keys = Object.keys(value);
    if (keys.length === 0) return value;
    const key = pick(keys, random);
    return { ...value, [key]: change(value[key], random) };
  }
  return value;
}

function changedNumber(n, random) {
  if (!Number.isInteger(n)) return pick([n + 1, n - 1, n / 2, n * 2, Math.round(n), n + 0.1], random);
  return pick([n + 1, n + 2, Math.abs(n - 1), n * 2, n * 3 + 1, n + 10, Math.abs(n) + 7, n < 0 ? n - 1 : Math.floor(n / 2)], random);
}

function changedList(list, random, changeItem) {
  const copy = [...list];
  const at = random(copy.length);
  const other = random(copy.length);
  switch (copy.length === 0 ? 9 : random(6)) {
    case 0:
      copy.splice(at, 1);
      return copy;
    case 1:
      copy.splice(other, 0, copy[at]);
      return copy;
    case 2:
      [copy[at], copy[other]] = [copy[other], copy[at]];
      return copy;
    case 3:
      return copy.reverse();
    case 9:
      return copy;
    default:
      copy[at] = changeItem(copy[at]);
      return copy;
  }
}

function changedChar(char, random) {
  if (/[a-z]/.test(char)) return pick([char.toUpperCase(), 'a', 'z', 'e', 'm'], random);
  if (/[A-Z]/.test(char)) return pick([char.toLowerCase(), 'A', 'Z', 'O'], random);
  if (/[0-9]/.test(char)) return pick(['0', '9', '1', String((Number(char) + 1) % 10)], random);
  return pick([' ', char, char, ',', 'a'], random);
}

const pick = (list, random) => list[random(list.length)];

/** A linear congruential generator (Numerical Recipes' constants): the same inputs for the same calls. */
function sequence(seed) {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * bound);
  };
}
