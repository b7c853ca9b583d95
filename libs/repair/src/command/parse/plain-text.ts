/** Output without colours, with `\n` line ends. */
export function plainText(output: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with an escape character
  return output.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '').replaceAll('\r\n', '\n');
}

/** The strings of JSON text as a person would read them, each on lines of its own: a reporter may have printed a stack inside of one. */
export function unescapeJson(text: string): string {
  return text.replace(/\\[ntr"\\]|"/g, (part) => ({ '"': '\n', '\\n': '\n', '\\t': '\t', '\\r': '\r' })[part] ?? part.slice(1));
}
