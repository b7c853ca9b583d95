const WHOLE = new Set(['authorization', 'proxyauthorization', 'cookie', 'setcookie', 'cvv', 'cvc', 'pin', 'ssn', 'iban', 'pwd', 'jwt']);
const PART = /token|secret|passw|credential|apikey|cardnumber|privatekey|sessionid/;
/** The word `key` by itself or at the end of a name made of words; not `keyboard` or `monkey`. */
const KEY_WORD = /(?:^|[-_. ])keys?(?:$|[-_. ])|[a-z0-9]Keys?(?:$|[A-Z])|KEY/;
/** Names with the word `key` that are no secrets. An idempotency key is what makes a replay safe. */
const HARMLESS = new Set(['idempotencykey', 'xidempotencykey', 'primarykey', 'foreignkey', 'sortkey', 'partitionkey', 'secwebsocketkey']);

/** Whether a header, a field or a parameter of this name holds a secret. */
export function isSecretName(name: string): boolean {
  const flat = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (HARMLESS.has(flat)) return false;
  return WHOLE.has(flat) || PART.test(flat) || KEY_WORD.test(name);
}
