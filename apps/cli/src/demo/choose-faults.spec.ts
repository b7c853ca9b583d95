import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadFaults, repositoryRoot } from '@selfheal/stack';
import { CommandError } from '../errors.js';
import { chooseFaults, nearestName } from './choose-faults.js';

const catalogue = await loadFaults(join(repositoryRoot, 'apps', 'shop', 'faults'));
const names = catalogue.map(({ name }) => name);

describe('chooseFaults', () => {
  it("shows the customer's returns failure first", () => {
    expect(chooseFaults(catalogue, {}).map(({ name }) => name)).toEqual(['returns-schema-mismatch']);
  });

  it('takes one by its name, or all in order', () => {
    expect(chooseFaults(catalogue, { fault: 'missing-await' }).map(({ name }) => name)).toEqual(['missing-await']);
    expect(chooseFaults(catalogue, { all: true }).map(({ order }) => order)).toEqual(names.map((_, i) => i + 1));
  });

  it('answers an unknown name with exit code 2, the nearest name and the list', () => {
    const choose = () => chooseFaults(catalogue, { fault: 'misssing-awiat' });
    expect(choose).toThrow(/did you mean missing-await\?/);
    expect(choose).toThrow(/returns-schema-mismatch/);
    try {
      choose();
    } catch (error) {
      expect(error).toBeInstanceOf(CommandError);
      expect(error).toMatchObject({ exitCode: 2 });
    }
  });
});

describe('nearestName', () => {
  it.each([
    ['returns', 'returns-schema-mismatch'],
    ['off-by-1-page', 'off-by-one-page'],
    ['wrong_type', 'wrong-type'],
  ])('finds for %s %s', (asked, nearest) => {
    expect(nearestName(asked, names)).toBe(nearest);
  });
});
