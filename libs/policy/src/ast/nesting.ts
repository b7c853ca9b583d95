/** What can open a level of nesting: brackets, operators that recurse to the right, prefix words. */
const NESTS = /[([{<?:=!~]|\b(?:new|await|yield|do|typeof|void|delete|keyof|else)\b/g;
/** A tenth of what a patch needs to overflow the parser's native stack; an honest patch has some hundreds. */
const MAX_NESTING = 3000;

/**
 * The parser is native and recursive: text that nests some thousand levels deep ends the process, not the parse. An
 * upper bound for the levels that a text can open is the number of tokens that open one.
 */
export const nestsTooDeep = (added: string): boolean => (added.match(NESTS)?.length ?? 0) > MAX_NESTING;
