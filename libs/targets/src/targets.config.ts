/** What a target takes from the environment: `${VAR}` in its addresses, and the runner's token. */

/** Replaces `${VAR}` from the environment. @throws TargetError naming the variable that is not set */
export function expandVariables(text: string, env: NodeJS.ProcessEnv = process.env): string {
  return text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
    const value = env[name];
    if (!value) throw new TargetError(`selfheal.yaml uses \${${name}}, which is not set in the environment`);
    return value;
  });
}

/** The bearer token of runners' control API. Only the deployer has it. */
export function controlToken(env: NodeJS.ProcessEnv = process.env): string {
  const token = env.SELFHEAL_CONTROL_TOKEN;
  if (!token) throw new TargetError('SELFHEAL_CONTROL_TOKEN is not set: the deployer needs it to reload a target');
  return token;
}

/** Nobody described a target of that name here: no delivery of the same message will find one. */
export class UnknownTarget extends Error {
  override readonly name = 'UnknownTarget';
  readonly code = 'unknown-target';
  readonly retryable = false;
  constructor(target: string) {
    super(`no target is named ${target}`);
  }
}

/** A target that is not described well enough to work with. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}
