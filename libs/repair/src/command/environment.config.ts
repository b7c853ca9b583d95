/** What Node's own parent processes put into the environment of their children: not the user's, and not for ours. */
const NOT_THE_USERS = ['NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE', 'NODE_UNIQUE_ID', 'NODE_TEST_CONTEXT'];

/** The environment that the user started selfheal in. */
export function userEnvironment(): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  for (const name of NOT_THE_USERS) delete env[name];
  return env;
}
