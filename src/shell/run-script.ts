// A script on a bare machine: an empty directory, bash and the tools, no network. For tests.

import { Disk } from '../engine/disk.ts'
import { Engine } from '../engine/engine.ts'
import { MemoryFiles } from '../engine/memory-files.ts'
import type { Network } from '../engine/network.ts'
import { Buffer, emptyInput } from '../engine/pipe.ts'
import type { Process } from '../engine/process.ts'
import { Fiber } from '../engine/task.ts'
import { programs } from './command.ts'
import { bash, type Dialect } from './dialect.ts'
import { shellProgram } from './sh.ts'
import { tools } from './tools/index.ts'

/** `exit`: the exit code, the signal that ended it, or null where it still ran after a virtual hour. */
export function runScript(
  script: string,
  { dialect = bash, interruptAt = 0 }: { dialect?: Dialect; interruptAt?: number } = {},
) {
  const engine = new Engine({ seed: 1, epoch: 1_795_430_000_000 })
  const files = new MemoryFiles({ now: () => engine.now, disk: new Disk(64 * 2 ** 20) })
  for (const path of ['/work', '/tmp', '/dev']) files.mkdir(path)
  const run = shellProgram(dialect)
  const find = programs([...tools, { name: 'bash', summary: '', run }, { name: 'sh', summary: '', run }])
  const [stdout, stderr] = [new Buffer(), new Buffer()]
  const process: Process = {
    engine,
    pid: 100,
    argv: [dialect.name, '-c', script],
    env: new Map([
      ['HOME', '/root'],
      ['PATH', '/bin'],
    ]),
    cwd: '/work',
    user: 'root',
    hostname: 'machine',
    files,
    network: {} as Network,
    stdin: emptyInput,
    stdout,
    stderr,
    terminal: undefined,
    find,
  }
  const fiber = new Fiber(engine, run(process))
  if (interruptAt) engine.after(interruptAt, () => fiber.interrupt('SIGINT'))
  engine.runUntil(() => fiber.done, 3_600_000)
  const outcome = fiber.outcome.value
  const exit =
    outcome?.type === 'returned' ? outcome.value : outcome?.type === 'signalled' ? outcome.signal : null
  if (outcome?.type === 'threw') throw outcome.error
  return { stdout: stdout.text, stderr: stderr.text, exit }
}
