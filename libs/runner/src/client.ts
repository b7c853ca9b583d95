import { problem } from '@selfheal/contracts';
import { PROBLEMS, type ReloadResult, type RunnerStatus, reloadResult, runnerStatus } from './control-api.js';

/** The new code did not come up; the old worker serves as before. Trying the same code again gives the same. */
export class ReloadFailed extends Error {
  override readonly name = 'ReloadFailed';
}

/** The runner cannot be reached or is stopping: another try later may work. */
export class RunnerUnavailable extends Error {
  override readonly name = 'RunnerUnavailable';
}

/** The runner answered with an error that is nobody's crash: a wrong token, a wrong address. */
export class RunnerRefused extends Error {
  override readonly name = 'RunnerRefused';
}

interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Speaks to the control API of one runner. */
export class RunnerClient {
  private readonly controlUrl: string;
  private readonly token: string;

  /** @param controlUrl such as `http://127.0.0.1:4500`, without a path. */
  constructor(controlUrl: string, token: string) {
    this.controlUrl = controlUrl;
    this.token = token;
  }

  /**
   * Replaces the live worker by one that runs the code as it is on disk now. When it resolves, new connections go to
   * the new worker only. @throws {ReloadFailed} @throws {RunnerUnavailable} @throws {RunnerRefused}
   */
  async reload(options: CallOptions = {}): Promise<ReloadResult> {
    return reloadResult.parse(await this.call('POST', '/reload', options));
  }

  /** @throws {RunnerUnavailable} @throws {RunnerRefused} */
  async status(options: CallOptions = {}): Promise<RunnerStatus> {
    return runnerStatus.parse(await this.call('GET', '/status', options));
  }

  private async call(method: string, path: string, { signal }: CallOptions): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.token}` };
    const response = await fetch(new URL(path, this.controlUrl), { method, headers, signal, redirect: 'error' }).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      throw new RunnerUnavailable(`no answer from the runner at ${this.controlUrl}`, { cause: error });
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok) return body;
    const { type, detail } = problem.safeParse(body).data ?? { type: '', detail: undefined };
    const said = detail ?? `HTTP ${response.status}`;
    if (type === PROBLEMS.reloadFailed) throw new ReloadFailed(said);
    if (type === PROBLEMS.stopping) throw new RunnerUnavailable(said);
    throw new RunnerRefused(`the runner at ${this.controlUrl} refused: ${said}`);
  }
}
