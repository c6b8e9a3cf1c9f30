// Serves the kinds that CustomResourceDefinitions define, from the moment they are stored until they are gone.
// k8s.io/apiextensions-apiserver/pkg/{apiserver/customresource_handler.go,registry/customresource,controller/*}.
// Left out: conversion webhooks (objects are shown in any version as they are), names that clash.
import type { Engine } from '../../engine/engine.ts'
import type { Column } from '../../kinds/columns.ts'
import type { AnyKind, Cell, Kind, ScaleAccess } from '../../kinds/kind.ts'
import { age } from '../../kinds/machinery/duration.ts'
import { equal } from '../../kinds/machinery/equality.ts'
import {
  standardFinalizers,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../../kinds/machinery/meta-validation.ts'
import { nameIsDNSSubdomain } from '../../kinds/machinery/names.ts'
import { goQuote } from '../../kinds/machinery/quote.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type {
  CustomResourceColumnDefinition,
  CustomResourceDefinition,
  CustomResourceSubresourceScale,
} from '../../kinds/schema/types.ts'
import { isObject } from '../json.ts'
import type { Registry } from '../registry.ts'
import { type Store, storeKey } from '../store.ts'
import { firstAt } from './column-path.ts'
import { definitions } from './index.ts'
import { hasRules, validateRules } from './rules.ts'
import { prune, type Schema, setDefaults, validateSchema } from './schema.ts'

const allVerbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch']

/** What a resource of a definition knows beside its rules. */
export interface CustomResource {
  readonly columns: readonly Column[]
  /** As the definition has it; absent where there is no definition. */
  readonly schema?: Schema
  decode(value: unknown): {
    object: KubeObject
    error?: string
    /** Paths of fields that the schema does not know. */
    unknown?: readonly string[]
    strict: readonly string[]
  }
}

type Definition = CustomResourceDefinition
/** An object of a defined kind, of which its schema alone knows more. */
type Custom = KubeObject & Record<string, unknown>

/** To be told of every change of a definition, within the write. */
export function definitionFollower(
  engine: Engine,
  store: Store,
  registry: Registry,
): (old: Definition | undefined, now: Definition | undefined) => void {
  const table = store.table(definitions)
  return (old, now) => {
    if (old && !equal(old.spec, now?.spec)) withdraw(registry, old)
    if (old && !now) engine.after(1, () => clear(old))
    if (!now || equal(old?.spec, now.spec)) return
    serve(registry, now)
    engine.after(5, () => establish(now.metadata.name))
  }

  /** A definition takes its objects with it. */
  function clear({ spec }: Definition): void {
    const objects = store.table(`${spec.names.plural}.${spec.group}`)
    for (const stored of [...objects.list()]) {
      const { namespace, name } = stored.object.metadata
      const metadata = { ...stored.object.metadata, resourceVersion: store.nextVersion() }
      store.remove(objects, storeKey(namespace, name), { ...stored, object: { ...stored.object, metadata } })
    }
  }

  /** The conditions that the apiextensions controllers set, in one write. */
  function establish(name: string): void {
    const stored = table.get(storeKey(undefined, name))
    if (!stored || stored.object.status?.conditions?.length) return
    const { spec, metadata } = stored.object
    const lastTransitionTime = engine.timestamp
    const condition = (type: string, reason: string, message: string) => ({
      lastTransitionTime,
      message,
      reason,
      status: 'True',
      type,
    })
    const object = {
      ...stored.object,
      metadata: { ...metadata, resourceVersion: store.nextVersion() },
      status: {
        conditions: [
          condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
          condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
        ],
        acceptedNames: spec.names,
        storedVersions: spec.versions.filter(v => v.storage).map(v => v.name),
      },
    }
    store.put(table, storeKey(undefined, name), { ...stored, object })
  }
}

function withdraw(registry: Registry, { spec }: Definition): void {
  for (const { name } of spec.versions) registry.remove(spec.group, name, spec.names.plural)
}

/** Adds what a definition defines. */
export function serve(registry: Registry, { spec }: Definition): void {
  const { group, names, scope } = spec
  for (const version of spec.versions) {
    if (!version.served) continue
    const schema: Schema = version.schema?.openAPIV3Schema ?? { 'x-kubernetes-preserve-unknown-fields': true }
    const identity = {
      group,
      version: version.name,
      kind: names.kind,
      plural: names.plural,
      singular: names.singular || names.kind.toLowerCase(),
      shortNames: names.shortNames ?? [],
      categories: names.categories ?? [],
      namespaced: scope === 'Namespaced',
      verbs: allVerbs,
      schema: '',
    }
    const { status, scale } = version.subresources ?? {}
    const subresources = [...(status ? ['status'] : []), ...(scale ? ['scale'] : [])].map(name => ({
      name,
      verbs: ['get', 'patch', 'update'],
      kind: name === 'scale' ? 'Scale' : identity.kind,
      ...(name === 'scale' && { group: 'autoscaling', version: 'v1' }),
    }))
    const printed = version.additionalPrinterColumns ?? [
      { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
    ]
    registry.add({
      kind: rulesOf(identity, schema, Boolean(status), scale, printed),
      resource: { ...identity, subresources },
      custom: { columns: columnsOf(printed), schema, decode: value => decodeCustom(schema, value) },
    })
  }
}

function decodeCustom(schema: Schema, value: unknown) {
  if (!isObject(value)) return { object: {} as KubeObject, error: 'the object is no map', strict: [] }
  const unknown: string[] = []
  const object = prune(schema, value, unknown) as KubeObject
  return { object, unknown, strict: unknown.map(path => `unknown field ${goQuote(path)}`) }
}

type Identity = Omit<Kind<Custom>, 'nameRule'>

function rulesOf(
  identity: Identity,
  schema: Schema,
  status: boolean,
  scale: CustomResourceSubresourceScale | undefined,
  printed: readonly CustomResourceColumnDefinition[],
): AnyKind {
  const ruled = hasRules(schema)
  const validateContent = (object: Custom, old?: Custom) => {
    const errors = validateSchema(schema, object)
    return ruled ? [...errors, ...validateRules(schema, object, old, errors)] : errors
  }
  const content = ({ metadata: _, status: __, ...rest }: Custom) => rest
  const kind: Kind<Custom> = {
    ...identity,
    nameRule: nameIsDNSSubdomain,
    defaults: object => setDefaults(schema, object),
    prepareForCreate(object) {
      if (status) {
        delete object.status
        // What comes back from the store is given its defaults once more: those of the status stand then.
        setDefaults(schema, object)
      }
      object.metadata.generation = 1
    },
    prepareForUpdate(object, old) {
      if (status) keep(object, old, 'status')
      const before = status ? content(old) : { ...old, metadata: undefined }
      const after = status ? content(object) : { ...object, metadata: undefined }
      if (!equal(before, after)) object.metadata.generation = (old.metadata.generation ?? 0) + 1
    },
    validate: object => [
      ...validateObjectMeta(object.metadata, identity.namespaced, nameIsDNSSubdomain),
      ...validateContent(object),
    ],
    validateUpdate: (object, old) => [
      ...validateObjectMetaUpdate(object.metadata, old.metadata),
      ...validateContent(object, old),
    ],
    ...(status && {
      status: {
        prepareForUpdate(object: Custom, old: Custom) {
          for (const key of new Set([...Object.keys(object), ...Object.keys(old)]))
            if (key !== 'status' && key !== 'metadata') keep(object, old, key)
        },
        validateUpdate: (object: Custom, old: Custom) => validateContent(object, old),
      },
    }),
    warnings: ({ metadata }, old) =>
      (metadata.finalizers ?? [])
        .filter(name => !name.includes('/') && !standardFinalizers.includes(name))
        .filter(name => !old?.metadata.finalizers?.includes(name))
        .map(
          name =>
            `metadata.finalizers: ${goQuote(name)}: prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers`,
        ),
    ...(scale && { scale: scaleAccess(scale) }),
    row: (object, { now }) => [
      object.metadata.name,
      ...printed.map(({ jsonPath, type }): Cell => {
        const value = firstAt(object, jsonPath)
        if (type === 'date') return age(value as string | undefined, now)
        return value === undefined || value === null
          ? ''
          : isObject(value) || Array.isArray(value)
            ? JSON.stringify(value)
            : (value as Cell)
      }),
    ],
  }
  return kind
}

function keep(object: Custom, old: Custom, key: string): void {
  if (old[key] === undefined) delete object[key]
  else object[key] = old[key]
}

const columnsOf = (printed: readonly CustomResourceColumnDefinition[]): Column[] => [
  { name: 'Name', type: 'string', format: 'name', priority: 0 },
  ...printed.map(({ name, type, priority }) => ({
    name,
    type,
    format: '' as const,
    priority: (priority ?? 0) > 0 ? (1 as const) : (0 as const),
  })),
]

/** A simple JSON path: `.spec.replicas`, `.status.conditions[0].type`. */
const steps = (path: string): string[] => path.match(/[^.[\]'"]+/g) ?? []
const at = (object: unknown, path: string): unknown =>
  steps(path).reduce<unknown>(
    (value, step) =>
      value && typeof value === 'object' && Object.hasOwn(value, step)
        ? (value as Record<string, unknown>)[step]
        : undefined,
    object,
  )

type Json = Readonly<Record<string, unknown>>

function scaleAccess({
  specReplicasPath,
  statusReplicasPath,
  labelSelectorPath,
}: CustomResourceSubresourceScale): ScaleAccess<Custom> {
  const put = <T extends Json>(value: T, [step = '', ...rest]: string[], replicas: number): T => ({
    ...value,
    [step]: rest.length ? put((value[step] ?? {}) as Json, rest, replicas) : replicas,
  })
  return {
    replicas: object => Number(at(object, specReplicasPath) ?? 0),
    withReplicas: (object, replicas) => put(object, steps(specReplicasPath), replicas),
    statusReplicas: object => Number(at(object, statusReplicasPath) ?? 0),
    selector: object => (labelSelectorPath ? String(at(object, labelSelectorPath) ?? '') : ''),
  }
}
