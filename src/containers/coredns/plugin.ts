// What a plugin of CoreDNS is: made from its directive, asked in the order of plugin.cfg, and free to ask the next one.
import { dictionary } from '../../engine/dictionary.ts'
import type { DnsQuestion, DnsReply, DnsSources } from '../../engine/network.ts'
import type { Process } from '../../engine/process.ts'
import type { Task } from '../../engine/task.ts'
import { CorefileError, type Directive, parseError } from './corefile.ts'

export interface Question extends DnsQuestion {
  readonly from: { readonly address: string; readonly port: number }
}

/** Answers; undefined: it says nothing at all. */
export type Resolve = (question: Question) => Task<DnsReply | undefined>

export interface Setup {
  readonly process: Process
  readonly sources: DnsSources
  readonly file: string
  readonly directive: Directive
  /** Zones of the server block, without a dot at the end; `''` is the root. */
  readonly zones: readonly string[]
  /** Asks this server itself, from its first plugin on. */
  readonly upstream: Resolve
}

/** Throws a CorefileError where the directive is wrong; undefined: it takes no part in answering. */
export type Plugin = (setup: Setup) => ((next: Resolve) => Resolve) | undefined

export const unknownName: DnsReply = { code: 'NXDOMAIN', records: [] }
export const serverFailure: DnsReply = { code: 'SERVFAIL', records: [] }

/** plugin.Error: the plugin's name before the parser's words. */
export function wrong({ directive, file }: Setup, problem: string, line = directive.line): CorefileError {
  return new CorefileError(`plugin/${directive.name}: ${parseError(file, line, problem).message}`)
}

export const wrongArguments = (setup: Setup, word: string, line = setup.directive.line): CorefileError =>
  wrong(setup, `Wrong argument count or unexpected line ending after '${word}'`, line)

/** Without a dot at the end, in lower case. */
export const plainName = (name: string): string => name.replace(/\.$/, '').toLowerCase()

export const inZone = (name: string, zone: string): boolean =>
  zone === '' || name === zone || name.endsWith(`.${zone}`)
export const inZones = (name: string, zones: readonly string[]): boolean => zones.some(z => inZone(name, z))

/** `fallthrough [ZONES…]`: for which names the next plugin is asked where this one knows none. */
export const fallsThrough = (directive: Directive, name: string): boolean =>
  directive.block.some(
    ({ words: [word, ...zones] }) =>
      word === 'fallthrough' && (zones.length === 0 || inZones(name, zones.map(plainName))),
  )

/** A duration of Go's: `5s`, `1m30s`; a number alone is seconds. Undefined where it is none. */
export function duration(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined
  const units: Record<string, number> = dictionary({ ms: 1, s: 1000, m: 60_000, h: 3_600_000 })
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
    (sum, [, n, unit]) => sum + Number(n) * units[unit!]!,
    0,
  )
}
