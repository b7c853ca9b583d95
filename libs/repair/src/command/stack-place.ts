/** `file:line` of the first frame (or of the block of a syntax error) of a stack that lies in one of `files`. */
export function placeIn(stack: string, accepts: (path: string) => boolean): { path: string; line: number; column?: number } | undefined {
  for (const line of stack.split('\n', 200)) {
    const match = /^\s*at (?:.*\()?(.+?):(\d+):(\d+)\)?$/.exec(line) ?? /^(\S.*?):(\d+)$/.exec(line);
    if (!match) continue;
    const [, file = '', row = '', column] = match;
    const path = file.replace(/^(?:async )?(?:file:\/\/)?/, '');
    if (accepts(path)) return { path, line: Number(row), ...(column !== undefined && { column: Number(column) }) };
  }
  return undefined;
}
