// GET /openapi/v3: the index and one document for each group and version, made from the schema tables and from the
// schemas of CustomResourceDefinitions (k8s.io/kube-openapi/pkg/{handler3,builder3}, apiextensions-apiserver's
// controller/openapiv3). Left out: paths and their operations, and descriptions, which clients here load apart; the
// kinds that the tables do not describe are objects of any fields.

import { apiVersionOf } from '../kinds/kind.ts'
import { type StructType, structType, type ValueType } from '../kinds/schema.ts'
import type { Machinery } from './call.ts'
import type { Schema } from './custom/schema.ts'
import { notFoundPath } from './errors.ts'
import type { Resource } from './registry.ts'

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const objectMeta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'
const any = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }

const scalars: Record<string, object> = {
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  bool: { type: 'boolean' },
  float64: { type: 'number', format: 'double' },
  bytes: { type: 'string', format: 'byte' },
  raw: { type: 'object' },
}

/** Scalars whose types have names, and what is published of them. */
const namedScalars: Record<string, { readonly name: string; readonly schema: object }> = {
  quantity: {
    name: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
    schema: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  },
  time: {
    name: 'io.k8s.apimachinery.pkg.apis.meta.v1.Time',
    schema: { type: 'string', format: 'date-time' },
  },
  microTime: {
    name: 'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime',
    schema: { type: 'string', format: 'date-time' },
  },
  intOrString: {
    name: 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
    schema: { oneOf: [{ type: 'integer' }, { type: 'string' }], format: 'int-or-string' },
  },
}

const pathOf = (resource: { group: string; version: string }) =>
  `${resource.group ? 'apis' : 'api'}/${apiVersionOf(resource)}`

export function openApi(server: Machinery, path: string): unknown {
  const all = [...server.registry.all()]
  if (!path)
    return {
      paths: Object.fromEntries(
        all.map(r => [pathOf(r), { serverRelativeURL: `/openapi/v3/${pathOf(r)}?hash=${hashOf(all, r)}` }]),
      ),
    }
  const mine = all.filter(r => pathOf(r) === path)
  if (!mine.length) throw notFoundPath()
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.3' },
    paths: {},
    components: { schemas: componentsOf(mine) },
  }
}

/** Another one as soon as a document differs: only definitions change. */
function hashOf(all: readonly Resource[], of: Resource): string {
  let hash = 0x811c9dc5
  const text = JSON.stringify(
    all.filter(r => pathOf(r) === pathOf(of)).map(r => [r.kind, r.custom?.schema ?? r.schema]),
  )
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).toUpperCase().padStart(8, '0')
}

function componentsOf(resources: readonly Resource[]): Record<string, object> {
  const components: Record<string, object> = {}

  const schemaOf = (type: ValueType): object => {
    if (type.form === 'list')
      return {
        type: 'array',
        items: schemaOf(type.items),
        ...(type.listType && { 'x-kubernetes-list-type': type.listType }),
        ...(type.keys.length && { 'x-kubernetes-list-map-keys': type.keys }),
      }
    if (type.form === 'map') return { type: 'object', additionalProperties: schemaOf(type.values) }
    if (type.form === 'struct') return reach(type)
    const named = namedScalars[type.form]
    if (named) {
      components[named.name] = named.schema
      return ref(named.name)
    }
    return scalars[type.form] ?? { type: 'string', ...(type.values?.length && { enum: type.values }) }
  }

  const reach = (type: StructType): object => {
    if (!components[type.schema]) {
      const component: Record<string, unknown> = { type: 'object' }
      components[type.schema] = component
      const required = type.fields.filter(f => f.required).map(f => f.name)
      if (required.length) component.required = required
      component.properties = Object.fromEntries(type.fields.map(f => [f.name, schemaOf(f.type)]))
    }
    return ref(type.schema)
  }

  for (const { group, version, kind, schema, custom } of resources) {
    const struct = structType(schema)
    const name = struct ? schema : [...group.split('.').reverse(), version, kind].filter(Boolean).join('.')
    if (struct) reach(struct)
    else {
      reach(structType(objectMeta)!)
      components[name] = custom?.schema ? published(custom.schema) : any
    }
    components[name] = {
      ...components[name],
      'x-kubernetes-group-version-kind': [{ group, kind, version }],
    }
  }
  return components
}

/** A definition's schema, with what every object has (apiextensions-apiserver's controller/openapi/builder). */
function published(schema: Schema): object {
  return {
    ...schema,
    type: 'object',
    properties: {
      ...schema.properties,
      apiVersion: { description: texts.apiVersion, type: 'string' },
      kind: { description: texts.kind, type: 'string' },
      metadata: { description: texts.metadata, allOf: [ref(objectMeta)] },
    },
  }
}

const conventions = 'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#'
const texts = {
  apiVersion: `APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: ${conventions}resources`,
  kind: `Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: ${conventions}types-kinds`,
  metadata: `Standard object's metadata. More info: ${conventions}metadata`,
}
