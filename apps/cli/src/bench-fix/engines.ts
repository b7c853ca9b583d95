/** One column of the bench: an engine that `selfheal fix` can heal with. */
export interface Engine {
  readonly name: string;
  /** What it adds to the command line of `selfheal fix`. */
  readonly flags: readonly string[];
}

/** The engines that can be used here. Model providers join when their keys are there. */
export const ENGINES: readonly Engine[] = [{ name: 'rules', flags: [] }];
