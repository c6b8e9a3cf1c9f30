// kubectl over an API server that nobody else uses: no controllers, no nodes, no shell.
import { Server } from '../src/api/server.ts'
import { seedObjects } from '../src/cluster/seed.ts'
import { Engine, parseTime } from '../src/engine/engine.ts'
import { MemoryFiles } from '../src/engine/memory-files.ts'
import { Buffer, emptyInput } from '../src/engine/pipe.ts'
import type { Process } from '../src/engine/process.ts'
import { Fiber } from '../src/engine/task.ts'
import { kubectl } from '../src/kubectl/kubectl.ts'

const server = 'https://10.0.2.2:6443'

/** `run` takes kubectl's arguments, and gives up after 10 s of virtual time. */
export function loneKubectl() {
  const epoch = parseTime('2026-11-23T09:30:00Z')
  const engine = new Engine({ seed: 1, epoch })
  const api = new Server({ engine })
  api.seed(seedObjects(epoch))
  const files = new MemoryFiles({ now: () => engine.now, uid: 1000 })
  files.mkdir('/home/learner/.kube', { parents: true })
  files.write(
    '/home/learner/.kube/config',
    `{clusters: [{name: lab, cluster: {server: "${server}"}}], contexts: [{name: lab, context: {cluster: lab}}], current-context: lab}`,
  )
  const program = kubectl({ api, server, administrator: [] })
  const run = (...argv: string[]) => {
    const [stdout, stderr] = [new Buffer(), new Buffer()]
    const process = {
      engine,
      pid: 1,
      argv: ['kubectl', ...argv],
      env: new Map([['HOME', '/home/learner']]),
      cwd: '/home/learner',
      user: 'learner',
      hostname: 'desk',
      files,
      stdin: emptyInput,
      stdout,
      stderr,
      terminal: undefined,
      find: () => undefined,
    } as unknown as Process
    const fiber = new Fiber(engine, program(process))
    engine.runUntil(() => fiber.done, 10_000)
    const outcome = fiber.outcome.value
    return {
      stdout: stdout.text,
      stderr: stderr.text,
      exit: outcome?.type === 'returned' ? outcome.value : outcome,
    }
  }
  return { api, engine, files, run }
}
