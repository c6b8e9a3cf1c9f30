// The hash in the names of replica sets (`pod-template-hash`) and of controller revisions: FNV-1a over the template as
// Go's spew prints it (`%#v` with types, sorted keys, no addresses), so names are those of a real cluster.
// Rules: pkg/controller/controller_utils.go ComputeHash, apimachinery util/dump and util/rand SafeEncodeString.
import { toBytes } from '../engine/bytes.ts'
import { templateLayout } from './template-layout.ts'

interface Field {
  readonly json: string
  readonly go: string
  readonly type: string
}

/** Of the types that a template has had so far, which are few of all. */
const layout = new Map<string, Field[] | undefined>()

function fieldsOf(type: string): Field[] | undefined {
  if (!layout.has(type)) {
    const line = templateLayout.split('\n').find(each => each.startsWith(`${type}=`))
    layout.set(
      type,
      line
        ?.slice(type.length + 1)
        .split(',')
        .map(parseField),
    )
  }
  return layout.get(type)
}

function parseField(text: string): Field {
  const [names, type = 'string'] = text.split(' ') as [string, string?]
  const [json, go] = names.split(':') as [string, string?]
  return { json, go: go ?? json[0]!.toUpperCase() + json.slice(1), type }
}

/** `84b97ff4d`: the suffix that a template gives its replica set. */
export function templateHash(template: object, collisionCount?: number): string {
  let hash = fnv1a(dumpTemplate(template), 0x811c9dc5)
  if (collisionCount !== undefined) {
    for (let i = 0; i < 8; i++) {
      hash = Math.imul(hash ^ (i < 4 ? (collisionCount >>> (8 * i)) & 255 : 0), 0x01000193)
    }
  }
  return safeEncode(String(hash >>> 0))
}

const dumpTemplate = (template: object): string => dump(template, 'PodTemplateSpec', true)

const alphabet = 'bcdfghjklmnpqrstvwxz2456789'

export function safeEncode(text: string): string {
  let encoded = ''
  for (let i = 0; i < text.length; i++) encoded += alphabet[text.charCodeAt(i) % 27]
  return encoded
}

/** FNV-1a, 32 bits, over the UTF-8 of a text. */
function fnv1a(text: string, hash = 0x811c9dc5): number {
  const bytes = toBytes(text)
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
  return hash >>> 0
}

const plain = /^(u?int\d*|bool|string)$/
const quoted = /'$/

/** Go's name of a type: those of the API are `v1.`, but for the ones that name their package. */
function goType(type: string): string {
  const [, prefix = '', name = ''] = /^((?:\*|\[\]|map\[\w+\])*)(.*)$/.exec(type.replace(quoted, ''))!
  return prefix + (plain.test(name) || name.includes('.') ? name : `v1.${name}`)
}

function dump(value: unknown, type: string, typed: boolean): string {
  const head = typed ? `(${goType(type)})` : ''
  if (type[0] === '*') {
    return value === undefined || value === null ? `${head}<nil>` : head + dump(value, type.slice(1), false)
  }
  if (type.startsWith('[]')) {
    if (!Array.isArray(value) || !value.length) return `${head}<nil>`
    return `${head}[${value.map(item => dump(item, type.slice(2), false)).join(' ')}]`
  }
  const map = type === 'ResourceList' ? 'resource.Quantity' : /^map\[string\](.*)/.exec(type)?.[1]
  if (map) {
    const entries = value as Readonly<Record<string, unknown>> | undefined
    const keys = Object.keys(entries ?? {}).sort()
    if (!keys.length) return `${head}<nil>`
    return `${head}map[${keys.map(key => `${key}:${dump(entries![key], map, false)}`).join(' ')}]`
  }
  return head + (scalars[type]?.(value) ?? dumpPlain(value, type))
}

function dumpPlain(value: unknown, type: string): string {
  if (type === 'string' || quoted.test(type)) return String(value ?? '')
  if (type === 'bool') return value ? 'true' : 'false'
  if (plain.test(type)) return String(value ?? 0)
  const fields = fieldsOf(type)
  if (!fields) return JSON.stringify(value ?? {})
  const own = value as Readonly<Record<string, unknown>> | null | undefined
  const inner = fields.map(
    ({ json, go, type: each }) => `${go}:${dump(json ? own?.[json] : value, each, true)}`,
  )
  return `{${inner.join(' ')}}`
}

/** Types that are not printed as their JSON is written. */
const scalars: Record<string, (value: unknown) => string> = {
  Time: () => '{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}',
  'intstr.IntOrString': value =>
    typeof value === 'string'
      ? `{Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string)${value}}`
      : `{Type:(intstr.Type)0 IntVal:(int32)${value ?? 0} StrVal:(string)}`,
  'resource.Quantity': value => dumpQuantity(value === undefined ? undefined : String(value)),
}

const decimal: Record<string, number> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }

/** resource.Quantity of a canonical text, as ParseQuantity leaves it: value, scale, the text where it is kept, format. */
function dumpQuantity(text: string | undefined): string {
  const print = (value: number | bigint, scale: number, kept: string, format: string) =>
    `{i:(resource.int64Amount){value:(int64)${value} scale:(resource.Scale)${scale}} ` +
    `d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)${kept} Format:(resource.Format)${format}}`
  if (text === undefined) return print(0, 0, '', '')
  if (text === '0') return print(0, 0, '0', 'DecimalSI')
  const [, number = '0', suffix = ''] = /^(-?\d+)(.*)$/.exec(text) ?? []
  if (suffix.endsWith('i')) {
    const power = BigInt('KMGTPE'.indexOf(suffix[0]!) + 1) * 10n
    const kept = (BigInt(number) & 7n) !== 0n ? text : ''
    return print(BigInt(number) << power, 0, kept, 'BinarySI')
  }
  const exponent = /^[eE]([+-]?\d+)$/.exec(suffix)?.[1]
  const scale = exponent ? Number(exponent) : (decimal[suffix] ?? 0)
  const kept = scale % 3 === 0 && !number.endsWith('000') ? text : ''
  return print(BigInt(number), scale, kept, exponent ? 'DecimalExponent' : 'DecimalSI')
}
