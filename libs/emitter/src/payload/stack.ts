/** `    at fn (file:///root/src/x.ts:1:2)`: what stands before the path, the path, and its position. */
const FRAME = /^(\s*at (?:[^()]*? \()?(?:async )?)((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?)(:\d+(?::\d+)?\)?\s*)$/;

/**
 * A stack whose paths say nothing about the host: relative to the service's root (`src/x.ts`), from the last
 * `node_modules/` on for packages, and only the name for anything else.
 * @param roots absolute paths of the service's root
 */
export function relativeStack(stack: string, roots: readonly string[]): string {
  const lines = stack.split('\n').map((line) => {
    const frame = FRAME.exec(line);
    return frame ? `${frame[1]}${relativePath(frame[2] ?? '', roots)}${frame[3]}` : line;
  });
  return withoutRoots(lines.join('\n'), roots);
}

/** The text with every path of the service made relative. */
export function withoutRoots(text: string, roots: readonly string[]): string {
  return roots
    .filter((root) => root.length > 1)
    .reduce((clean, root) => clean.replaceAll(`file://${root}/`, '').replaceAll(`${root}/`, '').replaceAll(root, '.'), text);
}

function relativePath(location: string, roots: readonly string[]): string {
  const path = decodePath(location.replace(/^file:\/\//, '').split('?', 1)[0] ?? '').replaceAll('\\', '/');
  const root = roots.find((candidate) => path.startsWith(`${candidate}/`));
  const packages = path.lastIndexOf('/node_modules/');
  if (packages >= 0) return path.slice(packages + 1);
  return root ? path.slice(root.length + 1) : `<external>/${path.slice(path.lastIndexOf('/') + 1)}`;
}

function decodePath(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
