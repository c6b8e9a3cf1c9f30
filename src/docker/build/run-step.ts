// RUN: a container on the state so far, in which the command runs; what it leaves on the disk is the next state.
import { imageFiles } from '../../containers/image-files.ts'
import { UnknownUser } from '../../containers/security.ts'
import type { MemoryFiles } from '../../engine/memory-files.ts'
import { anyOf, sleep, type Task, wait } from '../../engine/task.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { makeContainer } from '../daemon/launch.ts'
import { BuildError } from './errors.ts'
import type { CommandStep } from './instructions.ts'
import type { Vertex } from './progress.ts'
import type { StageState } from './state.ts'

/** runc needs a moment before the command's first word. Four are recorded: 0.18, 0.18, 0.40 and 0.49 s. */
const startMs = 180
const hostname = 'buildkitsandbox'

export const defaultShell = ['/bin/sh', '-c']

/** The words that are run. */
export function runArgs(step: CommandStep, { config }: Pick<StageState, 'config'>): string[] {
  const { command, heredocs } = step
  if (!command.isShell) return [...command.words]
  let text = command.words[0] ?? ''
  // `RUN <<EOF` runs the document itself; with words before it the document is their input.
  const only = /^<<-?(['"]?)\w+\1$/.test(text.trim())
  if (heredocs.length)
    text = only
      ? heredocs[0]!.content
      : `${text}\n${heredocs.map(each => `${each.content}${each.name}\n`).join('')}`
  return [...(config.shell ?? defaultShell), text]
}

/** The files that the command leaves; throws BuildError where it fails. */
export function* runStep(
  daemon: Daemon,
  state: StageState,
  argv: readonly string[],
  args: readonly string[],
  vertex: Vertex,
  lines: readonly [number, number],
): Task<MemoryFiles> {
  const { config, base } = state
  const files = imageFiles(() => daemon.engine.now, { image: { ...base, root: state.root } })
  const failed = (code: number, words: string): BuildError => {
    const message = `process "${words}" did not complete successfully: exit code: ${code}`
    vertex.done({ error: message })
    return new BuildError(message, lines, vertex)
  }
  const words = argv.join(' ')
  let container: ReturnType<typeof makeContainer>
  try {
    container = makeContainer(daemon, {
      id: daemon.random.hex(64),
      name: 'buildkit',
      imageName: 'buildkit',
      image: { ...base, root: state.root },
      files,
      argv,
      env: [...args, ...config.env],
      cwd: config.workingDir || '/',
      user: config.user ?? '',
      hostname,
      network: daemon.machine.network,
    })
  } catch (error) {
    if (!(error instanceof UnknownUser)) throw error
    vertex.done({ error: error.message })
    throw new BuildError(error.message, lines, vertex)
  }
  yield* sleep(startMs * daemon.machine.disk.slowness)
  const problem = container.start(false)
  if (problem) {
    vertex.log(`runc run failed: unable to start container process: ${problem}`)
    throw failed(1, words)
  }
  let shown = 0
  const show = () => {
    const all = container.log.lines()
    // A line that is not ended may go on.
    const end = all.length - (container.running && all.at(-1)?.complete === false ? 1 : 0)
    for (const { text } of all.slice(shown, end)) vertex.log(text)
    shown = Math.max(shown, end)
  }
  try {
    while (container.running) {
      yield* wait(anyOf(container.log.changed, container.ended))
      show()
    }
  } finally {
    if (container.running) container.signal('SIGKILL')
  }
  show()
  const code = container.state.exitCode ?? 0
  if (code !== 0) throw failed(code, words)
  return files.fork()
}
