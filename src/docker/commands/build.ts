// docker build: the client's side of BuildKit. It finds the Dockerfile, sends what the builder asks for, and shows what
// goes on: as a picture on a terminal, as lines elsewhere. Words: buildx 0.24.

import { byteLength } from '../../engine/bytes.ts'
import { FileError, resolvePath } from '../../engine/files.ts'
import { readAll } from '../../engine/pipe.ts'
import { Deferred, Fiber, sleep, type Task, wait } from '../../engine/task.ts'
import { ignoreFile } from '../build/context.ts'
import { DockerfileError, excerpt, parseDockerfile } from '../build/dockerfile.ts'
import { BuildError, failedStep } from '../build/errors.ts'
import { exportImage } from '../build/export.ts'
import { parseStages } from '../build/instructions.ts'
import { lint, type Warning, warningText } from '../build/lint.ts'
import type { ContextSource } from '../build/load-context.ts'
import { Progress } from '../build/progress.ts'
import { PlainProgress } from '../build/progress-plain.ts'
import { TerminalProgress } from '../build/progress-terminal.ts'
import { PushError, pushBuilt } from '../build/push-built.ts'
import { type BuildOptions, Solver } from '../build/solver.ts'
import { transferred } from '../build/transfer.ts'
import { type Command, type Context, exactly } from '../command.ts'
import { DockerError } from '../errors.ts'
import { ConfigFile, serverOf } from '../images/config-file.ts'
import { whatIsWrong } from '../images/reference.ts'
import type { StoredImage } from '../images/store.ts'

/**
 * The client starts a program of its own for builds, and a session with the builder: an estimate, as is what reading a
 * Dockerfile takes.
 */
const startMs = 150
const definitionMs = 6
const modes = new Set(['auto', 'plain', 'tty', 'quiet', 'rawjson', 'none'])

interface Source {
  readonly directory: string
  /** Absolute path of the Dockerfile; undefined where it came by stdin. */
  readonly dockerfile: string | undefined
  /** As the progress calls it. */
  readonly shown: string
  /** Undefined where there is no such file. */
  readonly text: string | undefined
}

function fail(message: string): never {
  throw new DockerError(`ERROR: ${message}`)
}

/** Where the context and the Dockerfile are; throws what the client says before anything is sent. */
function* source({ process, flags, args: [path = ''] }: Context): Task<Source> {
  const { files, cwd, stdin } = process
  const given = flags.text('file')
  if (path === '-') {
    const text = yield* readAll(stdin)
    return { directory: '/nonexistent', dockerfile: undefined, shown: 'Dockerfile', text }
  }
  if (/^(https?|git|ssh):\/\/|^git@|^github\.com\//.test(path))
    fail(
      `failed to solve: failed to read dockerfile: failed to load cache key: Get "${path}": dial tcp: lookup ${path.replace(/^\w+:\/\//, '').replace(/[/:].*$/, '')} on 127.0.0.1:53: no such host`,
    )
  const directory = resolvePath(cwd, path)
  if (!files.exists(directory)) fail(`unable to prepare context: path ${JSON.stringify(path)} not found`)
  if (files.stat(directory).type !== 'directory')
    fail(`unable to prepare context: path ${JSON.stringify(path)} is not a directory`)
  if (given === '-') {
    const text = yield* readAll(stdin)
    return { directory, dockerfile: undefined, shown: 'Dockerfile', text }
  }
  const inContext = (name: string) => `${directory === '/' ? '' : directory}/${name}`
  let dockerfile = given ? resolvePath(cwd, given) : inContext('Dockerfile')
  if (!given && !files.exists(dockerfile) && files.exists(inContext('dockerfile')))
    dockerfile = inContext('dockerfile')
  const shown = dockerfile.split('/').at(-1)!
  const text =
    files.exists(dockerfile) && files.stat(dockerfile).type === 'file' ? files.read(dockerfile) : undefined
  return { directory, dockerfile, shown, text }
}

function checkTags(tags: readonly string[]): void {
  for (const tag of tags) {
    const wrong = whatIsWrong(tag)
    if (wrong) fail(`invalid tag ${JSON.stringify(tag)}: ${wrong}`)
  }
}

/** `--build-arg A=1`; without a value, that of the client's environment. */
function buildArgs({ process, flags }: Context): ReadonlyMap<string, string | undefined> {
  const args = new Map<string, string | undefined>()
  for (const text of flags.list('build-arg')) {
    const [name = '', value] = text.split(/=([\s\S]*)/)
    const known = value ?? process.env.get(name)
    if (known !== undefined) args.set(name, known)
  }
  return args
}

const labelsOf = (texts: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    texts.map(text => text.split(/=([\s\S]*)/)).map(([key = '', value = '']) => [key, value]),
  )

class Build {
  readonly warnings: Warning[] = []
  readonly context: Context
  readonly progress: Progress
  readonly source: Source

  constructor(context: Context, progress: Progress, from: Source) {
    this.context = context
    this.progress = progress
    this.source = from
  }

  *run(): Task<StoredImage> {
    const { daemon, flags, process, config } = this.context
    const { directory, text } = this.source
    const parsed = parseDockerfile(yield* this.#definition())
    const program = parseStages(parsed)
    const files = process.files
    const ignored = ignoreFile(files, directory, this.source.dockerfile ?? `${directory}/Dockerfile`)
    const source: ContextSource = {
      files,
      directory,
      ignored,
      ignoreBytes: transferred(ignored.text === undefined ? [] : [sent(ignored.name, ignored.text)]),
      loaded: new Deferred(),
    }
    const configFile = new ConfigFile(files, config)
    const options: BuildOptions = {
      target: flags.text('target') || undefined,
      args: buildArgs(this.context),
      noCache: flags.is('no-cache'),
      pull: flags.is('pull'),
      labels: labelsOf(flags.list('label')),
      login: host => configFile.login(serverOf(host)),
    }
    const solver = new Solver(daemon, program, parsed.escapeMark, source, this.progress, options)
    const vertex = this.progress.vertices[0]!
    solver.target()
    this.warnings.push(...lint(parsed, program.stages))
    for (const each of this.warnings) vertex.warn(warningText(each))
    vertex.done()
    const { now } = daemon.engine
    daemon.cache.keepContext('local source for dockerfile', new Map(), byteLength(text ?? ''), now)
    daemon.cache.keepContext('local source for ignore', new Map(), byteLength(ignored.text ?? ''), now)
    const state = yield* solver.solve()
    const tags = flags.list('tag')
    const stored = yield* exportImage(daemon, state, options.labels, tags, this.progress)
    if (flags.is('push')) yield* pushBuilt(daemon, tags, options.login, this.progress)
    return stored
  }

  /** The Dockerfile comes first; what is wrong with it is told when its step has ended. */
  *#definition(): Task<string> {
    const { shown, text } = this.source
    const vertex = this.progress.vertex(`[internal] load build definition from ${shown}`).start()
    const status = vertex.status('transferring dockerfile:')
    yield* sleep(definitionMs)
    vertex.update(status, transferred(text === undefined ? [] : [sent(shown, text)]), true)
    if (text === undefined) {
      vertex.done()
      throw new BuildError(`failed to read dockerfile: open ${shown}: no such file or directory`)
    }
    return text
  }
}

const sent = (path: string, text: string) => ({
  path,
  isDirectory: false,
  size: byteLength(text),
  modified: 0,
  mode: 0o644,
})

/** What is shown after the steps of a build that failed. */
function report(error: DockerfileError | BuildError, { shown, text }: Source): string {
  const step = error instanceof BuildError && error.vertex ? failedStep(error.vertex) : ''
  return step + (error.lines && text !== undefined ? excerpt(shown, text, error.lines) : '')
}

const uncommitted =
  'WARNING: current commit information was not captured by the build: failed to read current commit information with git rev-parse --is-inside-work-tree\n'

export const build: Command = {
  names: ['build', 'builder build', 'image build', 'buildx build'],
  aliases: 'docker build, docker builder build, docker image build, docker buildx b',
  plugin: 'buildx build',
  usage: '[OPTIONS] PATH | URL | -',
  arguments: exactly(1),
  flags:
    'add-host:strings allow:stringArray annotation:stringArray attest:stringArray build-arg:stringArray build-context:stringArray builder:string=default cache-from:stringArray cache-to:stringArray call:string=build cgroup-parent:string check debug,D file,f:string iidfile:string label:stringArray load metadata-file:string network:string=default no-cache no-cache-filter:stringArray output,o:stringArray platform:stringArray progress:string=auto provenance:string pull push quiet,q sbom:string secret:stringArray shm-size:bytes ssh:stringArray tag,t:stringArray target:string ulimit:ulimit memory,m:string cpu-quota:int rm force-rm',
  withoutEffect:
    'add-host allow annotation attest build-context builder cache-from cache-to call cgroup-parent check cpu-quota debug force-rm memory metadata-file no-cache-filter output provenance sbom secret shm-size ssh ulimit',
  *run(context) {
    const { process, daemon, flags } = context
    const { engine } = daemon
    const { stdout, stderr, terminal, files, cwd } = process
    yield* sleep(startMs)
    const mode = flags.text('progress')
    if (!modes.has(mode)) fail(`invalid progress mode ${mode}`)
    checkTags(flags.list('tag'))
    if (flags.is('push') && flags.list('tag').length === 0) fail('tag is needed when pushing to registry')
    const from = yield* source(context)
    try {
      yield* daemon.call(process, '/_ping', 'HEAD')
    } catch (error) {
      if (error instanceof DockerError) fail(error.message)
      throw error
    }
    const progress = new Progress(() => engine.now)
    const isQuiet = flags.is('quiet') || mode === 'quiet'
    const display = isQuiet
      ? undefined
      : mode === 'tty' || (mode === 'auto' && terminal)
        ? new TerminalProgress(
            progress,
            terminal ? process : { ...process, terminal: { columns: 80, rows: 24 } },
          )
        : new PlainProgress(progress, stderr)
    const task = new Build(context, progress, from)
    const fiber = new Fiber(engine, task.run())
    const showing = display && new Fiber(engine, display.run())
    let outcome: { stored: StoredImage } | { error: unknown }
    try {
      const result = yield* wait(fiber.outcome)
      if (result.type === 'returned') outcome = { stored: result.value }
      else outcome = { error: result.type === 'threw' ? result.error : undefined }
      // The Dockerfile has come, whatever is wrong with it.
      progress.vertices[0]?.done()
      for (const vertex of progress.vertices) vertex.cancel()
      progress.end()
      if (showing) yield* wait(showing.outcome)
    } catch (error) {
      fiber.kill()
      for (const vertex of progress.vertices) vertex.cancel()
      progress.end()
      if (showing) showing.kill()
      stderr.write('ERROR: failed to build: failed to solve: Canceled: context canceled\n')
      throw error
    }
    const hasGit = from.dockerfile !== undefined && files.exists(resolvePath(from.directory, '.git'))
    if ('error' in outcome) {
      const { error } = outcome
      if (error instanceof PushError) fail(error.message)
      if (!(error instanceof DockerfileError || error instanceof BuildError)) {
        if (error instanceof FileError) fail(`failed to solve: ${error.reason.toLowerCase()}: ${error.path}`)
        throw error
      }
      const step = error instanceof BuildError && error.vertex ? failedStep(error.vertex) : ''
      const rest = report(error, from).slice(step.length)
      stderr.write(`${step}${hasGit ? uncommitted : ''}${rest}`)
      fail(`failed to solve: ${error.message}`)
    }
    const { stored } = outcome
    if (flags.text('iidfile')) files.write(resolvePath(cwd, flags.text('iidfile')), stored.id)
    if (isQuiet) stdout.write(`${stored.id}\n`)
    else {
      if (task.warnings.length) stderr.write(warningsText(task.warnings))
      if (hasGit) stderr.write(uncommitted)
    }
    return 0
  },
}

function warningsText(warnings: readonly Warning[]): string {
  const count = `${warnings.length} warning${warnings.length === 1 ? '' : 's'} found`
  const lines = warnings.map(each => ` - ${warningText(each)}\n`)
  return `\n \x1b[33m${count} (use docker --debug to expand):\n\x1b[0m${lines.join('')}`
}
