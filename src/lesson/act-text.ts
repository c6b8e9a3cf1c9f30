// What can be done to a cluster from outside, as a line of text: in a transcript (`# fault registry-down host=docker.io`)
// and in a lesson's prose (<Fault type="registry-down" host="docker.io">). Whatever is misspelt is an error: a fault
// that does nothing would teach something false.
import type { Fault } from '../cluster/fault.ts'
import type { Untimed, WorldInput } from './input.ts'

/** An input that is no typing and no file. */
export type Act = Extract<
  Untimed<WorldInput>,
  { readonly type: 'fault' | 'repair' | 'add-node' | 'load-balancer' | 'metrics' | 'any-image' | 'load' }
>

interface Attributes {
  readonly must: readonly string[]
  readonly may?: readonly string[]
}

const pod = { must: ['pod'], may: ['namespace', 'container'] } as const

/** Of each kind of fault. */
const attributes: Record<Fault['type'], Attributes> = {
  'registry-down': { must: [], may: ['host'] },
  'rate-limit': { must: [], may: ['host'] },
  'node-lost': { must: ['node'] },
  'kubelet-stopped': { must: ['node'] },
  'slow-disk': { must: [], may: ['node', 'factor'] },
  'dns-broken': { must: ['how'] },
  'etcd-down': { must: [] },
  'memory-leak': { must: pod.must, may: [...pod.may, 'mebibytesPerSecond'] },
  'container-killed': pod,
}
const numbers = new Set(['factor', 'mebibytesPerSecond', 'cpu', 'memory'])
const waysOfDns = ['crash', 'servfail', 'silent']

/** A text that is no act says why in its message. */
export class ActError extends Error {}

const isFaultType = (type: string): type is Fault['type'] => Object.hasOwn(attributes, type)

/** Values as texts, numbers among them; throws where something is missing or unknown. */
function checked(
  what: string,
  { must, may = [] }: Attributes,
  values: Readonly<Record<string, string>>,
): Record<string, string | number> {
  const unknown = Object.keys(values).find(name => !must.includes(name) && !may.includes(name))
  if (unknown) throw new ActError(`${what} knows no ${unknown}`)
  const missing = must.find(name => !values[name])
  if (missing) throw new ActError(`${what} needs ${missing}`)
  return Object.fromEntries(
    Object.entries(values).map(([name, text]) => {
      if (!numbers.has(name)) return [name, text]
      const number = Number(text)
      if (text === '' || Number.isNaN(number)) throw new ActError(`${what}: ${name}=${text} is no number`)
      return [name, number]
    }),
  )
}

/** A fault by its kind and what it is told, values as texts. */
export function readFault(type: string, values: Readonly<Record<string, string>>): Fault {
  if (!isFaultType(type)) throw new ActError(`no such fault: ${type}`)
  const more = checked(type, attributes[type], values)
  if (type === 'dns-broken' && !waysOfDns.includes(values.how ?? ''))
    throw new ActError(`dns-broken: how is one of ${waysOfDns.join(', ')}`)
  return { type, ...more } as Fault
}

function pairs(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const [, name, value] = /^([^=]+)=(.+)$/.exec(word) ?? []
    if (!name || value === undefined) throw new ActError(`${word} is no name=value`)
    values[name] = value
  }
  return values
}

function onOff(text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new ActError(`on or off, not ${text || 'nothing'}`)
  return text === 'on'
}

/**
 * `fault TYPE name=value…`, `repair TYPE name=value…`, `add-node`, `load-balancer on|off`, `metrics on|off`,
 * `any-image on|off`, `load pod=NAME cpu=MILLICORES [namespace=… memory=BYTES]`; undefined where the word is none of them.
 */
export function readAct(word: string, rest: string): Act | undefined {
  switch (word) {
    case 'fault':
    case 'repair': {
      const [type = '', ...more] = rest.split(/\s+/)
      return { type: word, fault: readFault(type, pairs(more.join(' '))) }
    }
    case 'add-node':
      if (rest) throw new ActError(`add-node takes nothing, not ${rest}`)
      return { type: 'add-node' }
    case 'load-balancer':
    case 'metrics':
    case 'any-image':
      return { type: word, on: onOff(rest) }
    case 'load': {
      const load = checked('load', { must: ['pod', 'cpu'], may: ['namespace', 'memory'] }, pairs(rest))
      return { type: 'load', load: load as never }
    }
    default:
      return undefined
  }
}
