/** The Postgres of a test run: started by the run's global setup when the first spec asks, ends with it. */
import { startPostgres } from '@selfheal/stack';

const [dir = ''] = process.argv.slice(2);
process.on('SIGINT', () => undefined);

try {
  const postgres = await startPostgres({ dir, durable: false });
  process.on('disconnect', () => void postgres.stop().finally(() => process.exit(0)));
  process.send?.({ url: postgres.url });
} catch (error) {
  process.send?.({ error: error instanceof Error ? error.message : String(error) });
  process.disconnect();
}
