import { describe, expect, it } from '@jest/globals';
import { parseNodeCommand } from './command.js';

describe('parseNodeCommand', () => {
  it.each([
    ['node server.js', { execArgv: [], script: 'server.js', args: [] }],
    ['/usr/bin/node src/server.ts --port 1', { execArgv: [], script: 'src/server.ts', args: ['--port', '1'] }],
    ['node --import x src/server.ts', { execArgv: ['--import', 'x'], script: 'src/server.ts', args: [] }],
    ['node --import=x -r y --inspect a.js -v', { execArgv: ['--import=x', '-r', 'y', '--inspect'], script: 'a.js', args: ['-v'] }],
  ])('takes %j apart', (command, expected) => {
    expect(parseNodeCommand(command.split(' '))).toEqual(expected);
  });

  it.each([[[]], [['npm', 'start']], [['node']], [['node', '--import', 'x']], [['sh', '-c', 'node a.js']]])('refuses %j', (command) => {
    expect(() => parseNodeCommand(command)).toThrow(RangeError);
  });
});
