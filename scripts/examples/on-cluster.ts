// Plays a transcript by the real kubectl on a real cluster, in real time: each command in a bash of its own, which finds
// the variables, functions and directory of the one before; a namespace of its own stands for `default`. What was made
// is taken away again, also where the play is stopped.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TranscriptCommand } from '../../src/lesson/transcript.ts'
import { withNamespace } from './compare.ts'
import { onlyLooks } from './looks.ts'
import type { Plan, RealCluster } from './plan.ts'

const commandLimit = 180_000
/** Longer than in the simulator: images come from far away. */
const untilLimit = 180_000
/** How long what only looks is asked again, until it is as printed. */
const lateLimit = 30_000
const betweenLooks = 1000

/** kubectl's standard output; throws what it says where it fails. */
export function kubectl(args: readonly string[], env = process.env): string {
  const { status, stdout, stderr, error } = spawnSync('kubectl', args, { encoding: 'utf8', env })
  if (error) throw new Error(`kubectl cannot be started: ${error.message}`)
  if (status !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr.trim()}`)
  return stdout
}

/** The cluster of the current context, as far as a plan asks. */
export function lookAtCluster(): RealCluster {
  const names = (...args: string[]) =>
    kubectl(['get', ...args, '-o', 'name'])
      .split('\n')
      .filter(Boolean)
      .map(each => each.slice(each.indexOf('/') + 1))
  const nodes = names('nodes')
  const controlPlanes = names('nodes', '-l', 'node-role.kubernetes.io/control-plane')
  return {
    nodes,
    // A cluster of one node runs everything there.
    workers: Math.max(1, nodes.length - controlPlanes.length),
    namespaces: names('namespaces'),
    metrics: kubectl(['api-versions']).includes('metrics.k8s.io/'),
    exists(name) {
      const { status, stdout } = spawnSync('kubectl', ['get', name, '-o', 'name'], { encoding: 'utf8' })
      return status === 0 && stdout !== ''
    },
  }
}

export interface Told {
  /** Of each command; undefined where it was left out or not reached. */
  readonly outputs: readonly (string | undefined)[]
  /** Commands that printed that only when they were asked again. */
  readonly late: ReadonlySet<number>
  /** Programs that this machine has not, by the command that named them. */
  readonly missing: ReadonlyMap<number, string>
}

export interface Progress {
  /** A command has ended, or was left out. */
  done(index: number): void
  waits(ms: number): void
  /** Whether that is what the transcript prints. */
  isSame(index: number, output: string): boolean
}

export class ClusterPlay {
  readonly namespace: string
  readonly #plan: Plan
  readonly #folder = mkdtempSync(join(tmpdir(), 'examples-'))
  readonly #env: NodeJS.ProcessEnv
  readonly #children = new Set<ChildProcess>()
  #stopped = false

  constructor(plan: Plan, namespace: string) {
    this.#plan = plan
    this.namespace = namespace
    const kubeconfig = join(this.#folder, '.kubeconfig')
    writeFileSync(kubeconfig, kubectl(['config', 'view', '--raw', '--flatten', '--minify']), { mode: 0o600 })
    this.#env = { ...process.env, KUBECONFIG: kubeconfig }
    kubectl(['config', 'set-context', '--current', `--namespace=${namespace}`], this.#env)
  }

  /** Ends what runs; `play` then returns what it has. */
  stop(): void {
    this.#stopped = true
    for (const child of this.#children) signal(child, 'SIGKILL')
  }

  /** `start`: lines, and seconds to wait. */
  async play(
    start: readonly (string | number)[],
    commands: readonly TranscriptCommand[],
    files: Readonly<Record<string, string>>,
    progress: Progress,
  ): Promise<Told> {
    for (const [file, text] of Object.entries(files)) this.#save(file, text)
    this.#save('.namespace.yaml', `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${this.namespace}\n`)
    kubectl(['create', '-f', join(this.#folder, '.namespace.yaml')], this.#env)
    const outputs: (string | undefined)[] = commands.map(() => undefined)
    const missing = new Map<number, string>()
    const late = new Set<number>()
    for (const line of start) {
      if (this.#stopped) break
      if (typeof line === 'number') {
        progress.waits(line * 1000)
        await this.#pause(line * 1000)
        continue
      }
      const { output, ended } = this.#begin(line)
      const code = await ended
      if (code !== 0 && !this.#stopped) throw new Error(`the lesson's start fails: ${line}\n${output()}`)
    }
    let background: (() => Promise<void>)[] = []
    for (const [i, command] of commands.entries()) {
      if (this.#stopped) break
      if (this.#plan.skipped[i] === undefined) {
        for (const each of command.before) {
          if (each.type === 'wait') {
            progress.waits(each.ms)
            await this.#pause(each.ms)
          } else if (each.type === 'write') this.#save(each.file, each.text)
          else if (each.type === 'until') await this.#until(each.command)
        }
        const finish = this.#command(command)
        const end = async () => {
          const { output, unknown } = await finish()
          outputs[i] = output
          if (command.background || command.typed.length || !onlyLooks(command.text) || unknown) return
          for (
            const limit = Date.now() + lateLimit;
            !progress.isSame(i, outputs[i]!) && Date.now() < limit;
          ) {
            await this.#pause(betweenLooks)
            if (this.#stopped) return
            const again = (await this.#command(command)()).output
            if (!progress.isSame(i, again)) continue
            outputs[i] = again
            late.add(i)
          }
          if (unknown && !command.output.includes('command not found')) missing.set(i, unknown)
        }
        if (command.background) {
          background.push(end)
          await this.#pause(700)
        } else await end()
      }
      if (command.last) {
        for (const each of background) await each()
        background = []
      }
      progress.done(i)
    }
    for (const each of background) await each()
    return { outputs, late, missing }
  }

  /** Takes away what was made; says what could not be. */
  cleanUp(): string[] {
    for (const child of this.#children) signal(child, 'SIGKILL')
    const left: string[] = []
    const remove = (args: readonly string[], what: string) => {
      try {
        kubectl(['delete', '--ignore-not-found', ...args], this.#env)
      } catch (error) {
        left.push(`${what}: ${(error as Error).message}`)
      }
    }
    for (const each of this.#plan.clusterWide) remove([each, '--wait=false'], each)
    for (const each of [...this.#plan.namespaces, this.namespace])
      remove(['namespace', each, '--timeout=120s'], `namespace/${each}`)
    rmSync(this.#folder, { recursive: true, force: true })
    return left
  }

  #save(file: string, text: string): void {
    mkdirSync(dirname(join(this.#folder, file)), { recursive: true })
    writeFileSync(join(this.#folder, file), withNamespace(text, this.namespace))
  }

  async #pause(ms: number): Promise<void> {
    for (const end = Date.now() + ms; Date.now() < end && !this.#stopped; )
      await new Promise(resolve => setTimeout(resolve, Math.min(200, end - Date.now())))
  }

  async #until(command: string): Promise<void> {
    for (const end = Date.now() + untilLimit; Date.now() < end && !this.#stopped; await this.#pause(500))
      if ((await this.#begin(command, false).ended) === 0) return
  }

  /** Its state is kept for the commands after it, unless it only asks. */
  #begin(command: string, keep = true) {
    const state = join(this.#folder, '.state')
    // Before a terminal curl shows no progress, and grep each line as it comes.
    const before = `shopt -s expand_aliases; alias k=kubectl kk=kubectl; curl() { command curl --no-progress-meter "$@"; }; grep() { command grep --line-buffered "$@"; }; [ -f ${state} ] && . ${state} 2> /dev/null\n`
    const after = keep
      ? `\n__code=$?; { declare -p; declare -f; alias -p; echo "cd $(printf %q "$PWD")"; } > ${state} 2> /dev/null; exit $__code`
      : ''
    const own = withNamespace(command, this.namespace)
    // Its input is a socket, behind which bash takes a remote login and would read the user's .bashrc.
    const child = spawn('bash', ['--norc', '-c', before + own + after], {
      cwd: this.#folder,
      env: this.#env,
      detached: true,
    })
    this.#children.add(child)
    let text = ''
    const take = (data: Buffer | string) => {
      text += data.toString()
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.stdin.on('error', () => {}) // it has ended before it read
    const ended = new Promise<number | null>(resolve =>
      child.on('close', code => {
        this.#children.delete(child)
        resolve(code)
      }),
    )
    return { child, ended, take, output: () => text }
  }

  /** Begins it; the returned function waits for its end, by Ctrl-C where that is due. */
  #command(command: TranscriptCommand): () => Promise<{ output: string; unknown?: string | undefined }> {
    // There is no terminal behind it.
    const { child, ended, take, output } = this.#begin(command.text.replace(/\s-(?:it|ti)\b/, ' -i'))
    const begun = Date.now()
    const typing = (async () => {
      for (const typed of command.typed) {
        await this.#pause(500)
        if (typed.type === 'end-of-input') child.stdin.end()
        else {
          take(`${typed.text}\n`)
          child.stdin.write(`${typed.text}\n`)
        }
      }
      child.stdin.end()
    })()
    return async () => {
      await typing
      const limit = command.forMs ?? (command.background ? 0 : commandLimit)
      const left = limit - (Date.now() - begun)
      const inTime = await Promise.race([
        ended.then(() => true),
        this.#pause(Math.max(0, left)).then(() => false),
      ])
      if (!inTime && !this.#stopped) {
        take('^C\n')
        signal(child, 'SIGINT')
        await Promise.race([ended, this.#pause(5000)])
        signal(child, 'SIGKILL')
      }
      await ended
      const [, unknown] = /bash: line \d+: (\S+): command not found/.exec(output()) ?? []
      return { output: output(), unknown }
    }
  }
}

function signal(child: ChildProcess, name: 'SIGINT' | 'SIGKILL'): void {
  if (child.pid === undefined || child.exitCode !== null) return
  try {
    process.kill(-child.pid, name) // with what it has started
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
