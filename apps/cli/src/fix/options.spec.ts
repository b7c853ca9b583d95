import { describe, expect, it } from '@jest/globals';
import { InvalidArgumentError } from 'commander';
import { CommandError } from '../errors.js';
import { attempts, checkedCommand, glob, seconds } from './options.js';

describe('--timeout', () => {
  it.each([
    ['300', 300],
    ['0.5', 0.5],
  ])('takes %s', (text, value) => expect(seconds(text)).toBe(value));
  it.each(['', ' ', '0', '-1', 'soon', 'Infinity', '5m', '1e99'])('refuses %j', (text) => {
    expect(() => seconds(text)).toThrow(InvalidArgumentError);
  });
});

describe('--max-attempts', () => {
  it('takes a whole number', () => expect(attempts('7')).toBe(7));
  it.each(['', '0', '-3', '2.5', 'many', '1001'])('refuses %j', (text) => expect(() => attempts(text)).toThrow(InvalidArgumentError));
});

describe('--files', () => {
  it('may be repeated', () => expect(glob('./lib/*.js', glob('src/**'))).toEqual(['src/**', 'lib/*.js']));
  it.each(['', '/etc/*', '../x.js', 'src/../../x.js'])('refuses %j', (text) => expect(() => glob(text)).toThrow(InvalidArgumentError));
});

describe('the command', () => {
  it('is what follows --', () => expect(checkedCommand(['npm', 'test'])).toEqual(['npm', 'test']));
  it.each([[[]], [['']], [['node', 'a\0b']]])('refuses %j', (words) => {
    expect(() => checkedCommand(words)).toThrow(expect.objectContaining({ exitCode: 2, message: expect.stringMatching(/^fix: /) }));
    expect(() => checkedCommand(words)).toThrow(CommandError);
  });
});
