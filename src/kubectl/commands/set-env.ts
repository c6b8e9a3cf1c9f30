// kubectl set env.
import { decodeBase64 } from '../../engine/bytes.ts'
import { readAll } from '../../engine/pipe.ts'
import { parseQuantity } from '../../kinds/machinery/quantity.ts'
import type { KnownObject, KubeObject } from '../../kinds/object.ts'
import type { Container, EnvVar, EnvVarSource, ResourceFieldSelector } from '../../kinds/schema/types.ts'
import { infosOf } from '../builder.ts'
import { type Command, selectorFlag } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, throwAll } from '../errors.ts'
import { podSpecOf } from '../patching.ts'
import { byCodePoint } from '../print/values.ts'
import {
  changeObjects,
  mapContainers,
  matchesName,
  selectObjects,
  setFlags,
  shownName,
} from './set-shared.ts'

interface EnvChange {
  readonly set: EnvVar[]
  readonly remove: string[]
}

const isEnv = (arg: string): boolean =>
  arg === '-' || arg.indexOf('=') > 0 || (arg.endsWith('-') && arg.length > 1)

function parseEnv(specs: readonly string[], stdin: string): EnvChange {
  const set: EnvVar[] = []
  const remove: string[] = []
  const invalid = (text: string) =>
    new CommandError(
      `environment variables must be of the form key=value and can only come from stdin if it's the last argument: ${text}`,
    )
  const add = (spec: string) => {
    const equals = spec.indexOf('=')
    if (equals > 0) {
      const name = spec.slice(0, equals)
      if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name))
        throw new CommandError(
          `${JSON.stringify(name)} is not a valid key name: a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')`,
        )
      set.push({ name, value: spec.slice(equals + 1) })
    } else if (spec.endsWith('-')) remove.push(spec.slice(0, -1))
    else throw new CommandError(`unknown environment variable: ${spec}`)
  }
  for (const spec of specs) {
    if (spec === '') throw invalid(spec)
    if (spec === '-') {
      for (const line of stdin.split('\n').map(l => l.trim())) if (line && !line.startsWith('#')) add(line)
    } else add(spec)
  }
  if (remove.some(name => set.some(e => e.name === name)))
    throw new CommandError('can not both modify and remove the same environment variable in the same command')
  return { set, remove }
}

export const setEnv: Command = {
  name: 'env',
  flags: `${setFlags}${selectorFlag}containers,c:s=* env,e:a from:s keys:l list overwrite=true prefix:s resolve`,
  *run(ctx) {
    const { flags } = ctx
    const at = ctx.args.findIndex(isEnv)
    const resources = at < 0 ? [...ctx.args] : ctx.args.slice(0, at)
    const given = at < 0 ? [] : ctx.args.slice(at)
    if (given.some(arg => !isEnv(arg)))
      throw new CommandError(
        `all resources must be specified before environment changes: ${ctx.args.join(' ')}`,
      )
    if (!flags.list('filename').length && resources.length === 0)
      throw new CommandError(
        'one or more resources must be specified as <resource> <name> or <resource>/<name>',
      )
    if (flags.bool('list') && flags.string('output'))
      throw new CommandError('--list and --output may not be specified together')
    if (flags.list('keys').length && !flags.string('from'))
      throw new CommandError('when specifying --keys, a configmap or secret must be provided with --from')
    const stdin = [...flags.list('env'), ...given].includes('-') ? yield* readAll(ctx.process.stdin) : ''
    const { set, remove } = parseEnv([...flags.list('env'), ...given], stdin)
    const from = flags.string('from')
    if (from)
      for (const { object } of yield* infosOf(ctx, { args: [from], filenames: [], scheme: 'kubectl' }))
        set.push(...fromObject(ctx, object))
    const wanted = set.map(e => ({ ...e, name: `${flags.string('prefix')}${e.name}` }))
    if (flags.bool('list')) return yield* listEnv(ctx, resources)
    const options = { done: 'env updated', what: 'env update to pod template:' }
    return yield* changeObjects(ctx, resources, options, object => change(ctx, object, wanted, remove))
  },
}

function change(
  ctx: Context,
  object: KnownObject,
  set: readonly EnvVar[],
  remove: readonly string[],
): KnownObject {
  const pattern = ctx.flags.string('containers')
  let found = false
  const changed = mapContainers(ctx, object, container => {
    if (!matchesName(pattern, container.name)) return container
    found = true
    if (!ctx.flags.bool('overwrite'))
      for (const { name } of set) {
        const old = container.env?.find(e => e.name === name)
        if (old) {
          throw new CommandError(
            `error: ${shownName(ctx, object)} '${name}' already has a value (${old.value ?? ''}), and --overwrite is false\n`,
          )
        }
      }
    const env = update(container.env ?? [], set, remove)
    const { env: _, ...rest } = container
    return env.length ? { ...rest, env } : rest
  })
  if (!found)
    ctx.warn(
      `${object.kind}/${object.metadata.name} does not have any containers matching ${JSON.stringify(pattern)}`,
    )
  return found ? changed : object
}

/** A variable keeps its place; new ones come behind. */
function update(existing: readonly EnvVar[], set: readonly EnvVar[], remove: readonly string[]): EnvVar[] {
  const covered = new Set(remove)
  const out: EnvVar[] = []
  for (const old of existing) {
    if (covered.has(old.name)) continue
    const newer = set.find(e => e.name === old.name)
    if (newer) covered.add(old.name)
    out.push(newer ?? old)
  }
  for (const e of set) {
    if (covered.has(e.name)) continue
    covered.add(e.name)
    out.push(e)
  }
  return out
}

function fromObject(ctx: Context, object: KnownObject): EnvVar[] {
  if (object.kind !== 'Secret' && object.kind !== 'ConfigMap')
    throw new CommandError('unsupported resource specified in --from')
  const ref = object.kind === 'Secret' ? 'secretKeyRef' : 'configMapKeyRef'
  const keys = ctx.flags.list('keys')
  return Object.keys(object.data ?? {})
    .filter(key => keys.length === 0 || keys.includes(key))
    .sort(byCodePoint)
    .map(key => {
      const name = key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase()
      if (name !== key) ctx.warn(`key ${key} transferred to ${name}`)
      return { name, valueFrom: { [ref]: { key, name: object.metadata.name } } }
    })
}

function* listEnv(ctx: Context, resources: readonly string[]) {
  const { infos, errors } = yield* selectObjects(ctx, resources)
  throwAll(errors)
  for (const { object } of infos) {
    const spec = podSpecOf(object)
    for (const container of [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]) {
      if (!matchesName(ctx.flags.string('containers'), container.name)) continue
      ctx.line(`# ${object.kind} ${object.metadata.name}, container ${container.name}`)
      for (const { name, value = '', valueFrom } of container.env ?? [])
        ctx.line(valueFrom ? fromText(ctx, object, container, name, valueFrom) : `${name}=${value}`)
    }
  }
  return 0
}

/** A reference as a comment, or with --resolve as the value behind it. */
function fromText(
  ctx: Context,
  object: KnownObject,
  container: Container,
  name: string,
  valueFrom: EnvVarSource,
): string {
  const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = valueFrom
  if (ctx.flags.bool('resolve')) {
    const known = fieldRef
      ? ownField(object, fieldRef.fieldPath)
      : resourceFieldRef && ownResource(object, container, resourceFieldRef)
    if (known !== undefined) return `${name}=${known}`
  }
  const ref = configMapKeyRef ?? secretKeyRef
  if (ctx.flags.bool('resolve') && ref) {
    const resource = ctx.discovery.known(configMapKeyRef ? 'configmaps' : 'secrets')
    const value = ctx.client.get(resource, object.metadata.namespace!, ref.name ?? '').data?.[ref.key]
    if (value !== undefined) return `${name}=${configMapKeyRef ? value : (decodeBase64(value) ?? '')}`
  }
  return `# ${name} from ${refText(valueFrom)}`
}

/** A field of the object that is looked at, be it a pod or what makes pods (fieldpath.ExtractFieldPathAsString). */
function ownField({ metadata }: KubeObject, path: string): string | undefined {
  if (path === 'metadata.name') return metadata.name
  if (path === 'metadata.namespace') return metadata.namespace
  if (path === 'metadata.uid') return metadata.uid
  const [, map, key] = /^metadata\.(labels|annotations)(?:\['(.+)'\])?$/.exec(path) ?? []
  if (!map) return undefined
  const values = metadata[map as 'labels' | 'annotations'] ?? {}
  return key === undefined ? formatMap(values) : (values[key] ?? '')
}

const formatMap = (map: Readonly<Record<string, string>>): string =>
  Object.keys(map)
    .sort(byCodePoint)
    .map(key => `${key}=${JSON.stringify(map[key])}`)
    .join('\n')

/** A request or limit of a container in units of the divisor, rounded up; what is not there is 0. */
function ownResource(
  object: KnownObject,
  container: Container,
  { containerName, resource, divisor }: ResourceFieldSelector,
): string {
  const spec = podSpecOf(object)
  const all = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]
  const of = containerName ? all.find(each => each.name === containerName) : container
  const [list, what = ''] = resource.split(/\.(.*)/s)
  const unit = parseQuantity(divisor && divisor !== '0' ? divisor : '1').nano
  const { nano } = parseQuantity(of?.resources?.[list === 'limits' ? 'limits' : 'requests']?.[what])
  return String((nano + unit - 1n) / unit)
}

function refText({ configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef }: EnvVarSource): string {
  if (configMapKeyRef) return `configmap ${configMapKeyRef.name}, key ${configMapKeyRef.key}`
  if (secretKeyRef) return `secret ${secretKeyRef.name}, key ${secretKeyRef.key}`
  if (fieldRef) return `field path ${fieldRef.fieldPath}`
  if (resourceFieldRef)
    return `resource field ${resourceFieldRef.containerName ? `from ${resourceFieldRef.containerName}, ` : ''}${resourceFieldRef.resource}`
  return 'invalid valueFrom'
}
