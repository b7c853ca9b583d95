/** Which of the known names was meant: for typos, and for names that say the same in another style. */
import { distance } from 'fastest-levenshtein';

/** `refundAmount`, `refund_amount`, `RefundAmount` and `refund-amount` as one list of words. */
export const wordsOf = (name: string): string[] =>
  name
    .slice(0, 128)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

/**
 * How likely one name was meant for the other, 0 to 1. 1: the same words in another style. Else the better of edit
 * distance (typos) and shared words (`refundTotal`, `refund_amount`).
 */
export function similarity(a: string, b: string): number {
  if (a === b) return 1;
  const [left, right] = [wordsOf(a), wordsOf(b)];
  const [joinedLeft, joinedRight] = [left.join(''), right.join('')];
  if (joinedLeft === joinedRight && joinedLeft !== '') return 0.99;
  const longest = Math.max(joinedLeft.length, joinedRight.length, 1);
  const typo = 1 - distance(joinedLeft, joinedRight) / longest;
  const shared = left.filter((word) => right.some((other) => other === word || (word.length > 3 && distance(word, other) === 1))).length;
  const words = (2 * shared) / Math.max(1, left.length + right.length);
  return Math.min(0.98, Math.max(typo, words * 0.9));
}

/** Known names by similarity, best first; those below `floor` and the name itself are left out. */
export function nearestNames(name: string, known: Iterable<string>, floor = 0.5): { name: string; score: number }[] {
  return [...new Set(known)]
    .filter((other) => other !== name)
    .map((other) => ({ name: other, score: similarity(name, other) }))
    .filter(({ score }) => score >= floor)
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
}
