// What may stand in a manifest that is being written, in a cluster: with the objects that it and the reader's files have,
// and with the kinds that definitions add.
import { families } from '../containers/catalog/index.ts'
import { servedKinds } from '../kinds/index.ts'
import { apiVersionOf } from '../kinds/kind.ts'
import type { CustomResourceDefinition } from '../kinds/schema/types.ts'
import { structType } from '../kinds/schema.ts'
import { descriptionParts } from '../kubectl/loaders.ts'
import { OpenApiStruct, publishedType } from '../kubectl/openapi-types.ts'
import { complete } from '../manifest/complete/complete.ts'
import { describeAt, type FieldAbout } from '../manifest/complete/describe.ts'
import type { Completion, Known, Named } from '../manifest/complete/known.ts'
import { objectsIn } from '../manifest/complete/objects.ts'
import { definitionsIn } from '../manifest/custom-kinds.ts'
import { workDirectory } from './workstation.ts'
import type { World } from './world.ts'

/** A text that is being written, and what else is open beside it: by file, as far as it is not saved. */
export interface Draft {
  readonly text: string
  readonly offset: number
  readonly file: string
  readonly others: Readonly<Record<string, string>>
}

/** Characters. What is longer is not looked through at every key that is pressed. */
const longest = 2 ** 18

export function completeIn(world: World, draft: Draft): Completion | undefined {
  const { text, offset } = draft
  return text.length > longest ? undefined : complete(text, offset, knownIn(world, draft))
}

export function describeIn(world: World, draft: Draft): FieldAbout | undefined {
  const { text, offset } = draft
  return text.length > longest ? undefined : describeAt(text, offset, knownIn(world, draft))
}

const metadata = { allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' }] }

/** One kind of a definition, in each version that it has. */
interface Defined {
  readonly apiVersion: string
  readonly kind: string
  readonly namespaced: boolean
  readonly path: string
  readonly type: OpenApiStruct
}

function definedBy({ spec }: CustomResourceDefinition): Defined[] {
  const { group, names, scope, versions } = spec
  return versions.map(({ name, schema }) => {
    const source = schema?.openAPIV3Schema ?? {}
    const text = { type: 'string' }
    const properties = { apiVersion: text, kind: text, metadata, ...source.properties }
    return {
      apiVersion: `${group}/${name}`,
      kind: names.kind,
      namespaced: scope !== 'Cluster',
      path: `/apis/${group}/${name}/${names.plural}`,
      type: new OpenApiStruct(
        names.kind,
        { ...source, properties: { ...properties, metadata } },
        () => undefined,
      ),
    }
  })
}

function knownIn({ cluster, files }: World, { text, file, others }: Draft): Known {
  const read = (path: string): CustomResourceDefinition[] =>
    cluster.api.handle({ method: 'GET', path, managedFields: false, looks: true }).body.items ?? []
  const definitions = read('/apis/apiextensions.k8s.io/v1/customresourcedefinitions')
  const custom = [...definitionsIn(text), ...definitions].flatMap(definedBy)
  const texts = descriptionParts.get('explain')
  const served = servedKinds.filter(({ resource }) => resource.verbs.includes('create'))
  let elsewhere: readonly Named[] | undefined
  return {
    pairs: [
      ...served.map(({ resource }) => ({ apiVersion: apiVersionOf(resource), kind: resource.kind })),
      ...custom,
    ],
    type(apiVersion, kind) {
      const own = custom.find(each => each.apiVersion === apiVersion && each.kind === kind)
      if (own) return own.type
      const found = served.find(
        ({ resource }) => resource.kind === kind && apiVersionOf(resource) === apiVersion,
      )
      return found && (structType(found.resource.schema) ?? publishedType(texts.schemas, found.resource))
    },
    describe(type, field) {
      if (type instanceof OpenApiStruct)
        return (field === undefined ? type.source : type.source.properties?.[field])?.description ?? ''
      return field === undefined ? texts.type(type.schema) : texts.field(type.schema, field)
    },
    objects(kind) {
      elsewhere ??= inFiles(files, file, others)
      const { path } = custom.find(each => each.kind === kind) ?? { path: pathOf(kind) }
      return [
        ...elsewhere.filter(({ object }) => (object as CustomResourceDefinition).kind === kind),
        ...(path ? read(path).map(object => ({ object: { ...object, kind }, origin: '' })) : []),
      ]
    },
    namespaced: kind =>
      (custom.find(each => each.kind === kind) ?? served.find(({ resource }) => resource.kind === kind)?.kind)
        ?.namespaced ?? false,
    images: () =>
      families()
        .flatMap(each => each.names.split(' '))
        .filter(name => !name.endsWith('*')),
  }
}

/** Where all objects of a kind are listed. */
function pathOf(kind: string): string | undefined {
  const resource = servedKinds.find(
    each => each.resource.kind === kind && each.resource.verbs.includes('list'),
  )?.resource
  return resource && `/${resource.group ? 'apis' : 'api'}/${apiVersionOf(resource)}/${resource.plural}`
}

/** The objects of the manifests in the reader's directory, but for the one that is being written. */
function inFiles(files: World['files'], file: string, others: Draft['others']): Named[] {
  const texts = new Map<string, string>()
  for (const name of files.exists(workDirectory) ? files.list(workDirectory) : []) {
    const path = `${workDirectory}/${name}`
    if (/\.ya?ml$/.test(name) && files.stat(path).type === 'file') texts.set(name, files.read(path))
  }
  for (const [name, text] of Object.entries(others)) texts.set(name, text)
  texts.delete(file)
  const found: Named[] = []
  let room = longest
  for (const [name, text] of texts) {
    room -= text.length
    if (room < 0) break
    for (const object of objectsIn(text)) found.push({ object, origin: name })
  }
  return found
}
