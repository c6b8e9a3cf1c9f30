// How the server's own (internal) types print in messages: as JSON with Go's names, every field, in the order of the
// internal structs. These follow the v1 structs but for the few that are listed here.

import { type FieldType, type StructType, structType, type ValueType } from '../schema.ts'
import { hadEmpty } from './decode.ts'

const acronyms =
  /^(api|aws|cidr|csi|dns|fc|fs|gce|gid|gmsa|grpc|http|ip|iqn|iscsi|nfs|os|pd|rbd|se(?=Linux)|ssl|tcp|tls|ttl|tty|uid|wwid)(?=[A-Z]|s?$)/
const odd: Record<string, string> = {
  cephfs: 'CephFS',
  storageos: 'StorageOS',
  lastState: 'LastTerminationState',
}

/** `dnsPolicy` is DNSPolicy. */
const goName = (name: string): string =>
  odd[name] ??
  (acronyms.test(name)
    ? name.replace(acronyms, word => word.toUpperCase())
    : name[0]!.toUpperCase() + name.slice(1))

/** Fields before which others of the struct move, and fields that the internal struct has not. */
const orders: Record<string, { before?: Record<string, string[]>; without?: string[] }> = {
  PodSpec: {
    before: {
      affinity: ['setHostnameAsFQDN'],
      dnsConfig: ['preemptionPolicy'],
      enableServiceLinks: ['overhead'],
    },
    without: ['serviceAccount', 'hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers'],
  },
  PodSecurityContext: { before: { sysctls: ['fsGroupChangePolicy'] } },
  Volume: { before: { flexVolume: ['quobyte'] } },
}

const sequences = new Map<StructType, FieldType[]>()

function fieldsOf(type: StructType): FieldType[] {
  let list = sequences.get(type)
  if (!list) {
    const { before = {}, without = [] } = orders[type.name] ?? {}
    const moved = Object.values(before).flat()
    list = type.fields
      .filter(
        field =>
          !moved.includes(field.name) && !without.includes(field.name) && field.embedded !== 'TypeMeta',
      )
      .flatMap(field => [...(before[field.name] ?? []).map(name => type.field(name)!), field])
    sequences.set(type, list)
  }
  return list
}

type Json = Record<string, unknown>

function print(type: ValueType, value: unknown): unknown {
  switch (type.form) {
    case 'struct':
      return type.schema.startsWith('io.k8s.apimachinery.')
        ? (value ?? {})
        : printStruct(type, (value ?? {}) as Json)
    case 'list':
      return Array.isArray(value) ? value.map(item => print(type.items, item)) : null
    case 'map':
      return value == null
        ? null
        : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, print(type.values, item)]))
    case 'string':
      return value ?? ''
    case 'bool':
      return value ?? false
    case 'int32':
    case 'int64':
    case 'float64':
    case 'intOrString':
      return value ?? 0
    case 'quantity':
      return value ?? '0'
    default:
      return value ?? null
  }
}

const hostFields = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers'] as const

function printStruct(type: StructType, value: Json): Json {
  const out: Json = {}
  for (const field of fieldsOf(type)) {
    const item = value[field.name]
    if (field.name === 'metadata')
      Object.assign(out, item) // embedded, with its own JSON names
    else if (field.name === 'securityContext' && type.name === 'PodSpec')
      out.SecurityContext = item
        ? {
            ...Object.fromEntries(
              hostFields.map(name => [
                goName(name),
                value[name] ?? (name.length > 11 || name === 'hostUsers' ? null : false),
              ]),
            ),
            ...printStruct(field.type as StructType, item as Json),
          }
        : null
    else if (item == null && hadEmpty(value, field.name))
      out[goName(field.name)] = field.type.form === 'list' ? [] : {}
    else out[goName(field.name)] = item == null && field.pointer ? null : print(field.type, item)
  }
  return out
}

/** The value as `Invalid value: …` shows it. */
export function internalValue(schema: string, value: unknown): unknown {
  const type = structType(schema)
  return type && value != null ? printStruct(type, value as Json) : (value ?? null)
}
