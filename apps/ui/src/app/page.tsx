import { connection } from 'next/server';
import { readConfig } from '../config';
import { Dashboard } from '../dashboard';

/** Rendered for each request, because the gateway's address belongs to where this runs and not to the build. */
export default async function Page() {
  await connection();
  return <Dashboard gatewayUrl={readConfig().gatewayUrl} />;
}
