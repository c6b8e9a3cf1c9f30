// What a Redis server keeps and how it answers its commands: strings, counters, lists, sets, hashes, expiry. Words of
// errors: src/t_string.c and its neighbours. Left out: sorted sets' ranges by score, streams, scripts, pub/sub.
import { dictionary } from '../../../engine/dictionary.ts'
import { matches } from '../../../engine/shell-pattern.ts'

export type Reply =
  | { readonly type: 'status' | 'error' | 'bulk'; readonly text: string }
  | { readonly type: 'integer'; readonly value: number }
  | { readonly type: 'nil' }
  | { readonly type: 'array'; readonly items: readonly Reply[] }

type Stored =
  | string
  | string[]
  | { readonly set: string[] }
  | { readonly hash: Record<string, string> }
  | { readonly scores: Record<string, number> }

interface Entry {
  value: Stored
  /** Virtual ms. */
  expires?: number
}

const ok: Reply = { type: 'status', text: 'OK' }
const nil: Reply = { type: 'nil' }
const bulk = (text: string | undefined): Reply => (text === undefined ? nil : { type: 'bulk', text })
const integer = (value: number): Reply => ({ type: 'integer', value })
const error = (text: string): Reply => ({ type: 'error', text })
const array = (items: readonly (string | undefined)[]): Reply => ({ type: 'array', items: items.map(bulk) })
const wrongType = error('WRONGTYPE Operation against a key holding the wrong kind of value')

/** Commands that change something: they go to the append-only file. */
const writes = new Set(
  'set setex setnx mset append incr decr incrby decrby del expire persist lpush rpush lpop rpop sadd srem hset hmset hdel zadd flushall flushdb rename getset'.split(
    ' ',
  ),
)

export const isWrite = (command: string): boolean => writes.has(command.toLowerCase())

export class RedisStore {
  readonly #now: () => number
  readonly #entries = new Map<string, Entry>()
  commands = 0
  hits = 0
  misses = 0

  constructor(now: () => number) {
    this.#now = now
  }

  get size(): number {
    return [...this.#entries.keys()].filter(key => this.#get(key)).length
  }

  #get(key: string): Entry | undefined {
    const entry = this.#entries.get(key)
    if (entry?.expires !== undefined && entry.expires <= this.#now()) {
      this.#entries.delete(key)
      return undefined
    }
    return entry
  }

  #string(key: string): string | undefined {
    const value = this.#get(key)?.value
    if (value !== undefined && typeof value !== 'string') throw wrongType
    return value
  }

  #list(key: string, make = false): string[] {
    let entry = this.#get(key)
    if (!entry && make) this.#entries.set(key, (entry = { value: [] }))
    if (!entry) return []
    if (!Array.isArray(entry.value)) throw wrongType
    return entry.value
  }

  #part<Name extends 'set' | 'hash' | 'scores', Kind>(
    key: string,
    name: Name,
    empty: Kind,
    make: boolean,
  ): Kind {
    let entry = this.#get(key)
    if (!entry && make) this.#entries.set(key, (entry = { value: { [name]: empty } as unknown as Stored }))
    if (!entry) return empty
    const value = entry.value as unknown as Record<string, Kind>
    if (typeof value !== 'object' || Array.isArray(value) || !(name in value)) throw wrongType
    return value[name]!
  }

  run(argv: readonly string[]): Reply {
    const [name = '', ...args] = argv
    this.commands++
    try {
      return this.#run(name.toLowerCase(), args)
    } catch (thrown) {
      if ((thrown as Reply).type === 'error') return thrown as Reply
      throw thrown
    }
  }

  #add(key: string, step: number): Reply {
    const old = this.#string(key) ?? '0'
    if (!/^-?\d+$/.test(old)) return error('ERR value is not an integer or out of range')
    const value = Number(old) + step
    this.#entries.set(key, { ...this.#get(key), value: String(value) })
    return integer(value)
  }

  #run(name: string, args: readonly string[]): Reply {
    const [key = '', second = '', third = ''] = args
    const least = arity[name]
    if (least !== undefined && args.length < least)
      return error(`ERR wrong number of arguments for '${name}' command`)
    switch (name) {
      case 'ping':
        return args.length ? bulk(key) : { type: 'status', text: 'PONG' }
      case 'echo':
        return bulk(key)
      case 'select':
      case 'auth':
      case 'save':
        return ok
      case 'bgsave':
        return { type: 'status', text: 'Background saving started' }
      case 'set': {
        const options = args.slice(2).map(each => each.toLowerCase())
        if (options.includes('nx') && this.#get(key)) return nil
        if (options.includes('xx') && !this.#get(key)) return nil
        const [ex, px] = [options.indexOf('ex'), options.indexOf('px')]
        const ms = ex >= 0 ? Number(options[ex + 1]) * 1000 : px >= 0 ? Number(options[px + 1]) : undefined
        this.#entries.set(key, { value: second, ...(ms !== undefined && { expires: this.#now() + ms }) })
        return ok
      }
      case 'setex':
        this.#entries.set(key, { value: third, expires: this.#now() + Number(second) * 1000 })
        return ok
      case 'setnx':
        if (this.#get(key)) return integer(0)
        this.#entries.set(key, { value: second })
        return integer(1)
      case 'mset':
        for (let i = 0; i + 1 < args.length; i += 2) this.#entries.set(args[i]!, { value: args[i + 1]! })
        return ok
      case 'get': {
        const value = this.#string(key)
        if (value === undefined) this.misses++
        else this.hits++
        return bulk(value)
      }
      case 'getset': {
        const old = this.#string(key)
        this.#entries.set(key, { value: second })
        return bulk(old)
      }
      case 'mget':
        return array(args.map(each => this.#string(each)))
      case 'append': {
        const value = (this.#string(key) ?? '') + second
        this.#entries.set(key, { value })
        return integer(value.length)
      }
      case 'strlen':
        return integer((this.#string(key) ?? '').length)
      case 'incr':
        return this.#add(key, 1)
      case 'decr':
        return this.#add(key, -1)
      case 'incrby':
        return this.#add(key, Number(second))
      case 'decrby':
        return this.#add(key, -Number(second))
      case 'del':
      case 'unlink':
        return integer(args.filter(each => this.#get(each) && this.#entries.delete(each)).length)
      case 'exists':
        return integer(args.filter(each => this.#get(each)).length)
      case 'rename': {
        const entry = this.#get(key)
        if (!entry) return error('ERR no such key')
        this.#entries.delete(key)
        this.#entries.set(second, entry)
        return ok
      }
      case 'keys': {
        return array([...this.#entries.keys()].filter(each => this.#get(each) && matches(key, each)))
      }
      case 'scan':
        return {
          type: 'array',
          items: [bulk('0'), array([...this.#entries.keys()].filter(each => this.#get(each)))],
        }
      case 'dbsize':
        return integer(this.size)
      case 'flushall':
      case 'flushdb':
        this.#entries.clear()
        return ok
      case 'type': {
        const value = this.#get(key)?.value
        return {
          type: 'status',
          text:
            value === undefined
              ? 'none'
              : typeof value === 'string'
                ? 'string'
                : Array.isArray(value)
                  ? 'list'
                  : 'set' in value
                    ? 'set'
                    : 'hash' in value
                      ? 'hash'
                      : 'zset',
        }
      }
      case 'expire': {
        const entry = this.#get(key)
        if (!entry) return integer(0)
        entry.expires = this.#now() + Number(second) * 1000
        return integer(1)
      }
      case 'persist': {
        const entry = this.#get(key)
        if (entry?.expires === undefined) return integer(0)
        delete entry.expires
        return integer(1)
      }
      case 'ttl': {
        const entry = this.#get(key)
        if (!entry) return integer(-2)
        return integer(entry.expires === undefined ? -1 : Math.ceil((entry.expires - this.#now()) / 1000))
      }
      case 'lpush':
      case 'rpush': {
        const list = this.#list(key, true)
        for (const each of args.slice(1)) name === 'lpush' ? list.unshift(each) : list.push(each)
        return integer(list.length)
      }
      case 'lpop':
      case 'rpop': {
        const list = this.#list(key)
        const value = name === 'lpop' ? list.shift() : list.pop()
        if (!list.length) this.#entries.delete(key)
        return bulk(value)
      }
      case 'llen':
        return integer(this.#list(key).length)
      case 'lrange': {
        const list = this.#list(key)
        const to = Number(third) < 0 ? list.length + Number(third) : Number(third)
        return array(list.slice(Number(second), to + 1))
      }
      case 'sadd': {
        const set = this.#part<'set', string[]>(key, 'set', [], true)
        const fresh = [...new Set(args.slice(1))].filter(each => !set.includes(each))
        set.push(...fresh)
        return integer(fresh.length)
      }
      case 'srem': {
        const set = this.#part<'set', string[]>(key, 'set', [], false)
        const gone = args.slice(1).filter(each => set.includes(each))
        for (const each of gone) set.splice(set.indexOf(each), 1)
        return integer(gone.length)
      }
      case 'smembers':
        return array(this.#part<'set', string[]>(key, 'set', [], false))
      case 'scard':
        return integer(this.#part<'set', string[]>(key, 'set', [], false).length)
      case 'sismember':
        return integer(this.#part<'set', string[]>(key, 'set', [], false).includes(second) ? 1 : 0)
      case 'hset':
      case 'hmset': {
        const hash = this.#part<'hash', Record<string, string>>(key, 'hash', {}, true)
        let fresh = 0
        for (let i = 1; i + 1 < args.length; i += 2) {
          if (!(args[i]! in hash)) fresh++
          hash[args[i]!] = args[i + 1]!
        }
        return name === 'hset' ? integer(fresh) : ok
      }
      case 'hget':
        return bulk(this.#part<'hash', Record<string, string>>(key, 'hash', {}, false)[second])
      case 'hgetall':
        return array(
          Object.entries(this.#part<'hash', Record<string, string>>(key, 'hash', {}, false)).flat(),
        )
      case 'hdel': {
        const hash = this.#part<'hash', Record<string, string>>(key, 'hash', {}, false)
        const gone = args.slice(1).filter(each => each in hash)
        for (const each of gone) delete hash[each]
        return integer(gone.length)
      }
      case 'zadd': {
        const scores = this.#part<'scores', Record<string, number>>(key, 'scores', {}, true)
        let fresh = 0
        for (let i = 1; i + 1 < args.length; i += 2) {
          if (!(args[i + 1]! in scores)) fresh++
          scores[args[i + 1]!] = Number(args[i])
        }
        return integer(fresh)
      }
      case 'zrange': {
        const scores = this.#part<'scores', Record<string, number>>(key, 'scores', {}, false)
        const names = Object.keys(scores).sort((a, b) => scores[a]! - scores[b]! || (a < b ? -1 : 1))
        const to = Number(third) < 0 ? names.length + Number(third) : Number(third)
        const chosen = names.slice(Number(second), to + 1)
        return array(
          /withscores/i.test(args[3] ?? '') ? chosen.flatMap(each => [each, String(scores[each])]) : chosen,
        )
      }
    }
    return error(
      `ERR unknown command '${name}', with args beginning with: ${args.map(each => `'${each}' `).join('')}`,
    )
  }
}

/** The least number of arguments of those commands that need some. */
const arity: Readonly<Record<string, number>> = dictionary({
  set: 2,
  get: 1,
  setex: 3,
  setnx: 2,
  mset: 2,
  mget: 1,
  append: 2,
  strlen: 1,
  incr: 1,
  decr: 1,
  incrby: 2,
  decrby: 2,
  del: 1,
  exists: 1,
  keys: 1,
  type: 1,
  expire: 2,
  ttl: 1,
  lpush: 2,
  rpush: 2,
  lpop: 1,
  rpop: 1,
  llen: 1,
  lrange: 3,
  sadd: 2,
  srem: 2,
  smembers: 1,
  scard: 1,
  sismember: 2,
  hset: 3,
  hget: 2,
  hgetall: 1,
  hdel: 2,
  zadd: 3,
  zrange: 3,
  echo: 1,
  select: 1,
  auth: 1,
  rename: 2,
})
