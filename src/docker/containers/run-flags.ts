// What `docker run` and `docker create` are told, as a container's settings: cli/command/container/opts.go, with its
// words for what cannot be.

import { usualSharedMemory } from '../../containers/memory-disk.ts'
import { FileError, resolvePath } from '../../engine/files.ts'
import type { Process } from '../../engine/process.ts'
import type { NetworkPlace } from '../daemon/state.ts'
import { DockerError, FlagError } from '../errors.ts'
import type { Flags } from '../flags.ts'
import { durationMs, parseSize } from '../units.ts'
import type { Wanted } from './create.ts'
import { parseMounts } from './mount-flags.ts'
import { exposedPorts, parsePorts } from './port-flags.ts'

/** Flags of `docker create`; `docker run` has some more. */
export const createFlags =
  'add-host:list annotation:map attach,a:list blkio-weight:uint16 blkio-weight-device:list cap-add:list cap-drop:list cgroup-parent:string cgroupns:string cidfile:string cpu-period:int cpu-quota:int cpu-rt-period:int cpu-rt-runtime:int cpu-shares,c:int cpus:decimal cpuset-cpus:string cpuset-mems:string device:list device-cgroup-rule:list device-read-bps:list device-read-iops:list device-write-bps:list device-write-iops:list disable-content-trust=true dns:list dns-option:list dns-search:list domainname:string entrypoint:string env,e:list env-file:list expose:list gpus:gpu-request group-add:list health-cmd:string health-interval:duration health-retries:int health-start-interval:duration health-start-period:duration health-timeout:duration help hostname,h:string init interactive,i ip:string ip6:string ipc:string isolation:string kernel-memory:bytes label,l:list label-file:list link:list link-local-ip:list log-driver:string log-opt:list mac-address:string memory,m:bytes memory-reservation:bytes memory-swap:bytes memory-swappiness:int=-1 mount:mount name:string net:network network:network net-alias:list network-alias:list no-healthcheck oom-kill-disable oom-score-adj:int pid:string pids-limit:int platform:string privileged publish,p:list publish-all,P pull:string=missing quiet,q read-only restart:string=no rm runtime:string security-opt:list shm-size:bytes stop-signal:string stop-timeout:int storage-opt:list sysctl:map tmpfs:list tty,t ulimit:ulimit use-api-socket user,u:string userns:string uts:string volume,v:list volume-driver:string volumes-from:list workdir,w:string'

export const runFlags = `${createFlags} detach,d detach-keys:string sig-proxy=true`

/** They change nothing here, and docker would heed them: whoever sets one is told so. */
export const withoutEffect =
  'annotation blkio-weight blkio-weight-device cgroup-parent cgroupns cpu-rt-period cpu-rt-runtime cpu-shares cpuset-cpus cpuset-mems device device-cgroup-rule device-read-bps device-read-iops device-write-bps device-write-iops dns-option dns-search domainname gpus health-start-interval ip6 ipc isolation kernel-memory link-local-ip log-driver log-opt mac-address memory-reservation memory-swap memory-swappiness oom-kill-disable oom-score-adj pids-limit runtime security-opt storage-opt sysctl ulimit use-api-socket userns uts volume-driver volumes-from'.split(
    ' ',
  )

export function warnings(flags: Flags): string[] {
  return withoutEffect
    .filter(name => flags.given(name))
    .map(name => `WARNING: --${name} has no effect in this simulator`)
}

/** The settings of a command line; throws what the client says to a wrong one. */
export function parseRun(flags: Flags, args: readonly string[], process: Process): Wanted {
  const [imageName = '', ...command] = args
  const tty = flags.is('tty')
  const attach = attachments(flags)
  const network = networkMode(flags)
  const bindings = parsePorts(flags.list('publish'))
  const restart = parseRestart(flags.text('restart'))
  if (restart.name !== 'no' && flags.is('rm'))
    throw new DockerError('conflicting options: cannot specify both --restart and --rm')
  return {
    name: flags.text('name'),
    imageName,
    imageId: '',
    // An empty one takes that of the image away.
    entrypoint: flags.given('entrypoint')
      ? flags.text('entrypoint')
        ? [flags.text('entrypoint')]
        : []
      : undefined,
    cmd: command.length ? command : undefined,
    env: environment(flags, process),
    workingDir: flags.text('workdir'),
    user: flags.text('user'),
    hostname: flags.text('hostname'),
    labels: labelsOf(flags, process),
    exposed: exposedPorts(flags.list('expose'), bindings),
    bindings,
    publishAll: flags.is('publish-all'),
    mounts: parseMounts(flags, process),
    network,
    places: placesOf(flags, network),
    links: flags.list('link'),
    tty,
    openStdin: flags.is('interactive'),
    attached: attach,
    autoRemove: flags.is('rm'),
    readOnlyRoot: flags.is('read-only'),
    privileged: flags.is('privileged'),
    capAdd: flags.list('cap-add'),
    capDrop: flags.list('cap-drop'),
    groups: flags.list('group-add'),
    init: flags.is('init'),
    pid: pidMode(flags.text('pid')),
    memory: parseSize(flags.text('memory')) ?? 0,
    sharedMemory: parseSize(flags.text('shm-size')) || usualSharedMemory,
    nanoCpus: nanoCpusOf(flags),
    extraHosts: flags.list('add-host').map(each => each.replace(/^([^:=]+)=/, '$1:')),
    dns: flags.list('dns'),
    healthcheck: healthOf(flags),
    restart,
    stopSignal: flags.text('stop-signal'),
    stopTimeout: flags.given('stop-timeout') ? flags.int('stop-timeout') : undefined,
  }
}

/** A share of the processors, by `--cpus` or by quota and period. */
function nanoCpusOf(flags: Flags): number {
  if (flags.given('cpus')) return Math.round(Number(flags.text('cpus')) * 1e9)
  if (!flags.given('cpu-quota')) return 0
  const period = flags.given('cpu-period') ? flags.int('cpu-period') : 100_000
  return Math.max(0, Math.round((flags.int('cpu-quota') / period) * 1e9))
}

/** Streams that the client is joined to where it is not told otherwise. */
function attachments(flags: Flags): Wanted['attached'] {
  const asked = flags.list('attach').map(each => each.toLowerCase())
  for (const each of asked)
    if (!/^std(in|out|err)$/.test(each))
      throw new FlagError(
        `invalid argument "${each}" for "-a, --attach" flag: valid streams are STDIN, STDOUT and STDERR`,
      )
  const isDetached = flags.given('detach') && flags.is('detach')
  if (asked.length && isDetached)
    throw new DockerError('conflicting options: cannot specify both --attach and --detach')
  if (isDetached) return { stdin: false, stdout: false, stderr: false }
  const all = asked.length === 0
  return {
    stdin: all ? flags.is('interactive') : asked.includes('stdin'),
    stdout: all || asked.includes('stdout'),
    stderr: all || asked.includes('stderr'),
  }
}

export function parseRestart(text: string): Wanted['restart'] {
  const [name = '', most] = text.split(/:(.*)/s)
  if (text && !name) throw new DockerError('invalid restart policy format: no policy provided before colon')
  if (most !== undefined && !/^\d+$/.test(most))
    throw new DockerError('invalid restart policy format: maximum retry count must be an integer')
  return { name: (name || 'no') as Wanted['restart']['name'], most: Number(most ?? 0) }
}

function pidMode(text: string): string {
  if (text && text !== 'host' && !/^container:./.test(text)) throw new DockerError(`--pid: invalid PID mode`)
  return text
}

/** `-e NAME` takes the value that the client has; lines of files come before. */
export function environment(flags: Flags, process: Process): string[] {
  const all = new Map<string, string | undefined>()
  const set = (line: string) => {
    const equals = line.indexOf('=')
    if (equals >= 0) all.set(line.slice(0, equals), line.slice(equals + 1))
    else if (process.env.has(line)) all.set(line, process.env.get(line))
    else all.set(line, undefined)
  }
  for (const path of flags.list('env-file')) for (const line of fileLines(path, 'env', process)) set(line)
  for (const line of flags.list('env')) set(line)
  return [...all].flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
}

/** The lines of an env or label file (cli/opts/file.go). */
function fileLines(path: string, kind: 'env' | 'label', { files, cwd }: Process): string[] {
  let text: string
  try {
    text = files.read(resolvePath(cwd, path))
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new DockerError(`open ${path}: ${error.reason.toLowerCase()}`)
  }
  const lines: string[] = []
  for (const raw of text.split('\n')) {
    const line = raw
      .replace(/^\ufeff/, '')
      .replace(/\r$/, '')
      .trimStart()
    if (!line || line.startsWith('#')) continue
    const [name = ''] = line.split('=')
    if (/\s/.test(kind === 'env' ? name.trimStart() : name))
      throw new DockerError(`invalid env file (${path}): variable '${name}' contains whitespaces`)
    if (!name) throw new DockerError(`invalid env file (${path}): no variable name on line '${line}'`)
    lines.push(line)
  }
  return lines
}

function labelsOf(flags: Flags, process: Process): Record<string, string> {
  const lines = [
    ...flags.list('label-file').flatMap(path => fileLines(path, 'label', process)),
    ...flags.list('label'),
  ]
  return Object.fromEntries(
    lines
      .map((line): [string, string] => {
        const equals = line.indexOf('=')
        return equals < 0 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)]
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** `name=app,alias=web,ip=172.18.0.9` or only a name. */
function parseNetwork(text: string): NetworkPlace {
  if (!/^[\w-]+=/.test(text)) return { name: text, aliases: [], address: '' }
  const fields = text.split(',').map(each => each.split(/=(.*)/s))
  const all = (key: string) => fields.filter(([name]) => name === key).map(([, value = '']) => value)
  return { name: all('name').at(-1) ?? '', aliases: all('alias'), address: all('ip').at(-1) ?? '' }
}

const networksOf = (flags: Flags): NetworkPlace[] =>
  [...flags.list('net'), ...flags.list('network')].map(parseNetwork)

function networkMode(flags: Flags): string {
  const [first, ...more] = networksOf(flags)
  if (!first || first.name === 'default') return 'bridge'
  if (more.length && /^(host|none|container:.*)$/.test(first.name))
    throw new DockerError(
      'conflicting options: cannot attach both user-defined and non-user-defined network-modes',
    )
  return first.name
}

function placesOf(flags: Flags, mode: string): NetworkPlace[] {
  if (mode === 'host' || mode.startsWith('container:')) return []
  const all = networksOf(flags)
  const [first = { name: mode, aliases: [], address: '' }, ...more] = all
  const aliases = [...flags.list('net-alias'), ...flags.list('network-alias')]
  const address = flags.text('ip')
  if (aliases.length && mode === 'bridge')
    throw new DockerError('network-scoped aliases are only supported for user-defined networks')
  return [{ name: mode, aliases: [...first.aliases, ...aliases], address: address || first.address }, ...more]
}

function healthOf(flags: Flags): Wanted['healthcheck'] {
  if (flags.is('no-healthcheck')) {
    if (flags.given('health-cmd')) throw new DockerError('--no-healthcheck conflicts with --health-* options')
    return { test: ['NONE'] }
  }
  if (!flags.given('health-cmd')) return undefined
  const ms = (name: string) => durationMs(flags.text(name)) || undefined
  return {
    test: ['CMD-SHELL', flags.text('health-cmd')],
    ...(ms('health-interval') && { interval: ms('health-interval')! }),
    ...(ms('health-timeout') && { timeout: ms('health-timeout')! }),
    ...(ms('health-start-period') && { startPeriod: ms('health-start-period')! }),
    ...(flags.given('health-retries') && { retries: flags.int('health-retries') }),
  }
}
