import { expect, it } from '@jest/globals';
import { faultMenu } from './fault-menu';

it('groups faults by family, in the order they come', () => {
  const fault = (name: string, family: string) => ({ name, title: name.toUpperCase(), family });
  expect(faultMenu([fault('a', 'api'), fault('b', 'logic'), fault('c', 'api')])).toEqual([
    {
      group: 'api',
      items: [
        { value: 'a', label: 'A' },
        { value: 'c', label: 'C' },
      ],
    },
    { group: 'logic', items: [{ value: 'b', label: 'B' }] },
  ]);
});
