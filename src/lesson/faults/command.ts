// `fault`: breaks something in the cluster of this page, and repairs it. A tool of the course, which no real cluster has;
// typed like any other command, so it stands in the history and is replayed.
import type { Cluster } from '../../cluster/cluster.ts'
import type { Fault } from '../../cluster/fault.ts'
import { fill } from '../../i18n/fill.ts'
import { faultsEn } from '../../i18n/lab/faults.en.ts'
import { type Tool, ToolError, tool } from '../../shell/command.ts'
import type { Completer } from '../../shell/complete.ts'
import { ActError, readFault } from '../act-text.ts'
import { choicesOf, faultText, faultTypes, isFaultType, isMomentary, targetOf, targetText } from './kinds.ts'

const usage = `fault breaks something in the cluster of this page, to see what follows. It is a tool of this course:
Kubernetes has no such command.

Usage:
  fault                          what is broken now
  fault list                     what can be broken, and what to expect
  fault KIND [TARGET] [NAME=VALUE...]
  fault repair [KIND [TARGET]]   repair it; everything where no kind is named

Examples:
  fault node-lost k8s-node1
  fault memory-leak web-7c4f9 mebibytesPerSecond=50
  fault container-killed kube-system/coredns
  fault repair node-lost k8s-node1
`
const seeHelp = "See 'fault --help'."

export function faultTool(cluster: Cluster): Tool {
  return tool('fault', 'break something in this cluster, and repair it', function* ({ argv, stdout }) {
    const [word, ...rest] = argv.slice(1)
    if (word === '--help' || word === '-h' || word === 'help') stdout.write(usage)
    else if (word === undefined) stdout.write(active(cluster))
    else if (word === 'list') stdout.write(list())
    else if (word === 'repair') stdout.write(repair(cluster, rest))
    else stdout.write(begin(cluster, word, rest))
    return 0
  })
}

function active({ faults, engine }: Cluster): string {
  if (!faults.broken.length) return 'Nothing is broken. What can be: fault list\n'
  return faults.broken
    .map(({ fault, since }) => `${faultText(fault)}   for ${Math.floor((engine.now - since) / 1000)}s\n`)
    .join('')
}

function list(): string {
  const kinds = faultTypes.map(type => {
    const target = targetOf(type)
    const { name, expect } = faultsEn.kinds[type]
    return `${type}${target ? ` ${target.toUpperCase()}` : ''}\n    ${name}. ${expect.replaceAll('`', '')}\n`
  })
  return `${kinds.join('')}\nA tool of this course: no cluster but this one knows it.\n`
}

function begin(cluster: Cluster, word: string, rest: readonly string[]): string {
  const fault = read(cluster, word, rest)
  const { broken, expect } = faultsEn.kinds[fault.type]
  cluster.faults.begin(fault)
  const what = fill(broken, { target: targetText(fault) || faultsEn.anywhere })
  const back = isMomentary(fault.type) ? '' : `repair: fault repair ${faultText(fault)}\n`
  return `${what}\nexpect: ${expect.replaceAll('`', '')}\n${back}`
}

function repair({ faults }: Cluster, rest: readonly string[]): string {
  const [word, target] = rest
  if (word !== undefined && !isFaultType(word)) throw unknownKind(word)
  const ended = faults.active.filter(
    fault =>
      (word === undefined || fault.type === word) && (target === undefined || targetText(fault) === target),
  )
  if (!ended.length)
    throw new ToolError(`fault: ${rest.length ? `${rest.join(' ')} is not broken` : 'nothing is broken'}`)
  for (const fault of ended) faults.end(fault)
  return ended.map(fault => `repaired: ${faultText(fault)}\n`).join('')
}

const unknownKind = (word: string): ToolError =>
  new ToolError(`fault: no such kind: ${word}\nKinds: ${faultTypes.join(', ')}\n${seeHelp}`)

function read(cluster: Cluster, word: string, rest: readonly string[]): Fault {
  if (!isFaultType(word)) throw unknownKind(word)
  const values: Record<string, string> = {}
  for (const [i, text] of rest.entries()) {
    const [, name, value] = /^(\w+)=(.*)$/.exec(text) ?? []
    const target = targetOf(word)
    if (name) values[name] = value ?? ''
    else if (i === 0 && target) values[target] = text
    else throw new ToolError(`fault: what is ${text}?\n${seeHelp}`)
  }
  const [namespace, pod] = values.pod?.split('/') ?? []
  if (namespace && pod) Object.assign(values, { namespace, pod })
  const choices = choicesOf(word, cluster)
  try {
    const fault = readFault(word, values)
    const target = targetText(fault)
    const isThere =
      targetOf(word) === 'host' ||
      !target ||
      choices.some(each => each === target || (targetOf(word) === 'pod' && each.startsWith(`${target}-`)))
    if (!isThere) throw new ToolError(`fault: no ${targetOf(word)} ${target} here: ${choices.join(', ')}`)
    return fault
  } catch (error) {
    if (error instanceof ActError) throw new ToolError(`fault: ${error.message}\n${seeHelp}`)
    throw error
  }
}

/** What Tab offers behind `fault`. */
export const faultCompleter =
  (cluster: Cluster): Completer =>
  ([, ...words]) => {
    const repairing = words[0] === 'repair' && words.length > 1
    const [kind = '', ...more] = repairing ? words.slice(1) : words
    const { active } = cluster.faults
    if (!more.length)
      return repairing ? active.map(fault => fault.type) : ['list', 'repair', '--help', ...faultTypes]
    if (more.length > 1 || !isFaultType(kind)) return []
    return repairing ? active.filter(({ type }) => type === kind).map(targetText) : choicesOf(kind, cluster)
  }
