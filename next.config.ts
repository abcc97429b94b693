import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // No optimiser: it fetches and decodes what others name. Our few pictures are served as they are.
  images: { unoptimized: true },
  serverExternalPackages: ['pg', 'pino', '@prisma/client', '@prisma/adapter-pg'],
  // All else gets its headers in proxy.ts, which static files do not pass.
  headers: async () => [
    { source: '/_next/static/:path*', headers: [{ key: 'X-Content-Type-Options', value: 'nosniff' }] },
  ],
  experimental: { serverActions: { bodySizeLimit: '64kb' }, proxyClientMaxBodySize: '128kb' },
}

export default config
