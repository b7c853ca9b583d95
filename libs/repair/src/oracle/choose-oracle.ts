import { type CommandOracleSettings, commandOracle } from './command-oracle.js';
import type { Oracle } from './oracle.js';
import type { OracleSandbox } from './sandbox.js';
import { openWarmOracle, type WarmSettings } from './warm-oracle.js';

export type ChooseOracleSettings<S extends OracleSandbox> = CommandOracleSettings<S> &
  Pick<WarmSettings, 'isTest'> & {
    /** Told why warm workers were not used. */
    readonly onFallBack?: (reason: string) => void;
  };

/**
 * The fastest oracle that says the same of the base as the recording: warm workers that replay the failing process, else the
 * command itself. What it starts ends with `close` and with the signal. Rejects only when the signal has fired.
 */
export async function chooseOracle<S extends OracleSandbox>(settings: ChooseOracleSettings<S>): Promise<Oracle> {
  try {
    return await openWarmOracle(settings);
  } catch (error) {
    settings.signal.throwIfAborted();
    settings.onFallBack?.(error instanceof Error ? error.message : String(error));
    return commandOracle(settings);
  }
}
