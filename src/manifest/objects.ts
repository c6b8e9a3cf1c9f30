// What `kubectl … -f FILE` does with a file before it talks to the server: documents to objects that have a kind, or the
// message that it prints. StreamVisitor, mapper.infoForData and FlattenListVisitor of k8s.io/cli-runtime/pkg/resource,
// and kubectl's pkg/validation.
import { kindOf } from '../kinds/index.ts'
import { decode } from '../kinds/machinery/decode.ts'
import { goQuote } from '../kinds/machinery/quote.ts'
import type { KubeObject } from '../kinds/object.ts'
import { encodeJson } from '../yaml/json.ts'
import type { YamlValue } from '../yaml/parse.ts'
import { readDocuments } from './documents.ts'
import { formatPath } from './source.ts'

export interface ObjectFault {
  /** Without `error: ` before it. */
  readonly error: string
  /** The rest of the file is not read. */
  readonly final: boolean
}

export interface ReadOptions {
  /** `--validate` in its three meanings; strict where absent. */
  readonly validate?: 'strict' | 'warn' | 'ignore'
}

type JsonObject = { [key: string]: YamlValue }

/** The objects of a file, lists taken apart, in the file's order. `source`: its name in messages. */
export function* readObjects(
  text: string,
  source: string,
  options: ReadOptions = {},
): Generator<KubeObject | ObjectFault, void, void> {
  const name = goQuote(source)
  for (const document of readDocuments(text)) {
    if ('error' in document)
      return yield { error: `error parsing ${source}: ${document.message}`, final: true }
    const { value } = document
    if (value === null) continue
    const faults = options.validate === 'ignore' ? [] : typeFaults(value)
    if (faults.length) {
      const stop = 'if you choose to ignore these errors, turn validation off with --validate=false'
      const error = `error validating ${name}: error validating data: ${aggregate(faults)}; ${stop}`
      return yield { error, final: true }
    }
    const fault = decodeFault(value)
    if (fault) yield { error: `unable to decode ${name}: ${fault}`, final: false }
    else yield* flatten(value as JsonObject)
  }
}

export const isFault = (item: KubeObject | ObjectFault): item is ObjectFault =>
  'final' in item && 'error' in item

/** utilerrors.NewAggregate: several messages in brackets, each once. */
const aggregate = (messages: readonly string[]): string =>
  messages.length === 1 ? messages[0]! : `[${[...new Set(messages)].join(', ')}]`

const isObject = (value: YamlValue | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** What is wrong with an object's apiVersion and kind, and with those of a List's items: getObjectKind of pkg/validation. */
function typeFaults(value: YamlValue): string[] {
  if (!isObject(value)) return ['invalid object to validate']
  const faults = kindFaults(value)
  if (faults.length || value.apiVersion !== 'v1' || value.kind !== 'List') return faults
  if (!Array.isArray(value.items)) return ['invalid object to validate']
  return value.items.flatMap(item => {
    const itemFaults = isObject(item) ? kindFaults(item) : ['invalid object to validate']
    return itemFaults.length ? itemFaults : unknownFields(item as JsonObject)
  })
}

/**
 * The server does not check the fields of a List's items for kubectl, so it does that itself (ValidateModel of
 * kube-openapi); of what it finds only unknown fields are said here, the rest the server says.
 */
function unknownFields(item: JsonObject): string[] {
  const served = kindOf(item as unknown as KubeObject)
  const faults: string[] = []
  if (served)
    decode(served.resource.schema, item, ({ path, unknown, type }) => {
      if (unknown === undefined || type.form !== 'struct') return
      const where = formatPath([item.kind as string, ...path.slice(0, -1)])
      faults.push(`ValidationError(${where}): unknown field ${goQuote(unknown)} in ${type.schema}`)
    })
  return faults
}

function kindFaults({ apiVersion, kind }: JsonObject): string[] {
  const faults: string[] = []
  if (apiVersion === undefined || apiVersion === null) faults.push('apiVersion not set')
  else if (typeof apiVersion !== 'string') faults.push("apiVersion isn't string type")
  else if (apiVersion.split('/').length > 2) faults.push(`unexpected GroupVersion string: ${apiVersion}`)
  if (kind === undefined || kind === null) faults.push('kind not set')
  else if (typeof kind !== 'string') faults.push("kind isn't string type")
  return faults
}

/** Why unstructured decoding refuses the value. */
function decodeFault(value: YamlValue): string | undefined {
  if (!isObject(value))
    return `json: cannot unmarshal ${jsonType(value)} into Go value of type unstructured.detector`
  if (
    isObject(value.items) ||
    (value.items !== undefined && value.items !== null && !Array.isArray(value.items))
  )
    return `json: cannot unmarshal ${jsonType(value.items)} into Go struct field decodeList.items of type []json.RawMessage`
  const item = Array.isArray(value.items) ? value.items.find(i => i !== null && !isObject(i)) : undefined
  if (item !== undefined)
    return `json: cannot unmarshal ${jsonType(item)} into Go value of type map[string]interface {}`
  if (typeof value.kind !== 'string' || !value.kind)
    return `Object 'Kind' is missing in '${encodeJson(value)}'`
  return metadataFault(value)
}

/** metadata_decoder.go: the metadata is the one part of an object whose types kubectl checks itself. */
function metadataFault({ metadata }: JsonObject): string | undefined {
  if (metadata === undefined) return undefined
  const { error } = decode('io.k8s.api.core.v1.ConfigMap', { metadata })
  return error?.replace('field ConfigMap.metadata', 'field metadataOnlyObject.metadata')
}

/** encoding/json's word for what stands there. */
function jsonType(value: YamlValue): string {
  if (Array.isArray(value)) return 'array'
  return value === null ? 'null' : typeof value === 'boolean' ? 'bool' : typeof value
}

function* flatten(value: JsonObject): Generator<KubeObject | ObjectFault, void, void> {
  if (!('items' in value)) return yield value as unknown as KubeObject
  // items of a PodList need not say that they are Pods
  const implied = { apiVersion: value.apiVersion!, kind: String(value.kind).replace(/List$/, '') }
  for (const entry of (value.items ?? []) as (JsonObject | null)[]) {
    const item = entry ?? {}
    if (item.kind) yield* flatten(item)
    else if (!item.apiVersion) yield { ...item, ...implied } as unknown as KubeObject
    else {
      const why = "Object 'Kind' is missing in 'unstructured object has no kind'"
      yield {
        error: `unable to get type info from the object "*unstructured.Unstructured": ${why}`,
        final: false,
      }
    }
  }
}
