import { fileURLToPath } from 'node:url';

/** The root of the repository (or of the image): what `apps/` and `libs/` are in. */
export const repositoryRoot = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');
/** The entry of a service, as built. */
export const serviceEntry = (name: string): string => `${repositoryRoot}/apps/${name}/dist/main.js`;
/** Programs that the workspace's packages install. */
export const packageBinaries = `${repositoryRoot}/node_modules/.bin`;
