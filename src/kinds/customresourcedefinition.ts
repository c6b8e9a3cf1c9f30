// CustomResourceDefinition: k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation. Its Go types are not among
// the schema tables (a schema that describes schemas weighs more than it teaches), so that wrong types are found here,
// not in decoding. Left out: conversion webhooks, the finer rules of structural schemas.
import type { RuleSchema } from './cel/schema-scope.ts'
import { validateDefinitionSchema } from './definition-schema.ts'
import { equal } from './machinery/equality.ts'
import { type FieldError, invalid, notSupported, required, typeInvalid } from './machinery/field-error.ts'
import { isDNS1035Label, isDNS1123Subdomain } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { KubeObject, Sent } from './object.ts'
import type { CustomResourceDefinitionSpec, CustomResourceDefinitionVersion } from './schema/types.ts'

/** What a value must look like: a scalar's type, a list of shapes, fields of a map, or a map of shapes under `*`. */
type Shape =
  | 'string'
  | 'boolean'
  | 'number'
  | 'any'
  | readonly [Shape]
  | (() => Shape)
  | { readonly [k: string]: Shape }

const schemaShape = (): Shape => ({
  type: 'string',
  pattern: 'string',
  format: 'string',
  description: 'string',
  nullable: 'boolean',
  properties: { '*': schemaShape },
  required: ['string'],
  enum: ['any'],
  items: schemaShape,
  minimum: 'number',
  maximum: 'number',
  exclusiveMinimum: 'boolean',
  exclusiveMaximum: 'boolean',
  minLength: 'number',
  maxLength: 'number',
  minItems: 'number',
  maxItems: 'number',
  'x-kubernetes-preserve-unknown-fields': 'boolean',
  'x-kubernetes-int-or-string': 'boolean',
  'x-kubernetes-embedded-resource': 'boolean',
  'x-kubernetes-list-type': 'string',
  'x-kubernetes-list-map-keys': ['string'],
  'x-kubernetes-map-type': 'string',
  'x-kubernetes-validations': [
    {
      rule: 'string',
      message: 'string',
      messageExpression: 'string',
      reason: 'string',
      fieldPath: 'string',
      optionalOldSelf: 'boolean',
    },
  ],
})

const specShape: Shape = {
  group: 'string',
  scope: 'string',
  names: {
    plural: 'string',
    singular: 'string',
    kind: 'string',
    listKind: 'string',
    shortNames: ['string'],
    categories: ['string'],
  },
  versions: [
    {
      name: 'string',
      served: 'boolean',
      storage: 'boolean',
      schema: { openAPIV3Schema: schemaShape },
      subresources: {
        status: {},
        scale: { specReplicasPath: 'string', statusReplicasPath: 'string', labelSelectorPath: 'string' },
      },
      additionalPrinterColumns: [
        {
          name: 'string',
          type: 'string',
          format: 'string',
          description: 'string',
          jsonPath: 'string',
          priority: 'number',
        },
      ],
    },
  ],
}

/** Deeper schemas than this are none that a person wrote. */
const deepest = 60

/** Values of a wrong type; null stands for an absent value. */
function misfits(shape: Shape, value: unknown, path: string, errors: FieldError[], depth = 0): void {
  if (value === undefined || value === null || shape === 'any' || errors.length > 20) return
  if (depth > deepest) {
    errors.push(invalid(path, '', 'is nested too deeply'))
    return
  }
  const form = typeof shape === 'function' ? shape() : shape
  const wrong = (type: string) => errors.push(typeInvalid(path, value, `must be of type ${type}`))
  if (typeof form === 'string') {
    if (typeof value !== form) wrong(form)
  } else if (Array.isArray(form)) {
    if (!Array.isArray(value)) wrong('array')
    else
      for (const [i, item] of value.entries()) {
        if (item === null) errors.push(required(`${path}[${i}]`))
        misfits(form[0], item, `${path}[${i}]`, errors, depth + 1)
      }
  } else if (typeof value !== 'object' || Array.isArray(value)) wrong('object')
  else
    for (const [name, item] of Object.entries(value)) {
      const fields = form as Record<string, Shape>
      const field = fields['*'] ?? (Object.hasOwn(fields, name) ? fields[name] : undefined)
      if (field && fields['*'] && item === null) errors.push(required(`${path}[${name}]`))
      else if (field)
        misfits(field, item, fields['*'] ? `${path}[${name}]` : `${path}.${name}`, errors, depth + 1)
    }
}

/** A definition before it is looked at: nothing of its spec is sure. */
type Definition = KubeObject & { spec?: Sent<CustomResourceDefinitionSpec> }

function validate({ metadata, spec }: Definition): FieldError[] {
  if (!spec) return [required('spec')]
  const errors: FieldError[] = []
  misfits(specShape, spec, 'spec', errors)
  if (errors.length) return errors
  const { group, scope } = spec
  const names = spec.names ?? {}
  const versions: readonly Sent<CustomResourceDefinitionVersion>[] = spec.versions ?? []
  const need = <T extends object>(value: T, at: string, fields: readonly (keyof T & string)[]): void => {
    for (const field of fields) if (!value[field]) errors.push(required(`${at}.${field}`))
  }
  const expected = `${names.plural ?? ''}.${group ?? ''}`
  if (metadata.name !== expected)
    errors.push(invalid('metadata.name', metadata.name, 'must be spec.names.plural+"."+spec.group'))
  if (!group) errors.push(required('spec.group'))
  else {
    for (const fault of isDNS1123Subdomain(group)) errors.push(invalid('spec.group', group, fault))
    if (!group.includes('.'))
      errors.push(invalid('spec.group', group, 'should be a domain with at least one dot'))
  }
  const scopes = ['Cluster', 'Namespaced']
  if (!scope) errors.push(required('spec.scope'))
  else if (!scopes.includes(scope)) errors.push(notSupported('spec.scope', scope, scopes))
  // A schema that all versions have is one of the definition, inside.
  const shared = versions.every(({ schema }) => equal(schema, versions[0]?.schema))
    ? 'spec.validation.openAPIV3Schema'
    : undefined
  for (const [i, { name, schema, subresources, additionalPrinterColumns }] of versions.entries()) {
    const at = `spec.versions[${i}]`
    for (const fault of isDNS1035Label(name ?? '')) errors.push(invalid(`${at}.name`, name ?? '', fault))
    const scale = subresources?.scale
    if (scale) need(scale, `${at}.subresources.scale`, ['specReplicasPath', 'statusReplicasPath'])
    for (const [j, column] of (additionalPrinterColumns ?? []).entries())
      need(column, `${at}.additionalPrinterColumns[${j}]`, ['name', 'type', 'jsonPath'])
    if (!schema?.openAPIV3Schema)
      errors.push(required(`${at}.schema.openAPIV3Schema`, 'schemas are required'))
    else if (schema.openAPIV3Schema.type !== 'object')
      errors.push(
        schema.openAPIV3Schema.type
          ? invalid(
              `${at}.schema.openAPIV3Schema.type`,
              schema.openAPIV3Schema.type,
              'must be object at the root',
            )
          : required(`${at}.schema.openAPIV3Schema.type`, 'must not be empty at the root'),
      )
    else if (i === 0 || !shared)
      errors.push(
        ...validateDefinitionSchema(
          schema.openAPIV3Schema as RuleSchema,
          shared ?? `${at}.schema.openAPIV3Schema`,
        ),
      )
  }
  if (versions.filter(version => version.storage).length !== 1)
    errors.push(invalid('spec.versions', versions, 'must have exactly one version marked as storage version'))
  for (const name of ['plural', 'singular', 'kind', 'listKind'] as const) {
    const value = names[name]
    if (!value) errors.push(required(`spec.names.${name}`))
    else
      for (const fault of isDNS1035Label(value.toLowerCase()))
        errors.push(invalid(`spec.names.${name}`, value, fault))
  }
  if (names.kind && names.kind === names.listKind)
    errors.push(invalid('spec.names.listKind', names.listKind, 'kind and listKind may not be the same'))
  return errors
}

export const customResourceDefinition = defineKind<Definition>(
  'customresourcedefinitions.apiextensions.k8s.io/v1',
  {
    defaults(object) {
      const { spec } = object
      const names = spec?.names
      if (typeof names?.kind !== 'string' || !names.kind) return
      object.spec = {
        conversion: { strategy: 'None' },
        ...spec,
        names: {
          ...names,
          listKind: names.listKind || `${names.kind}List`,
          singular: names.singular || names.kind.toLowerCase(),
        },
      }
    },
    validate,
    validateUpdate: validate,
  },
)
