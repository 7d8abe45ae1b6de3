// Builds the package and the examples once, before the first test that starts a compiled program.
import { execSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Run by vitest before the `built` project (vitest.config.ts); throws with the compiler's words where it fails. */
export const setup = (): void => {
  for (const script of ['build', 'build:examples']) {
    try {
      // One command line, not a file and arguments: npm is a .cmd file on Windows, which only a shell starts.
      execSync(`npm run --silent ${script}`, { cwd: root, encoding: 'utf8', stdio: 'pipe' })
    } catch (error) {
      const { stdout } = error as { stdout?: string } // what execSync throws carries what the program printed
      throw new Error(`npm run ${script} failed before the tests:\n${stdout ?? ''}`, { cause: error })
    }
  }
}
