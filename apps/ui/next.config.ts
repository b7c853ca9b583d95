import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const workspace = fileURLToPath(new URL('../..', import.meta.url));

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  turbopack: { root: workspace },
  experimental: {
    // The project's TypeScript is the native compiler, which has a CLI and no JavaScript API.
    useTypeScriptCli: true,
    optimizePackageImports: ['@mantine/core', '@mantine/hooks'],
  },
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        // The gateway's address is known at run time only, so connections are not narrowed here.
        { key: 'Content-Security-Policy', value: "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'" },
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Referrer-Policy', value: 'no-referrer' },
      ],
    },
  ],
};

export default config;
