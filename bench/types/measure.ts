// `npm run bench -- types`: what the compiler does for a program over 200 models with 2,000 relations, on TypeScript 5.9 and 7; once with
// the file that `slumber types` writes, once with `ContractOf`. Prints a table and writes bench/results/types.json.
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { serve } from 'slumberjs/node'
import type { Service } from 'slumberjs/server'
import { service, tables, use } from './fixture.js'

const BENCH = new URL('../../', import.meta.url) // this file is compiled into bench/.build/types
const ROOT = new URL('../', BENCH)
const folder = new URL('.build/types/fixture/', BENCH)

const compilers: Readonly<Record<string, URL>> = {
  '5.9': new URL('node_modules/typescript-5.9/', BENCH),
  '7': new URL('node_modules/typescript/', ROOT),
}

/** Type instantiations at the most. */
const targets: Readonly<Record<string, number>> = { generated: 100_000, ContractOf: 3_000_000 }

const programs: Readonly<Record<string, { readonly services: string; readonly files: readonly string[] }>> = {
  generated: { services: `import type { Services } from './slumber.js'\n`, files: ['use-generated.ts'] },
  ContractOf: {
    services: `import type { ContractOf } from 'slumberjs/server'\nimport type { bench } from './service.js'\n\ntype Services = ContractOf<typeof bench>\n`,
    files: ['use-ContractOf.ts'],
  },
  'tables and service alone': { services: '', files: ['service.ts'] },
}

const run = promisify(execFile)

interface Measured {
  readonly program: string
  readonly typescript: string
  readonly instantiations: number
  readonly types: number
  /** Seconds, of one run. */
  readonly check: number
  readonly target?: number
}

await writeFixture()
const results: Measured[] = []
for (const [program, { files }] of Object.entries(programs)) {
  for (const typescript of Object.keys(compilers)) results.push(await measure(program, typescript, files))
}
print(results)
mkdirSync(new URL('results/', BENCH), { recursive: true })
writeFileSync(new URL('results/types.json', BENCH), `${JSON.stringify(results, null, 2)}\n`)
if (results.some(({ instantiations, target = Infinity }) => instantiations > target)) process.exitCode = 1

/** The generated file is written by the command, of the running service. */
async function writeFixture(): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const write = (name: string, text: string): void => writeFileSync(new URL(name, folder), text)
  write('tables.ts', tables())
  write('tables.js', tables().replace(', type AnySQLiteColumn', '').replaceAll('(): AnySQLiteColumn =>', '() =>'))
  write('service.ts', service())
  write('service.js', service())
  for (const [program, { services }] of Object.entries(programs)) {
    if (services !== '') write(`use-${program}.ts`, use(services))
  }
  const { bench } = (await import(new URL('service.js', folder).href)) as { bench: Service } // see fixture.ts
  const server = await serve(bench.fetch)
  try {
    const command = fileURLToPath(new URL('dist/cli/main.js', ROOT))
    const output = fileURLToPath(new URL('slumber.ts', folder))
    await run(process.execPath, [command, 'types', `${server.url}/`, '-o', output, '--user', 'bench:bench'])
  } finally {
    await server.close()
  }
  for (const name of ['tables.js', 'service.js']) rmSync(new URL(name, folder))
}

async function measure(program: string, typescript: string, files: readonly string[]): Promise<Measured> {
  const config = {
    compilerOptions: {
      target: 'ES2023',
      lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
      types: [],
      module: 'nodenext',
      moduleResolution: 'nodenext',
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      noEmit: true,
    },
    files,
  }
  writeFileSync(new URL('tsconfig.json', folder), JSON.stringify(config))
  const compiler = new URL('bin/tsc', compilers[typescript])
  const { stdout } = await run(process.execPath, [
    fileURLToPath(compiler),
    '-p',
    fileURLToPath(new URL('tsconfig.json', folder)),
    '--extendedDiagnostics',
    // Several checkers of TypeScript 7 find out the same types, and their figures are added up.
    ...(typescript === '7' ? ['--singleThreaded'] : []),
  ])
  const figure = (name: string): number => Number(new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(stdout)?.[1])
  return {
    program,
    typescript: versionOf(typescript),
    instantiations: figure('Instantiations'),
    types: figure('Types'),
    check: figure('Check time'),
    ...(targets[program] === undefined ? {} : { target: targets[program] }),
  }
}

function versionOf(typescript: string): string {
  const manifest = readFileSync(new URL('package.json', compilers[typescript]), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version // of every package
}

function print(measured: readonly Measured[]): void {
  const rows = measured.map(({ program, typescript, instantiations, types, check, target }) => ({
    program,
    TypeScript: typescript,
    instantiations: instantiations.toLocaleString('en'),
    'at most': target?.toLocaleString('en') ?? '',
    types: types.toLocaleString('en'),
    'check (s)': check,
  }))
  console.table(rows)
}
