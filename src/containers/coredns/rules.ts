// Plugins that change or keep what others answer: rewrite, template, cache, loadbalance, log and errors.
import { dictionary } from '../../engine/dictionary.ts'
import { type Expression, type Match, readableExpression } from '../../engine/expressions/expression.ts'
import type { DnsRecord, DnsReply } from '../../engine/network.ts'
import {
  duration,
  fallsThrough,
  inZones,
  type Plugin,
  plainName,
  type Question,
  type Resolve,
  unknownName,
  wrong,
  wrongArguments,
} from './plugin.ts'

const ways: Readonly<Record<string, (name: string, from: string, to: string) => string | undefined>> =
  dictionary({
    exact: (name, from, to) => (name === plainName(from) ? plainName(to) : undefined),
    prefix: (name, from, to) => (name.startsWith(from) ? to + name.slice(from.length) : undefined),
    suffix: (name, from, to) =>
      `${name}.`.endsWith(dotted(from))
        ? plainName(`${name}.`.slice(0, -dotted(from).length) + dotted(to))
        : undefined,
    substring: (name, from, to) => (name.includes(from) ? name.replaceAll(from, to) : undefined),
    regex(name, from, to) {
      const found = find(asExpression(from), `${name}.`)
      return found ? plainName(to.replace(/\{(\d+)\}/g, (_, n) => found.groups[Number(n)] ?? '')) : undefined
    },
  })

const dotted = (name: string): string => (name.endsWith('.') ? name : `${name}.`)

const asExpression = (pattern: string): Expression | undefined => readableExpression(pattern, 'perl')

const find = (wanted: Expression | undefined, name: string): Match | undefined =>
  wanted?.fits(name) ? wanted.find(name) : undefined

/** `rewrite [continue|stop] name [WAY] FROM TO [answer auto]`, or the same as lines of a block. */
export const rewrite: Plugin = setup => {
  const { directive } = setup
  const lines = directive.block.length
    ? directive.block.map(({ words, line }) => ({ words: [...directive.args, ...words], line }))
    : [{ words: directive.args, line: directive.line }]
  const rules = lines
    .map(({ words, line }) => {
      const rest = [...words]
      const goesOn = rest[0] === 'continue'
      if (rest[0] === 'continue' || rest[0] === 'stop') rest.shift()
      const [kind, ...parts] = rest
      return { kind, parts, line, goesOn }
    })
    .filter(({ kind, parts, line }) => {
      if (kind === undefined || parts.length < 2)
        throw wrong(setup, `few arguments for rule of type ${kind ?? ''}`, line)
      if (kind === 'name') return true
      if (['type', 'class', 'edns0', 'ttl', 'rcode', 'cname'].includes(kind)) return false
      throw wrong(setup, `invalid rule type "${kind}"`, line)
    })
    .map(({ parts, line, goesOn }) => {
      const [way, from, to] = Object.hasOwn(ways, parts[0]!) ? parts : ['exact', ...parts]
      if (from === undefined || to === undefined) throw wrong(setup, 'few arguments for a name rule', line)
      if (way === 'regex' && !asExpression(from))
        throw wrong(setup, `invalid regex pattern in a name rule: ${from}`, line)
      return { change: (name: string) => ways[way!]!(name, from, to), goesOn }
    })
  return next =>
    function* (question) {
      let name = plainName(question.name)
      for (const { change, goesOn } of rules) {
        const changed = change(name)
        if (changed === undefined) continue
        name = changed
        if (!goesOn) break
      }
      if (name === plainName(question.name)) return yield* next(question)
      const reply = yield* next({ ...question, name })
      // Whoever asked wants an answer for the name that it asked for.
      const back = (record: DnsRecord): DnsRecord =>
        plainName(record.name) === name ? { ...record, name: question.name } : record
      return reply && { ...reply, records: reply.records.map(back) }
    }
}

/** `template CLASS TYPE [ZONE…] { match … answer … rcode … }`: answers from a pattern. */
export const template: Plugin = setup => {
  const { directive } = setup
  const [, type, ...zones] = directive.args
  if (type === undefined) throw wrongArguments(setup, directive.args.at(-1) ?? directive.name)
  const own = (zones.length ? zones : setup.zones).map(plainName)
  const all = (word: string) =>
    directive.block.filter(({ words }) => words[0] === word).map(({ words }) => words.slice(1))
  const patterns = all('match').flat().map(asExpression)
  if (patterns.includes(undefined)) throw wrong(setup, 'could not parse regex')
  const answers = all('answer').map(words => words.join(' '))
  const [code = 'NOERROR'] = all('rcode').flat()
  return next =>
    function* (question) {
      const name = plainName(question.name)
      const at = patterns.findIndex(pattern => pattern!.fits(`${name}.`))
      const found = find(patterns[at], `${name}.`)
      const isMine = inZones(name, own) && (type === 'ANY' || type === question.type)
      if (!isMine || (patterns.length > 0 && !found)) {
        return isMine && !fallsThrough(directive, name) && patterns.length === 0
          ? unknownName
          : yield* next(question)
      }
      const filled = (text: string) =>
        text
          .replace(/\{\{\s*\.Name\s*\}\}/g, `${name}.`)
          .replace(
            /\{\{\s*\.Group\.(\w+)\s*\}\}/g,
            (_, group) => found?.groups[patterns[at]!.syntax.names.get(group) ?? Number(group)] ?? '',
          )
          .replace(/\{\{\s*index \.Match (\d+)\s*\}\}/g, (_, n) => found?.groups[Number(n)] ?? '')
      const records = answers.flatMap((text): DnsRecord[] => {
        const [owner = '', ttl = '60', , kind = '', ...data] = filled(text).split(/\s+/)
        return [
          { name: plainName(owner), type: kind as DnsRecord['type'], data: data.join(' '), ttl: Number(ttl) },
        ]
      })
      return { code: code as DnsReply['code'], records }
    }
}

/** `cache [TTL] [ZONES…] { success … denial … disable success|denial [ZONES…] }`: keeps answers for their time to live. */
export const cache: Plugin = setup => {
  const { directive, process } = setup
  const [first, ...rest] = directive.args
  const isTtl = first !== undefined && /^\d+$/.test(first)
  const limit = { success: isTtl ? Number(first) : 3600, denial: isTtl ? Number(first) : 1800 }
  if (isTtl && Number(first) === 0) throw wrong(setup, 'cache TTL can not be zero or negative: 0')
  const given = isTtl ? rest : directive.args
  const zones = (given.length ? given : setup.zones).map(plainName)
  const off: Record<'success' | 'denial', string[]> = { success: [], denial: [] }
  for (const { words, line } of directive.block) {
    const [word = '', kind, ...more] = words
    if (word === 'disable' && (kind === 'success' || kind === 'denial'))
      off[kind].push(...(more.length ? more.map(plainName) : ['']))
    else if (word === 'success' || word === 'denial') limit[word] = Number(more[0] ?? limit[word])
    else if (!['prefetch', 'serve_stale', 'servfail', 'keepttl', 'disable'].includes(word))
      throw wrongArguments(setup, word, line)
  }
  const kept = new Map<string, { reply: DnsReply; until: number }>()
  return next =>
    function* (question) {
      const name = plainName(question.name)
      if (!inZones(name, zones)) return yield* next(question)
      const key = `${name} ${question.type}`
      const { now } = process.engine
      const had = kept.get(key)
      if (had && had.until > now) return had.reply
      const reply = yield* next(question)
      if (!reply || reply.code === 'SERVFAIL') return reply
      const kind = reply.records.length ? 'success' : 'denial'
      if (inZones(name, off[kind])) return reply
      const seconds = Math.min(limit[kind], ...reply.records.map(({ ttl }) => ttl))
      kept.set(key, { reply, until: now + seconds * 1000 })
      return reply
    }
}

/** `log [NAMES…]`: a line for each query. */
export const log: Plugin = setup => {
  const zones = setup.directive.args.map(plainName)
  const { process } = setup
  return next =>
    function* (question) {
      const began = process.engine.now
      const reply = yield* next(question)
      const name = plainName(question.name)
      if (zones.length && !inZones(name, zones)) return reply
      const { address, port } = question.from
      const asked = 12 + name.length + 2 + 4
      const size =
        asked + (reply?.records ?? []).reduce((sum, r) => sum + r.name.length + 12 + r.data.length, 0)
      const flags = reply?.code === 'NOERROR' ? 'qr,aa,rd' : 'qr,rd,ra'
      const took = ((process.engine.now - began + 0.1) / 1000).toFixed(9)
      process.stdout.write(
        `[INFO] ${address}:${port} - ${idOf(question)} "${question.type} IN ${name}. udp ${asked} false 512" ${reply?.code ?? 'SERVFAIL'} ${flags} ${size} ${took}s\n`,
      )
      return reply
    }
}

/** The number of a query: clients take one by chance. */
const idOf = ({ name, from }: Question): number => (from.port * 31 + name.length * 7919) % 65_536

export const interval = (text: string | undefined, fallback: number): number =>
  (text === undefined ? undefined : duration(text)) ?? fallback

export const chain = (plugins: readonly ((next: Resolve) => Resolve)[], last: Resolve): Resolve =>
  plugins.reduceRight<Resolve>((next, plugin) => plugin(next), last)
