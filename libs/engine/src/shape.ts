/** What is known of a value's form: enough to say "this property cannot be there", never a type check. */
export type Shape =
  | {
      readonly kind: 'object';
      readonly props: ReadonlyMap<string, () => Shape | undefined>;
      readonly open: boolean;
      readonly from?: string;
    }
  | { readonly kind: 'array'; readonly element: () => Shape | undefined }
  /** A Map, Set or record: keys are data. */
  | { readonly kind: 'dictionary'; readonly element: () => Shape | undefined }
  | { readonly kind: 'promise'; readonly of: () => Shape | undefined }
  | { readonly kind: 'primitive'; readonly name: 'string' | 'number' | 'boolean' | 'bigint' | 'symbol' }
  /** A schema object: `of` is what it parses to. */
  | { readonly kind: 'schema'; readonly of: Shape | undefined }
  | { readonly kind: 'nullish' };

export const STRING: Shape = { kind: 'primitive', name: 'string' };
export const NUMBER: Shape = { kind: 'primitive', name: 'number' };
export const BOOLEAN: Shape = { kind: 'primitive', name: 'boolean' };
export const NULLISH: Shape = { kind: 'nullish' };

/** How deep inference follows one expression: a guard against cycles, not a tuning knob. */
export const MAX_DEPTH = 16;

export const elementOf = (shape: Shape | undefined): Shape | undefined =>
  shape?.kind === 'array' || shape?.kind === 'dictionary' ? shape.element() : undefined;

export const awaited = (shape: Shape | undefined): Shape | undefined => (shape?.kind === 'promise' ? awaited(shape.of()) : shape);

export const propertyOf = (shape: Shape | undefined, name: string): Shape | undefined => {
  if (shape?.kind === 'object') return shape.props.get(name)?.();
  return shape?.kind === 'array' && name === 'length' ? NUMBER : undefined;
};

/** What a schema parses to; anything else is itself. */
export const parsedBy = (shape: Shape | undefined): Shape | undefined => (shape?.kind === 'schema' ? shape.of : shape);

/** The keys of an object whose keys are all known; nothing for anything else. */
export const knownKeys = (shape: Shape | undefined): string[] | undefined =>
  shape?.kind === 'object' && !shape.open ? [...shape.props.keys()] : undefined;

/** Both at once: an intersection, `extends`, or a spread over what came before. */
export function merged(shapes: readonly (Shape | undefined)[]): Shape {
  const props = new Map<string, () => Shape | undefined>();
  let open = false;
  for (const shape of shapes) {
    if (shape?.kind !== 'object') open = true;
    else {
      for (const [key, value] of shape.props) props.set(key, value);
      open ||= shape.open;
    }
  }
  return { kind: 'object', props, open };
}
