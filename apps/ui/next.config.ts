import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const workspace = fileURLToPath(new URL('../..', import.meta.url));

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  turbopack: { root: workspace },
  // The project's TypeScript is the native compiler, which has a CLI and no JavaScript API.
  experimental: { useTypeScriptCli: true },
};

export default config;
