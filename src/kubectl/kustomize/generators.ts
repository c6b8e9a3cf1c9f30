// configMapGenerator and secretGenerator, and the hash that their names end in (kustomize api/internal/generators,
// api/kv, api/hasher).
import { encodeBase64, isText } from '../../engine/bytes.ts'
import { CommandError } from '../errors.ts'
import { contentHash } from '../hash.ts'
import { type Dict, dictOf } from '../print/values.ts'
import type { GeneratorArgs, GeneratorOptions, Kustomization } from './kustomization.ts'
import { type Loader, prefixed } from './loader.ts'
import { idOf, newRes, type Res, withId } from './resource.ts'

/** Adds what the two lists of a kustomization generate, or merges it into what is there. */
export function generate(list: Res[], kustomization: Kustomization, loader: Loader): void {
  for (const [field, kind] of [
    ['configMapGenerator', 'ConfigMap'],
    ['secretGenerator', 'Secret'],
  ] as const)
    for (const args of kustomization[field] ?? [])
      absorb(list, make(kind, args, kustomization.generatorOptions ?? {}, loader), args.behavior)
}

function make(
  kind: 'ConfigMap' | 'Secret',
  args: GeneratorArgs,
  shared: GeneratorOptions,
  loader: Loader,
): Res {
  if (!args.name) throw new CommandError(`a ${kind.toLowerCase()} must have a name`)
  const own = args.options ?? {}
  const pairs = prefixed('loading KV pairs', () => readPairs(args, loader))
  const data: Record<string, string> = {}
  const binaryData: Record<string, string> = {}
  for (const [key, value] of pairs) {
    if (Object.hasOwn(data, key) || Object.hasOwn(binaryData, key))
      throw new CommandError(`configmap ${args.name} illegally repeats the key \`${key}\``)
    if (kind === 'Secret') data[key] = wrapped(encodeBase64(value))
    else if (isText(value)) data[key] = value
    else binaryData[key] = wrapped(encodeBase64(value))
  }
  const labels = { ...shared.labels, ...own.labels }
  const annotations = { ...shared.annotations, ...own.annotations }
  const object = {
    apiVersion: 'v1',
    kind,
    metadata: {
      name: args.name,
      ...(args.namespace && { namespace: args.namespace }),
      ...(Object.keys(labels).length && { labels }),
      ...(Object.keys(annotations).length && { annotations }),
    },
    ...(kind === 'Secret' && { type: args.type || 'Opaque' }),
    ...((kind === 'Secret' || Object.keys(data).length) && { data }),
    ...(Object.keys(binaryData).length && { binaryData }),
    ...((own.immutable || shared.immutable) && { immutable: true }),
  }
  return newRes(object, !(own.disableNameSuffixHash || shared.disableNameSuffixHash))
}

/** Long base64 stands in lines of 70. */
function wrapped(text: string): string {
  if (text.length < 70) return text
  return text.replace(/.{1,70}/g, '$&\n')
}

type Pair = readonly [key: string, value: string]

function readPairs({ literals = [], files = [], ...args }: GeneratorArgs, loader: Loader): Pair[] {
  const envs = [...(args.envs ?? []), ...(args.env ? [args.env] : [])]
  return [
    ...prefixed(`env source files: [${envs.join(' ')}]`, () =>
      envs.flatMap(file => envPairs(loader.read(file))),
    ),
    ...prefixed(`literal sources [${literals.join(' ')}]`, () => literals.map(literalPair)),
    ...prefixed(`file sources: [${files.join(' ')}]`, () => files.map(source => filePair(source, loader))),
  ]
}

const envPairs = (text: string): Pair[] =>
  text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map(line => line.trimStart())
    .filter(line => line && !line.startsWith('#'))
    .map(line => {
      const equals = line.indexOf('=')
      return equals < 0 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)]
    })

function literalPair(source: string): Pair {
  const equals = source.indexOf('=')
  if (equals < 1) throw new CommandError(`invalid literal source ${source}, expected key=value`)
  const value = source.slice(equals + 1)
  const quoted = /^(["'])(.*)\1$/s.exec(value)
  return [source.slice(0, equals), quoted ? quoted[2]! : value]
}

function filePair(source: string, loader: Loader): Pair {
  const [key = '', path, more] = source.split('=')
  if (path === undefined) return [source.slice(source.lastIndexOf('/') + 1), loader.read(source)]
  if (more !== undefined) throw new CommandError("key names or file paths cannot contain '='")
  if (!key) throw new CommandError(`key name for file path ${path} missing`)
  if (!path) throw new CommandError(`file path for key name ${key} missing`)
  return [key, loader.read(path)]
}

/** resmap's AbsorbAll: `behavior` says whether there must be one already. */
function absorb(list: Res[], res: Res, behavior = ''): void {
  const id = idOf(res)
  const refusal = (what: string) => {
    const gvk = `resid.Gvk{Group:"", Version:"v1", Kind:${JSON.stringify(id.kind)}, isClusterScoped:false}`
    const text = `resid.ResId{Gvk:${gvk}, Name:${JSON.stringify(id.name)}, Namespace:${JSON.stringify(id.namespace)}}`
    return new CommandError(`merging from generator &{0xc0004e5a00 <nil>}: id ${text} ${what}`)
  }
  const [old] = withId(list, id)
  if (behavior !== 'merge' && behavior !== 'replace') {
    if (old) throw refusal('exists; behavior must be merge or replace')
    list.push(res)
    return
  }
  if (!old) throw refusal('does not exist; cannot merge or replace')
  const { object: before } = old
  const { object } = res
  const metadata = { ...before.metadata }
  for (const field of ['labels', 'annotations'] as const) {
    const all = { ...metadata[field], ...object.metadata[field] }
    if (Object.keys(all).length) metadata[field] = all
  }
  if (behavior === 'merge')
    for (const field of ['data', 'binaryData'])
      if (before[field] || object[field])
        object[field] = { ...dictOf(before, field), ...dictOf(object, field) }
  old.object = { ...object, metadata }
  old.needsHash ||= res.needsHash
}

export function addHashes(list: readonly Res[]): void {
  for (const res of list) {
    if (!res.needsHash) continue
    const { kind, metadata, data, binaryData, stringData, type } = res.object
    const content: Dict = { kind, name: '', data: data ?? '' }
    if (kind === 'Secret') content.type = type
    if (binaryData) content.binaryData = binaryData
    if (stringData) content.stringData = stringData
    res.previous.push(idOf(res))
    metadata.name = `${metadata.name}-${contentHash(content)}`
  }
}
