/** Secrets that are recognised by their shape, wherever they stand. Each pattern is linear in the length of the text. */
export const SECRET_PATTERNS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,40}(?:PRIVATE KEY|CERTIFICATE)[A-Z ]{0,20}-----[\s\S]*?(?:-----END [A-Z ]{1,60}-----|$)/g,
  /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)?/g,
  /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/g,
  /\bglpat-[A-Za-z0-9_-]{16,}/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}/g,
  /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}/g,
  /\bAIza[A-Za-z0-9_-]{30,}/g,
  /\bnpm_[A-Za-z0-9]{30,}/g,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/g,
  /\bhttps:\/\/hooks\.slack\.com\/services\/[A-Za-z0-9/]+/g,
];

/** What follows such a word is the secret, the word itself may stay. */
export const LABELLED_PATTERNS: readonly RegExp[] = [
  /\b(Bearer|Basic|Digest|Negotiate)\s+[A-Za-z0-9+/=._~-]{6,}/gi,
  /(?<=:\/\/)([^\s/:@]{0,128}):[^\s/@]{1,256}(?=@)/g,
  /\b([\w-]{0,40}(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?secret)["']?\s{0,4}[=:]\s{0,4}["']?)[^\s"',;&}\])]{3,}/gi,
];

/** 13 to 19 digits, with the separators that people write: a card number if the check digit fits. */
export const CARD = /\b\d(?:[ -]?\d){12,18}\b/g;
