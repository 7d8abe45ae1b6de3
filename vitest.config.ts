// Two projects: `source` runs the TypeScript of src/ as it stands; `built` holds the tests that start compiled
// programs (the command, the examples), and only when one of those is selected is the package built first.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const entry = (name: string) => fileURLToPath(new URL(`./src/entries/${name}.ts`, import.meta.url))

const BUILT = ['test/examples/**/*.test.ts', 'test/cli/**/*.test.ts']

export default defineConfig({
  resolve: {
    alias: [
      { find: /^slumberjs$/, replacement: entry('client') },
      { find: /^slumberjs\/([a-z]+)$/, replacement: entry('$1') },
    ],
  },
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'source', include: ['test/**/*.test.ts'], exclude: BUILT },
      },
      {
        extends: true,
        test: { name: 'built', include: BUILT, globalSetup: 'test/global-setup.ts' },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'html'],
    },
  },
})
