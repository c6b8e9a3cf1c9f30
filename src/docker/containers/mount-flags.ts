// `-v`, `--mount` and `--tmpfs`: cli/opts/mount.go and the daemon's volume/mounts/linux_parser.go, with their words.
import { dictionary } from '../../engine/dictionary.ts'
import { resolvePath } from '../../engine/files.ts'
import type { Process } from '../../engine/process.ts'
import type { MountPoint } from '../daemon/state.ts'
import { DaemonError, FlagError } from '../errors.ts'
import type { Flags } from '../flags.ts'
import { parseSize } from '../units.ts'

/** What is mounted, as far as the client reads it; what the daemon refuses is thrown by `checkMounts`. */
export function parseMounts(flags: Flags, process: Process): MountPoint[] {
  return [
    ...flags.list('volume').map(spec => volumeSpec(spec, process)),
    ...flags.list('mount').map(spec => mountSpec(spec, process)),
    ...flags.list('tmpfs').map(
      (spec): MountPoint => ({
        type: 'tmpfs',
        source: '',
        target: spec.split(':')[0]!,
        readOnly: /:(.*,)?ro(,|$)/.test(spec),
        spec,
        size: parseSize(/[:,]size=(\d+\w*)/.exec(spec)?.[1] ?? ''),
      }),
    ),
  ]
}

const modes = /^(ro|rw|z|Z|nocopy|(r?(shared|slave|private))|consistent|cached|delegated)$/

/** `[SOURCE:]TARGET[:MODE]`; relative paths of the client are made whole. */
function volumeSpec(spec: string, { files, cwd }: Process): MountPoint {
  const parts = spec.split(':')
  const [first = '', second, mode = ''] = parts
  if (second === undefined)
    return { type: 'volume', source: '', target: resolvePath('/', first), readOnly: false, spec }
  const isPath = /^[./~]/.test(first)
  const source = isPath ? resolvePath(cwd, first) : first
  const whole = [source, ...parts.slice(1)].join(':')
  const options = mode ? mode.split(',') : []
  return {
    type: isPath ? 'bind' : 'volume',
    source,
    target: second,
    readOnly: options.includes('ro'),
    ...(isPath && { on: files }),
    spec: whole,
  }
}

const aliases: Readonly<Record<string, string>> = dictionary({
  src: 'source',
  dst: 'target',
  destination: 'target',
  ro: 'readonly',
})
const known =
  'type source target readonly consistency bind-propagation bind-nonrecursive bind-recursive volume-subpath volume-nocopy volume-label volume-driver volume-opt tmpfs-size tmpfs-mode image-subpath'.split(
    ' ',
  )

/** Fields of `--mount`; throws the flag's own words. */
function mountFields(text: string): ReadonlyMap<string, string> {
  const fail = (why: string): never => {
    throw new FlagError(`invalid argument ${JSON.stringify(text)} for "--mount" flag: ${why}`)
  }
  const fields = new Map<string, string>()
  for (const field of text.split(',')) {
    const equals = field.indexOf('=')
    const key = (equals < 0 ? field : field.slice(0, equals)).toLowerCase()
    const name = aliases[key] ?? key
    if (!known.includes(name)) fail(`unexpected key '${key}' in '${field}'`)
    if (equals < 0 && name !== 'readonly' && name !== 'volume-nocopy' && name !== 'bind-nonrecursive')
      fail(`invalid field '${field}' must be a key=value pair`)
    fields.set(name, equals < 0 ? 'true' : field.slice(equals + 1))
  }
  if (!fields.get('type')) fields.set('type', 'volume')
  if (!fields.get('target')) fail('target is required')
  return fields
}

function mountSpec(text: string, { files, cwd }: Process): MountPoint {
  const fields = mountFields(text)
  const type = fields.get('type') as MountPoint['type']
  const given = fields.get('source') ?? ''
  const source = type === 'bind' && /^\.{1,2}(\/|$)/.test(given) ? resolvePath(cwd, given) : given
  return {
    type,
    source,
    target: fields.get('target')!,
    readOnly: /^(true|1)$/.test(fields.get('readonly') ?? ''),
    ...(type === 'bind' && { on: files, mustExist: true }),
    ...(type === 'tmpfs' && { size: parseSize(fields.get('tmpfs-size') ?? '') }),
  }
}

/** What the daemon says to mounts that cannot be. */
export function checkMounts(mounts: readonly MountPoint[]): void {
  const seen = new Set<string>()
  for (const mount of mounts) {
    const { type, source, target, spec, mustExist } = mount
    const fail = (why: string): never => {
      const reason = `invalid mount config for type "${type}": ${why}`
      throw new DaemonError(
        spec === undefined || type === 'tmpfs'
          ? reason
          : `invalid volume specification: '${spec}': ${reason}`,
      )
    }
    if (!['bind', 'volume', 'tmpfs'].includes(type))
      throw new DaemonError(`mount type unknown: ${JSON.stringify(type)}`)
    if (spec !== undefined && type !== 'tmpfs') checkSpec(spec)
    if (!target.startsWith('/')) fail(`invalid mount path: '${target}' mount path must be absolute`)
    if (resolvePath('/', target) === '/') fail(`invalid specification: destination can't be '/'`)
    if (type === 'bind') {
      if (!source) fail('field Source must not be empty')
      if (!source.startsWith('/')) fail(`invalid mount path: '${source}' mount path must be absolute`)
      if (mustExist && !mount.on!.exists(source)) fail(`bind source path does not exist: ${source}`)
    }
    if (seen.has(resolvePath('/', target))) throw new DaemonError(`Duplicate mount point: ${target}`)
    seen.add(resolvePath('/', target))
  }
}

function checkSpec(spec: string): void {
  const parts = spec.split(':')
  const wrong = () => new DaemonError(`invalid volume specification: '${spec}'`)
  if (parts.length > 3 || parts.some(each => each === '')) throw wrong()
  const [, , mode] = parts
  if (mode !== undefined && !mode.split(',').every(each => modes.test(each)))
    throw new DaemonError(`invalid mode: ${mode}`)
}
