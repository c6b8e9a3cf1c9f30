// Which form a client wants of an answer: k8s.io/apiserver/pkg/endpoints/handlers/negotiation.
import type { ApiRequest } from '../../src/api/types.ts'

export type Format = 'json' | 'yaml' | 'protobuf'

export const mediaTypes: Readonly<Record<Format, string>> = {
  json: 'application/json',
  yaml: 'application/yaml',
  protobuf: 'application/vnd.kubernetes.protobuf',
}

export interface Wanted {
  readonly format: Format
  readonly as?: NonNullable<ApiRequest['accept']>
}

/** The form named by a Content-Type; undefined for all others. */
export function formatOf(contentType: string): Format | undefined {
  const { type } = clause(contentType)
  return (Object.keys(mediaTypes) as Format[]).find(format => mediaTypes[format] === type)
}

/** The first clause of an Accept header, by weight, that can be answered; undefined where none can. */
export function negotiate(accept: string | undefined, formats: readonly Format[]): Wanted | undefined {
  if (!accept?.trim()) return { format: 'json' }
  const clauses = accept.split(',').map(clause)
  for (const { type, parameters } of clauses.sort((a, b) => b.weight - a.weight)) {
    const format =
      type === '*/*' || type === 'application/*' ? 'json' : formats.find(each => mediaTypes[each] === type)
    if (!format) continue
    const as = shownAs(parameters)
    // A Table has no protobuf form.
    if (as === 'unknown' || (as === 'table' && format === 'protobuf')) continue
    return { format, ...(as && { as }) }
  }
  return undefined
}

function shownAs(parameters: ReadonlyMap<string, string>): Wanted['as'] | 'unknown' {
  const as = parameters.get('as')
  if (as === undefined) return undefined
  if (parameters.get('g') !== 'meta.k8s.io' || parameters.get('v') !== 'v1') return 'unknown'
  if (as === 'Table') return 'table'
  return as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList' ? 'metadata' : 'unknown'
}

function clause(text: string) {
  const [type = '', ...rest] = text.split(';').map(part => part.trim())
  const parameters = new Map(
    rest.map(part => {
      const [name = '', value = ''] = part.split('=')
      return [name.trim().toLowerCase(), value.trim()] as const
    }),
  )
  const weight = Number(parameters.get('q') ?? 1)
  return { type: type.toLowerCase(), parameters, weight: Number.isNaN(weight) ? 1 : weight }
}
