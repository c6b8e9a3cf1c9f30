// Runs a command of the project with the pinned tools first on PATH.
import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

export interface RunResult {
  readonly code: number
  /** stdout and stderr as they came. */
  readonly output: string
}

export interface RunOptions {
  readonly env?: Record<string, string>
  /** Show the output while it comes, each line behind this, and not only on failure. */
  readonly show?: string
  readonly onLine?: (line: string) => void
}

export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...options.env,
    PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  }
  // A test that runs a command must not pass on what the test runner set for itself.
  if (env.VITEST)
    for (const name of ['VITEST', 'NODE_ENV', 'BASE_URL', 'MODE', 'DEV', 'PROD', 'SSR']) delete env[name]
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let rest = ''
    const tell = (line: string) => {
      if (options.show !== undefined) console.log(line && options.show + line)
      options.onLine?.(line)
    }
    const take = (chunk: Buffer) => {
      const text = chunk.toString()
      output += text
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) tell(line)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', reject)
    child.on('close', code => {
      if (rest) tell(rest)
      resolve({ code: code ?? 1, output })
    })
  })
}
