// Fails where an export's type is not written down (TypeScript's `isolatedDeclarations`), so that the public types
// are what somebody chose, not what inference gave. Files that define Drizzle tables or columns are exempt: such a
// table's type is its inference. The compiler has no switch per file, hence this filter over its messages.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const compiler = 'node_modules/typescript/bin/tsc'
const options = ['-p', 'tsconfig.build.json', '--isolatedDeclarations', '--noEmit', '--pretty', 'false']
const run = spawnSync(process.execPath, [compiler, ...options], { encoding: 'utf8' })

/** True where the file takes more than types from one of Drizzle's dialect modules. */
const definesTables = (file) => /^import \{[^}]*\} from 'drizzle-orm\/\w+-core'/m.test(readFileSync(file, 'utf8'))

// "src/x/y.ts(3,7): error TS9010: …": the 90xx family is isolatedDeclarations; other errors are for `tsc` itself.
const faults = run.stdout.split('\n').filter((line) => {
  const [, file] = /^(\S[^(]*)\(\d+,\d+\): error TS90\d\d:/.exec(line) ?? []
  return file !== undefined && !definesTables(file)
})
for (const fault of faults) console.error(fault)
if (run.error) throw run.error
process.exitCode = faults.length > 0 ? 1 : 0
