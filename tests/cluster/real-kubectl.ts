// The kubectl of the machine in the place of the world's own: called by the world's shell, with its arguments, streams,
// working directory and signals, it asks the world's API server over HTTP.
import { spawn, spawnSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { feed } from '../../scripts/cluster/streams-pipes.ts'
import { fromBytes, toBytes } from '../../src/engine/bytes.ts'
import { Pipe } from '../../src/engine/pipe.ts'
import type { Process, Program } from '../../src/engine/process.ts'
import { Deferred, Fiber, Interrupt, type Task, wait } from '../../src/engine/task.ts'

export const program = process.env.KUBECTL || 'kubectl'

/** Why there is none to hold anything against; '' where there is one. */
export function whyMissing(): string {
  const { status } = spawnSync(program, ['version', '--client', '-o', 'json'])
  return status === 0 ? '' : `there is no ${program} on this machine`
}

export class RealKubectl {
  /** The processes of calls that have not ended. */
  readonly running = new Set<number>()
  calls = 0
  readonly #folder = mkdtempSync(join(tmpdir(), 'real-kubectl-'))

  /** To be found by the world's shell. */
  readonly run: Program = process => this.#run(process)

  constructor(kubeconfig: object) {
    writeFileSync(join(this.#folder, 'kubeconfig'), JSON.stringify(kubeconfig))
  }

  close(): void {
    rmSync(this.#folder, { recursive: true })
  }

  *#run(process: Process): Task<number> {
    const { engine, argv, cwd, env } = process
    const folder = this.#copy(process)
    const editor = env.get('KUBE_EDITOR')
    const child = spawn(program, argv.slice(1), {
      cwd: folder,
      env: {
        ...(editor && { KUBE_EDITOR: editor }),
        PATH: globalThis.process.env.PATH,
        HOME: this.#folder,
        KUBECONFIG: join(this.#folder, 'kubeconfig'),
        TERM: 'xterm',
        PWD: cwd,
      },
    })
    // None where it could not be started, which its end says.
    const call = child.pid ?? 0
    this.running.add(call)
    this.calls++
    const ended = new Deferred<number>()
    // Kept in the order in which they come, as a terminal shows them.
    const [output, errors] = [new Pipe(), new Pipe()]
    feed(engine, child.stdout, output, text => process.stdout.write(text))
    feed(engine, child.stderr, errors, text => process.stderr.write(text))
    child.on('error', () => ended.settle(127))
    child.on('close', (code, signal) => ended.settle(code ?? (signal === 'SIGINT' ? 130 : 143)))
    child.stdin.on('error', () => {})
    const input = new Fiber(
      engine,
      give(
        process,
        text => child.stdin.write(toBytes(text)),
        () => child.stdin.end(),
      ),
    )
    // Only what asks for it reads it; the rest leaves it to the next command.
    if (!readsInput(argv)) {
      input.kill()
      child.stdin.end()
    }
    try {
      for (;;)
        try {
          const code = yield* wait(ended)
          this.#giveBack(process, folder)
          return code
        } catch (error) {
          if (!(error instanceof Interrupt)) throw error
          child.kill(error.signal)
        }
    } finally {
      this.running.delete(call)
      input.kill()
      child.kill('SIGKILL')
    }
  }

  /** The files of the working directory as they are now; where they stand. */
  #copy({ files, cwd }: Process): string {
    const folder = join(this.#folder, 'work', relative('/', cwd))
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    const copy = (directory: string): void => {
      for (const name of files.list(directory)) {
        const path = `${directory}/${name}`
        if (files.stat(path).type === 'directory') copy(path)
        else {
          const to = join(folder, relative(cwd, path))
          mkdirSync(dirname(to), { recursive: true })
          writeFileSync(to, toBytes(files.read(path)))
        }
      }
    }
    copy(cwd)
    return folder
  }

  /** What it wrote into its working directory. */
  #giveBack({ files, cwd }: Process, folder: string): void {
    for (const entry of globSync('**/*', { cwd: folder, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const from = join(entry.parentPath, entry.name)
      const to = join(cwd, relative(folder, from))
      const text = fromBytes(readFileSync(from))
      if (!files.exists(to) || files.read(to) !== text) files.write(to, text)
    }
  }
}

const readsInput = (argv: readonly string[]): boolean =>
  argv.some(word => word === '-' || /^-(?:i|it|ti)$/.test(word) || word === '--stdin' || word === '-f-')

function* give(process: Process, write: (text: string) => void, end: () => void): Task {
  for (let text = yield* process.stdin.read(); text !== undefined; text = yield* process.stdin.read())
    write(text)
  end()
}
