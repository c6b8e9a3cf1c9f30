// The go command, as far as Dockerfiles call it: build, run, install of one package; version, env, mod, vet, fmt.
import { binaryText } from '../../../engine/binary.ts'
import { resolvePath } from '../../../engine/files.ts'
import { latencies } from '../../../engine/latencies.ts'
import type { Process, Program } from '../../../engine/process.ts'
import { Random } from '../../../engine/random.ts'
import { sleep, type Task } from '../../../engine/task.ts'
import { BuildFailure, type Compiled, compile, executable } from './compile.ts'
import { runGo } from './program.ts'

/** Until the compiler's first complaint. Recorded, with the start of the RUN: three, after 2.1 to 2.3 s (recordings/docker). */
const failMs = 1900
/** Before the compiler is called: an estimate. */
const lookMs = 12
/** What the compiler keeps for its next run, in bytes. */
const cacheSize = 84_430_000
const cachePath = '/root/.cache/go-build/README'
const outputFlags = new Set(['-o'])
const valueFlags = new Set(['-ldflags', '-tags', '-mod', '-gcflags', '-p', '-buildvcs', '-asmflags'])

interface Call {
  readonly output: string | undefined
  readonly linked: Readonly<Record<string, string>>
  readonly stripped: boolean
  readonly rest: readonly string[]
}

function parse(args: readonly string[]): Call | string {
  const rest = [...args]
  let output: string | undefined
  let ldflags = ''
  while (rest[0]?.startsWith('-') && rest[0] !== '-') {
    const [name = '', inline] = rest.shift()!.replace(/^--/, '-').split(/=(.*)/s)
    const value = () => inline ?? rest.shift() ?? ''
    if (outputFlags.has(name)) output = value()
    else if (name === '-ldflags') ldflags = value()
    else if (valueFlags.has(name)) value()
    else if (!/^-(v|x|a|n|race|trimpath|work|buildvcs|cover|i)$/.test(name))
      return `flag provided but not defined: ${name}\nusage: go build [-o output] [build flags] [packages]\nRun 'go help build' for details.\n`
  }
  const linked = Object.fromEntries(
    [...ldflags.matchAll(/-X[= ]+'?"?([\w./]+)=([^\s'"]*)/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
  return { output, linked, stripped: /(^|\s)-[sw]\b/.test(ldflags), rest }
}

/** The directory that a package's path means, and files that are named instead of one. */
function targets(
  cwd: string,
  rest: readonly string[],
): { directory: string; named: readonly string[] } | string {
  if (rest.every(each => each.endsWith('.go')) && rest.length) {
    const directory = resolvePath(cwd, rest[0]!.replace(/[^/]*$/, '') || '.')
    return { directory, named: rest.map(each => each.split('/').at(-1)!) }
  }
  const [path = '.'] = rest
  if (!/^\.{0,2}(\/|$)/.test(path)) return `package ${path} is not in std (/usr/local/go/src/${path})\n`
  return { directory: resolvePath(cwd, path.replace(/\/?\.\.\.$/, '') || '.'), named: [] }
}

/** ms of compiling and linking. A stream of its own: it shall not shift what else happens by chance. */
const compiling = ({ engine, hostname, pid }: Process): number =>
  new Random(engine.seed).fork(`build of ${hostname} ${pid} ${engine.now}`).draw(latencies.goBuild)

function* built(process: Process, call: Call, rest = call.rest): Task<Compiled | undefined> {
  const { cwd, files, env, stderr } = process
  const found = targets(cwd, rest)
  yield* sleep(lookMs)
  try {
    if (typeof found === 'string') throw new BuildFailure(found)
    if (!files.exists(found.directory))
      throw new BuildFailure(`stat ${found.directory}: directory not found\n`)
    const compiled = compile(files, { ...found, env, linked: call.linked, stripped: call.stripped })
    yield* sleep(compiling(process))
    return compiled
  } catch (error) {
    if (!(error instanceof BuildFailure)) throw error
    // The compiler's own complaints take as long as compiling what is imported.
    if (error.message.startsWith('#') || error.message.startsWith('./')) yield* sleep(failMs)
    stderr.write(error.message)
    return undefined
  }
}

function* build(process: Process, args: readonly string[], isInstall: boolean): Task<number> {
  const { cwd, files, env, stderr } = process
  const call = parse(args)
  if (typeof call === 'string') {
    stderr.write(call)
    return 2
  }
  const compiled = yield* built(process, call)
  if (!compiled) return 1
  const system = env.get('GOOS') ?? 'linux'
  const arch = env.get('GOARCH') ?? 'amd64'
  const home = env.get('HOME') ?? '/root'
  const cache = cachePath.replace('/root', home)
  files.mkdir(cache.replace(/\/[^/]*$/, ''), { parents: true })
  if (!files.exists(cache))
    files.write(cache, binaryText({ kind: 'data', size: cacheSize, payload: 'go build cache' }))
  const { payload, size, name } = compiled
  if (!payload && call.output === undefined) return 0
  let path = resolvePath(cwd, isInstall ? `${env.get('GOPATH') ?? '/go'}/bin/${name}` : (call.output ?? name))
  if (path.endsWith('/') || (files.exists(path) && files.stat(path).type === 'directory')) path += `/${name}`
  files.mkdir(path.slice(0, path.lastIndexOf('/')) || '/', { parents: true })
  if (payload)
    files.write(path, executable(payload, size, system === 'linux' ? arch : system), { mode: 0o755 })
  // A package that is not main is an archive of what was compiled.
  else files.write(path, '!<arch>\n__.PKGDEF\n', { mode: 0o644 })
  return 0
}

function* run(process: Process, args: readonly string[]): Task<number> {
  const call = parse(args)
  if (typeof call === 'string') {
    process.stderr.write(call)
    return 2
  }
  const { rest } = call
  const isFiles = rest[0]?.endsWith('.go')
  const end = isFiles ? rest.findIndex(each => !each.endsWith('.go')) : 1
  const named = end < 0 ? rest : rest.slice(0, end)
  if (named.length === 0) {
    process.stderr.write('go: no go files listed\n')
    return 1
  }
  const compiled = yield* built(process, call, named)
  if (!compiled) return 1
  if (!compiled.payload) {
    process.stderr.write(`package ${compiled.name} is not a main package\n`)
    return 1
  }
  const argv = [`/tmp/go-build/b001/exe/${compiled.name}`, ...rest.slice(named.length)]
  const code = yield* runGo(compiled.payload)({ ...process, argv })
  if (code !== 0) process.stderr.write(`exit status ${code}\n`)
  return code === 0 ? 0 : 1
}

const environment = (version: string, env: ReadonlyMap<string, string>): Record<string, string> => ({
  CGO_ENABLED: env.get('CGO_ENABLED') ?? '0',
  GOARCH: env.get('GOARCH') ?? 'amd64',
  GOFLAGS: env.get('GOFLAGS') ?? '',
  GOOS: env.get('GOOS') ?? 'linux',
  GOPATH: env.get('GOPATH') ?? '/go',
  GOPROXY: env.get('GOPROXY') ?? 'https://proxy.golang.org,direct',
  GOROOT: '/usr/local/go',
  GOVERSION: `go${version}`,
})

function* mod({ cwd, files, stderr }: Process, [what, name = '']: readonly string[]): Task<number> {
  yield* sleep(lookMs)
  const path = resolvePath(cwd, 'go.mod')
  if (what === 'init') {
    if (files.exists(path)) {
      stderr.write(`go: ${path} already exists\n`)
      return 1
    }
    if (!name) {
      stderr.write(
        `go: cannot determine module path for source directory ${cwd} (outside GOPATH, module path must be specified)\n`,
      )
      return 1
    }
    files.write(path, `module ${name}\n\ngo 1.26\n`)
    stderr.write(`go: creating new go.mod: module ${name}\n`)
    return 0
  }
  if (what !== 'tidy' && what !== 'download' && what !== 'verify') {
    stderr.write(`go mod ${what ?? ''}: this simulator knows init, tidy, download and verify\n`)
    return 2
  }
  if (files.exists(path)) {
    if (what === 'download' && !/^\s*require\b/m.test(files.read(path)))
      stderr.write('go: no module dependencies to download\n')
    return 0
  }
  stderr.write(
    "go: go.mod file not found in current directory or any parent directory; see 'go help modules'\n",
  )
  return 1
}

export const goCommand = (version: string): Program =>
  function* (process) {
    const { argv, env, stdout, stderr } = process
    const [name = '', ...args] = argv.slice(1)
    switch (name) {
      case 'build':
      case 'install':
        return yield* build(process, args, name === 'install')
      case 'run':
        return yield* run(process, args)
      case 'mod':
        return yield* mod(process, args)
      case 'vet': {
        const call = parse(args)
        return typeof call === 'string' ? 2 : (yield* built(process, call)) ? 0 : 1
      }
      case 'version':
        stdout.write(`go version go${version} linux/amd64\n`)
        return 0
      case 'env': {
        const all = environment(version, env)
        if (args.length) for (const each of args) stdout.write(`${all[each] ?? ''}\n`)
        else for (const [key, value] of Object.entries(all)) stdout.write(`${key}='${value}'\n`)
        return 0
      }
      case '':
      case 'help':
        stderr.write('Go is a tool for managing Go source code.\n\nUsage:\n\n\tgo <command> [arguments]\n')
        return 2
      default:
        if (/^(fmt|test|get|list|clean|doc|generate|tool|work|bug|fix|telemetry)$/.test(name)) {
          stderr.write(`go ${name}: this simulator's go builds, runs and vets; it does not do this\n`)
          return 1
        }
        stderr.write(`go ${name}: unknown command\nRun 'go help' for usage.\n`)
        return 2
    }
  }
