// Which objects a command is about: `TYPE`, `TYPE NAME…`, `TYPE/NAME…`, `a,b NAME`, -l, --field-selector, --all, -A and
// -f (cli-runtime pkg/resource/builder.go). The result is a list of infos and the errors met on the way.
import type { Task } from '../engine/task.ts'
import { goQuote } from '../kinds/machinery/quote.ts'
import type { KnownObject, KubeObject } from '../kinds/object.ts'
import type { Served } from '../kinds/schema/types.ts'
import type { ObjectList } from './client.ts'
import type { Context } from './context.ts'
import { groupVersion, inScheme, qualifiedPlural, type Resource, type ResourceOf } from './discovery.ts'
import { CommandError, StatusError, throwAll, withSource } from './errors.ts'
import { kustomizeParts } from './loaders.ts'
import { readManifests } from './manifests.ts'
import { matchesLabels } from './selectors.ts'

export interface Info<T extends KubeObject = KubeObject> {
  readonly resource: ResourceOf<T>
  readonly namespace: string
  readonly name: string
  /** File that it was read from; '' for what was named on the command line. */
  readonly source: string
  /** What the file says, or what the server answered. */
  object: T
}

/** Whether it is one of that resource's: `isOf(info, 'nodes')`. What the server answers then has the type of its kind. */
export const isOf = <Name extends keyof Served>(info: Info, name: Name): info is Info<Served[Name]> =>
  qualifiedPlural(info.resource) === name

export interface BuildOptions {
  /** Default: the command's arguments. */
  readonly args?: readonly string[]
  /** A lone TYPE means all of them (get, describe). */
  readonly allowEmptySelector?: boolean
  readonly all?: boolean
  readonly selector?: string
  readonly fieldSelector?: string
  readonly allNamespaces?: boolean
  readonly singleType?: boolean
  /** Go on after an error, so that the rest is done. */
  readonly continueOnError?: boolean
  /** Objects of files are asked for again from the server (get, describe …). */
  readonly latest?: boolean
  /** Named objects are not asked for (delete, label --local): `object` is bare. */
  readonly lazy?: boolean
  readonly subresource?: string
  /** No namespace is set: named objects must not need one. */
  readonly clusterScoped?: boolean
  readonly validate?: 'strict' | 'warn' | 'ignore'
  readonly accept?: 'table'
  readonly includeObject?: boolean
  /** Selected lists stay as they came, one info each. */
  readonly keepLists?: boolean
  /** -f takes its files from here instead of the flag. */
  readonly filenames?: readonly string[]
  readonly local?: boolean
  /** Objects are read into Go's structs (WithScheme): one of a kind that this scheme does not have is an error. */
  readonly scheme?: keyof typeof schemes
}

const schemes = {
  kubectl: 'pkg/scheme/scheme.go:28',
  'client-go': 'k8s.io/client-go/kubernetes/scheme/register.go:83',
}

/** What is read into structs is of a kind that is known. */
type InfoOf<Options extends BuildOptions> = Options extends { readonly scheme: string }
  ? Info<KnownObject>
  : Info

export interface Built<I extends Info = Info> {
  readonly infos: I[]
  readonly errors: Error[]
  /** Both in the order in which they were met. */
  readonly sequence: readonly (I | Error)[]
  /** One object was asked for by name or file, rather than a list of them. */
  readonly single: boolean
}

const missingResource = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`

/** For commands that work on files alone (resource.FilenameOptions.RequireFilenameOrKustomize). */
export function requireFiles({ flags }: Context): void {
  const files = flags.list('filename').length > 0
  const kustomize = flags.has('kustomize') && flags.string('kustomize') !== ''
  if (!files && !kustomize) throw new CommandError('must specify one of -f and -k')
  if (files && kustomize) throw new CommandError('only one of -f or -k can be specified')
}

/** Infos, or the errors thrown. */
export function* infosOf<Options extends BuildOptions>(
  ctx: Context,
  options: Options,
): Task<InfoOf<Options>[]> {
  const built = yield* build(ctx, options)
  throwAll(built.errors)
  return built.infos
}

export function* build<Options extends BuildOptions>(
  ctx: Context,
  options: Options,
): Task<Built<InfoOf<Options>>> {
  const { items, single } = yield* collect(ctx, options)
  // What a scheme does not have was made an error.
  const sequence = items as (InfoOf<Options> | Error)[]
  return {
    sequence,
    infos: sequence.filter((item): item is InfoOf<Options> => !(item instanceof Error)),
    errors: sequence.filter(item => item instanceof Error),
    single,
  }
}

interface Collected {
  readonly items: (Info | Error)[]
  readonly single: boolean
}

function* collect(ctx: Context, options: BuildOptions): Task<Collected> {
  const files = options.filenames ?? (ctx.flags.has('filename') ? ctx.flags.list('filename') : [])
  const kustomize = ctx.flags.has('kustomize') ? ctx.flags.string('kustomize') : ''
  if (kustomize && files.length) throw new CommandError('only one of -f or -k can be specified')
  if (
    ctx.flags.has('recursive') &&
    ctx.flags.changed('recursive') &&
    ctx.flags.bool('recursive') &&
    kustomize
  )
    throw new CommandError("the -k flag can't be used with -f or -R")
  const words = parseWords(ctx, options.args ?? ctx.args, options)
  if (files.length || kustomize) {
    if (words.resources.length)
      throw new CommandError(
        'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
      )
    if (words.pairs.length)
      throw new CommandError('resource/name arguments cannot be provided when a path is specified')
    return yield* fromFiles(ctx, files, kustomize, options)
  }
  const selected = words.selector !== undefined || options.fieldSelector
  if (selected) return fromSelector(ctx, words, options)
  if (words.pairs.length || words.names.length) return fromNames(ctx, words, options)
  if (words.resources.length) {
    for (const word of words.resources) ctx.discovery.resource(word)
    throw new CommandError('resource(s) were provided, but no name was specified')
  }
  throw new CommandError(missingResource)
}

interface Words {
  readonly resources: string[]
  readonly names: string[]
  readonly pairs: { readonly resource: string; readonly name: string }[]
  readonly selector: string | undefined
}

const splitTypes = (word: string): string[] => [...new Set(word.split(','))]

function parseWords(ctx: Context, given: readonly string[], options: BuildOptions): Words {
  let selector = options.selector || undefined
  if (options.all && (selector || options.fieldSelector))
    throw new CommandError("setting 'all' parameter but found a non empty selector. ")
  if (options.all) selector = ''
  let args = [...given]
  if (args.length >= 2 && args[0]!.includes(',')) {
    const types = splitTypes(args[0]!)
    if (types.length > 1) args = types.flatMap(type => args.slice(1).map(name => `${type}/${name}`))
  }
  const slashes = args.filter(arg => arg.includes('/')).length
  if (slashes > 0) {
    if (slashes !== args.length)
      throw new CommandError(
        "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
      )
    const pairs = args.map(arg => {
      const parts = arg.split('/')
      if (parts.length !== 2)
        throw new CommandError('arguments in resource/name form may not have more than one slash')
      const [resource = '', name = ''] = parts
      if (!resource || !name || splitTypes(resource).length !== 1)
        throw new CommandError('arguments in resource/name form must have a single resource and name')
      return { resource, name }
    })
    return { resources: [], names: [], pairs, selector }
  }
  const [types, ...names] = args
  if (types === undefined) return { resources: [], names: [], pairs: [], selector }
  const resources = types.split(',').flatMap(word => {
    const members = ctx.connection ? ctx.discovery.category(word) : []
    return members.length ? members.map(qualifiedPlural) : [word]
  })
  if (names.length === 0 && options.allowEmptySelector) selector ??= ''
  return { resources: [...new Set(resources)], names, pairs: [], selector }
}

/** Names of `type`, among which `OTHER/NAME` stands for itself (Builder.ResourceNames). */
export const resourceNames = (type: string, names: readonly string[]): string[] =>
  names.map(name => (name.includes('/') ? name : `${type}/${name}`))

const info = (
  resource: Resource,
  namespace: string,
  name: string,
  object?: KubeObject,
  source = '',
): Info => ({
  resource,
  namespace,
  name,
  source,
  object: object ?? { apiVersion: groupVersion(resource), kind: resource.kind, metadata: { name } },
})

/** `Resource: "/v1, Resource=pods", GroupVersionKind: …`: resource.Info's String. */
export function describeInfo({ resource, name, namespace }: Info): string {
  const gv = `${resource.group}/${resource.version}`
  return `Resource: "${gv}, Resource=${resource.plural}", GroupVersionKind: "${gv}, Kind=${resource.kind}"\nName: ${JSON.stringify(name)}, Namespace: ${JSON.stringify(namespace)}`
}

function distinctResources(ctx: Context, words: readonly string[], options: BuildOptions): Resource[] {
  if (words.length > 1 && options.singleType)
    throw new CommandError('you may only specify a single resource type')
  return [...new Set(words.map(word => ctx.discovery.resource(word)))]
}

function fromSelector(ctx: Context, words: Words, options: BuildOptions): Collected {
  if (words.names.length) throw new CommandError('name cannot be provided when a selector is specified')
  if (words.pairs.length)
    throw new CommandError('selectors and the all flag cannot be used when passing resource/name arguments')
  if (words.resources.length === 0)
    throw new CommandError('at least one resource must be specified to use a selector')
  if (options.subresource)
    throw new CommandError('subresource cannot be used when bulk resources are specified')
  const items: (Info | Error)[] = []
  for (const resource of distinctResources(ctx, words.resources, options)) {
    try {
      items.push(...list(ctx, resource, words.selector ?? '', options))
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      if (!options.continueOnError) return { items: [...items, error], single: false }
      items.push(error)
    }
  }
  return { items, single: false }
}

function list(ctx: Context, resource: Resource, selector: string, options: BuildOptions): Info[] {
  const namespace = resource.namespaced && !options.allNamespaces ? ctx.namespace : ''
  const query: Record<string, string> = { ...ctx.chunk }
  if (selector) query.labelSelector = selector
  if (options.fieldSelector) query.fieldSelector = options.fieldSelector
  if (options.includeObject) query.includeObject = 'Object'
  let body: ObjectList
  try {
    body = ctx.client.list(resource, namespace, query, options.accept)
  } catch (error) {
    if (error instanceof StatusError && (error.reason === 'BadRequest' || error.reason === 'NotFound')) {
      const subject = `${groupVersion({ group: resource.group, version: resource.version }).replace(/^(?!.*\/)/, '/')}, Resource=${resource.plural}`
      const message = `Unable to find ${JSON.stringify(subject)} that match label selector ${JSON.stringify(selector)}, field selector ${JSON.stringify(options.fieldSelector ?? '')}: ${error.message}`
      throw error.reason === 'BadRequest' ? new StatusError({ ...error.status, message }) : error
    }
    throw error
  }
  const unknown = notInScheme(body, options)
  if (unknown !== undefined) throw new CommandError(unknown)
  if (options.keepLists || options.accept) return [info(resource, namespace, '', body)]
  return body.items.map(item =>
    info(resource, item.metadata?.namespace ?? '', item.metadata?.name ?? '', item),
  )
}

function fromNames(ctx: Context, words: Words, options: BuildOptions): Collected {
  let targets: { resource: Resource; name: string }[]
  if (words.pairs.length) {
    const resources = new Map(words.pairs.map(p => [p.resource, ctx.discovery.resource(p.resource)]))
    if (options.singleType && new Set(resources.values()).size > 1)
      throw new CommandError('you may only specify a single resource type')
    targets = words.pairs.map(p => ({ resource: resources.get(p.resource)!, name: p.name }))
  } else {
    const resources = distinctResources(ctx, words.resources, options)
    if (resources.length > 1) throw new CommandError('you must specify only one resource')
    targets = words.names.map(name => ({ resource: resources[0]!, name }))
  }
  const items: (Info | Error)[] = []
  for (const { resource, name } of targets) {
    if (resource.namespaced && options.allNamespaces)
      throw new CommandError('a resource cannot be retrieved by name across all namespaces')
    if (resource.namespaced && options.clusterScoped)
      throw new CommandError('namespace may not be empty when retrieving a resource by name')
    const namespace = resource.namespaced ? ctx.namespace : ''
    const item = info(resource, namespace, name)
    try {
      if (!options.lazy) item.object = fetchObject(ctx, item, options)
      const unknown = notInScheme(item.object, options)
      items.push(unknown === undefined ? item : new CommandError(unknown))
      if (unknown !== undefined && !options.continueOnError) break
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      items.push(error)
      if (!options.continueOnError) break
    }
  }
  return { items, single: targets.length === 1 }
}

/** Why an object, or a list, cannot be read into a struct; undefined where it can, or need not. */
export function notInScheme({ apiVersion, kind }: KubeObject, { scheme }: BuildOptions): string | undefined {
  if (!scheme || inScheme(apiVersion, kind.replace(/List$/, ''))) return undefined
  return `no kind ${goQuote(kind)} is registered for version ${goQuote(apiVersion)} in scheme ${goQuote(schemes[scheme])}`
}

function fetchObject(ctx: Context, item: Info, options: BuildOptions): KubeObject {
  const query = options.includeObject ? { includeObject: 'Object' } : undefined
  return ctx.client.get(item.resource, item.namespace, item.name, options.subresource, options.accept, query)
}

function* fromFiles(
  ctx: Context,
  paths: readonly string[],
  kustomize: string,
  options: BuildOptions,
): Task<Collected> {
  const recursive = ctx.flags.has('recursive') && ctx.flags.bool('recursive')
  const documents = kustomize
    ? kustomizeParts
        .get('-k')
        .buildKustomization(ctx, kustomize)
        .map(object => ({ object, source: kustomize }))
    : yield* readManifests(ctx, paths, { recursive, validate: options.validate ?? 'ignore' })
  const items: (Info | Error)[] = []
  const validating = options.validate === 'strict' || options.validate === 'warn'
  for (const document of documents) {
    try {
      if ('error' in document) throw document.error
      const { object, source } = document
      const unknown = notInScheme(object, options)
      if (unknown !== undefined)
        throw new CommandError(`unable to decode ${JSON.stringify(source)}: ${unknown}`)
      if (validating) mustHaveSchemas(ctx, source)
      if (options.selector && !matchesLabels(options.selector, object.metadata?.labels)) continue
      const item = options.local ? localInfo(ctx, object, source) : fileInfo(ctx, object, source)
      if (options.latest && !options.lazy) item.object = fetchObject(ctx, item, options)
      items.push(item)
    } catch (error) {
      if (!(error instanceof CommandError || error instanceof StatusError)) throw error
      items.push(error)
      if (!options.continueOnError) break
    }
  }
  const path = paths[0] ?? ''
  const isFile =
    paths.length === 1 && path !== '-' && ctx.process.files.exists(ctx.file(path))
      ? ctx.process.files.stat(ctx.file(path)).type !== 'directory'
      : false
  return { items, single: isFile }
}

/** Validation begins with the server's schemas. */
function mustHaveSchemas(ctx: Context, source: string): void {
  const { url, failure } = ctx.server
  if (failure !== undefined)
    throw new CommandError(
      `error validating ${JSON.stringify(source)}: error validating data: failed to download openapi: Get "${url}/openapi/v2?timeout=32s": ${failure}; if you choose to ignore these errors, turn validation off with --validate=false`,
    )
}

/** The kind as the server serves it, and the namespace that -n, the object or the context gives. */
function fileInfo(ctx: Context, object: KubeObject, source: string): Info {
  const name = object.metadata?.name ?? ''
  const own = object.metadata?.namespace ?? ''
  try {
    ctx.discovery.reach()
  } catch (error) {
    throw new CommandError(`unable to recognize ${JSON.stringify(source)}: ${(error as Error).message}`)
  }
  const resource = ctx.discovery.forKind(String(object.apiVersion ?? ''), object.kind)
  if (!resource) {
    if (!object.apiVersion && ctx.discovery.forKind('v1', object.kind)) throw nowhere(source)
    const version = object.apiVersion ? ` in version ${goQuote(String(object.apiVersion))}` : ' in group ""'
    throw new CommandError(
      `resource mapping not found for name: ${goQuote(name)} namespace: ${goQuote(own)} from ${goQuote(source)}: no matches for kind ${goQuote(object.kind)}${version}\nensure CRDs are installed first`,
    )
  }
  if (!resource.namespaced) return info(resource, '', name, object, source)
  if (own && ctx.namespaceEnforced && own !== ctx.namespace)
    throw new CommandError(
      `the namespace from the provided object ${JSON.stringify(own)} does not match the namespace ${JSON.stringify(ctx.namespace)}. You must pass '--namespace=${own}' to perform this operation.`,
    )
  const namespace = own || ctx.namespace
  const placed = own ? object : { ...object, metadata: { ...object.metadata, namespace } }
  return info(resource, namespace, name, placed, source)
}

/** An object without a version is sent to a path that is none. */
function nowhere(source: string): Error {
  const message = 'the server could not find the requested resource'
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    reason: 'NotFound',
    code: 404,
  } as const
  return withSource('creating', source, new StatusError({ ...status, message }))
}

function localInfo(ctx: Context, object: KubeObject, source: string): Info {
  const resource = ctx.discovery.forKind(String(object.apiVersion ?? ''), object.kind)
  if (resource)
    return info(resource, object.metadata?.namespace ?? '', object.metadata?.name ?? '', object, source)
  const slash = String(object.apiVersion).indexOf('/')
  const kind = String(object.kind)
  const bare: Resource = {
    group: slash < 0 ? '' : object.apiVersion.slice(0, slash),
    version: object.apiVersion.slice(slash + 1),
    kind,
    plural: `${kind.toLowerCase()}s`,
    singular: kind.toLowerCase(),
    namespaced: true,
    verbs: [],
    shortNames: [],
    categories: [],
    schema: '',
    subresources: [],
  }
  return info(bare, object.metadata?.namespace ?? '', object.metadata?.name ?? '', object, source)
}
