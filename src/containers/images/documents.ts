// mongo and memcached: servers that keep documents and values, each with a client as far as tutorials use it.
import { formatTime } from '../../engine/engine.ts'
import { LineReader } from '../../engine/pipe.ts'
import type { Process, Program } from '../../engine/process.ts'
import type { Task } from '../../engine/task.ts'
import { startUp, startUpAbout } from '../listening.ts'
import { ask, speak } from '../programs/wire.ts'
import { baseOf } from './bases.ts'
import { untilSignal } from './http.ts'
import type { ImageMaker } from './image.ts'
import { script } from './script.ts'

const protocol = 'MONGO'
const directory = '/data/db'
const file = `${directory}/WiredTiger`

interface Document {
  readonly [field: string]: unknown
}
type Databases = Record<string, Record<string, Document[]>>

interface Asked {
  readonly text: string
  readonly database: string
  readonly user: string | undefined
  readonly password: string | undefined
}
interface Answered {
  readonly text?: string
  readonly error?: string
  readonly use?: string
}

interface Kept {
  readonly databases: Databases
  readonly user?: string
  readonly password?: string
}

/** Of mongod, which nobody has measured: about so many ms until it listens. */
const mongoMs = 600

const mongod = (version: string): Program =>
  function* (process) {
    const { argv, engine, env, files, network, stderr, stdout } = process
    if (argv.includes('--version')) {
      stdout.write(`db version v${version}\n`)
      return 0
    }
    const note = (text: string) =>
      stdout.write(
        `${JSON.stringify({ t: { $date: formatTime(engine.now).replace('Z', '.000+00:00') }, s: 'I', c: 'CONTROL', ctx: 'initandlisten', msg: text })}\n`,
      )
    const [user, password] = [env.get('MONGO_INITDB_ROOT_USERNAME'), env.get('MONGO_INITDB_ROOT_PASSWORD')]
    if (Boolean(user) !== Boolean(password)) {
      stderr.write(
        "error: missing 'MONGO_INITDB_ROOT_USERNAME' or 'MONGO_INITDB_ROOT_PASSWORD'\n       both must be specified for a user to be created\n",
      )
      return 1
    }
    const kept: Kept = files.exists(file)
      ? (JSON.parse(files.read(file)) as Kept)
      : { databases: { admin: {}, config: {}, local: {} }, ...(user && password && { user, password }) }
    files.mkdir(directory, { parents: true })
    const save = () => files.write(file, JSON.stringify(kept))
    save()
    yield* startUpAbout(process, mongoMs)
    note('MongoDB starting')
    let count = 0
    const listener = network.listen(
      27017,
      speak<Asked, Answered>(protocol, asked => {
        if (kept.user && (asked.user !== kept.user || asked.password !== kept.password)) {
          if (asked.user !== undefined) return { error: 'MongoServerError: Authentication failed.' }
          if (!/^(db\.(version|hello|runCommand)|use )/.test(asked.text))
            return { error: 'MongoServerError: Command requires authentication' }
        }
        const answer = answerTo(
          asked,
          kept.databases,
          version,
          () =>
            `6922d3f8${(engine.seed % 65_536).toString(16).padStart(8, '0')}${(++count).toString(16).padStart(8, '0')}`,
        )
        save()
        return answer
      }),
    )
    if (!listener) return 48
    note('Waiting for connections')
    yield* untilSignal(0, [listener])
    note('SIGTERM received, shutting down')
    return 0
  }

/** An object as it is typed: keys without quotes, strings in any. */
function parseObject(text: string): unknown {
  const json = text
    .replace(/'((?:[^'\\]|\\.)*)'/g, (_, inner: string) => JSON.stringify(inner))
    .replace(/([{,]\s*)([$\w.]+)\s*:/g, '$1"$2":')
    .replace(/,(\s*[}\]])/g, '$1')
  return JSON.parse(json)
}

const show = (value: unknown, indent = ''): string => {
  if (typeof value === 'string') return /^[0-9a-f]{24}$/.test(value) ? `ObjectId('${value}')` : `'${value}'`
  if (Array.isArray(value))
    return value.length
      ? `[\n${value.map(each => `${indent}  ${show(each, `${indent}  `)}`).join(',\n')}\n${indent}]`
      : '[]'
  if (value && typeof value === 'object') {
    const fields = Object.entries(value).map(([key, each]) => `${key}: ${show(each, `${indent}  `)}`)
    const line = `{ ${fields.join(', ')} }`
    return line.length < 72 && !line.includes('\n')
      ? line
      : `{\n${fields.map(field => `${indent}  ${field}`).join(',\n')}\n${indent}}`
  }
  return String(value)
}

const fits = (document: Document, filter: Document): boolean =>
  Object.entries(filter).every(([field, wanted]) => {
    const value = document[field] as number
    if (wanted && typeof wanted === 'object' && !Array.isArray(wanted))
      return Object.entries(wanted as Record<string, number>).every(([mark, limit]) =>
        mark === '$gt'
          ? value > limit
          : mark === '$gte'
            ? value >= limit
            : mark === '$lt'
              ? value < limit
              : mark === '$lte'
                ? value <= limit
                : mark === '$ne'
                  ? value !== limit
                  : false,
      )
    return value === wanted
  })

function answerTo(
  { text, database }: Asked,
  databases: Databases,
  version: string,
  id: () => string,
): Answered {
  const statement = text.trim().replace(/;$/, '')
  const used = /^use\s+(\S+)$/.exec(statement)
  if (used) return { use: used[1]!, text: `switched to db ${used[1]}` }
  if (/^show\s+(dbs|databases)$/.test(statement))
    return {
      text: Object.keys(databases)
        .sort()
        .map(name => `${name.padEnd(8)} 40.00 KiB`)
        .join('\n'),
    }
  if (/^show\s+(collections|tables)$/.test(statement))
    return {
      text: Object.keys(databases[database] ?? {})
        .sort()
        .join('\n'),
    }
  if (statement === 'db') return { text: database }
  if (statement === 'db.version()') return { text: version }
  if (/^db\.(runCommand|adminCommand)\(/.test(statement))
    return { text: /ping|hello|isMaster/.test(statement) ? '{ ok: 1 }' : '{ ok: 0 }' }
  if (statement === 'db.hello().isWritablePrimary') return { text: 'true' }
  const [, name = '', method = '', argument = '', rest = ''] =
    /^db\.([\w-]+)\.(\w+)\(([\s\S]*?)\)((?:\.\w+\([^()]*\))*)$/.exec(statement) ?? []
  if (!name) return { error: `SyntaxError: this simulator's shell does not know '${statement}'` }
  const collections = (databases[database] ??= {})
  const list = (collections[name] ??= [])
  let args: [Document?, Document?, ...unknown[]]
  try {
    args = argument.trim() ? (parseObject(`[${argument}]`) as typeof args) : []
  } catch {
    return { error: 'SyntaxError: Unexpected token' }
  }
  const [first = {}, second = {}] = args
  switch (method) {
    case 'insertOne': {
      const _id = first._id ?? id()
      list.push({ _id, ...first })
      return { text: `{\n  acknowledged: true,\n  insertedId: ${show(_id)}\n}` }
    }
    case 'insertMany': {
      const ids = (Array.isArray(first) ? (first as Document[]) : []).map(document => {
        const _id = document._id ?? id()
        list.push({ _id, ...document })
        return _id
      })
      return {
        text: `{\n  acknowledged: true,\n  insertedIds: {\n${ids.map((each, i) => `    '${i}': ${show(each)}`).join(',\n')}\n  }\n}`,
      }
    }
    case 'find': {
      const found = list.filter(document => fits(document, first))
      if (rest.includes('.count()')) return { text: String(found.length) }
      return { text: show(found) }
    }
    case 'findOne': {
      const found = list.find(document => fits(document, first))
      return { text: found ? show(found) : 'null' }
    }
    case 'countDocuments':
    case 'count':
      return { text: String(list.filter(document => fits(document, first)).length) }
    case 'updateOne':
    case 'updateMany': {
      const found = list
        .filter(document => fits(document, first))
        .slice(0, method === 'updateOne' ? 1 : undefined)
      for (const document of found) list[list.indexOf(document)] = { ...document, ...Object(second.$set) }
      return {
        text: `{\n  acknowledged: true,\n  insertedId: null,\n  matchedCount: ${found.length},\n  modifiedCount: ${found.length},\n  upsertedCount: 0\n}`,
      }
    }
    case 'deleteOne':
    case 'deleteMany': {
      const found = list
        .filter(document => fits(document, first))
        .slice(0, method === 'deleteOne' ? 1 : undefined)
      for (const document of found) list.splice(list.indexOf(document), 1)
      return { text: `{ acknowledged: true, deletedCount: ${found.length} }` }
    }
    case 'drop':
      delete collections[name]
      return { text: 'true' }
  }
  return { error: `TypeError: db.${name}.${method} is not a function` }
}

const mongosh = (version: string): Program =>
  function* (process): Task<number> {
    const { stdin, stdout, stderr, terminal } = process
    const args = process.argv.slice(1)
    let [host, port, database] = ['127.0.0.1', 27017, 'test']
    let [user, password, evaluated]: (string | undefined)[] = []
    while (args.length) {
      const arg = args.shift()!
      const url = /^(?:mongodb:\/\/(?:([^:@]*):([^@]*)@)?)?([\w.-]+)(?::(\d+))?(?:\/([\w-]*))?/.exec(arg)
      const [, name = '', value] = /^(--[\w]+|-[up])=?([\s\S]+)?$/.exec(arg) ?? []
      const argument = () => value ?? args.shift() ?? ''
      if (name === '--host') host = argument()
      else if (name === '--port') port = Number(argument())
      else if (name === '-u' || name === '--username') user = argument()
      else if (name === '-p' || name === '--password') password = argument()
      else if (name === '--authenticationDatabase') argument()
      else if (name === '--eval') evaluated = argument()
      else if (!arg.startsWith('-') && url) {
        if (arg.startsWith('mongodb://') || /[.:/]/.test(arg))
          [host, port] = [url[3]!, Number(url[4] ?? port)]
        user = url[1] ?? user
        password = url[2] ?? password
        database = url[5] || (/[.:/]/.test(arg) ? database : arg)
      }
    }
    const send = function* (text: string): Task<boolean> {
      const answer = yield* ask<Answered>(process as Process, protocol, { host, port }, {
        text,
        database,
        user,
        password,
      } satisfies Asked)
      if (!answer.ok) {
        stderr.write(
          answer.error.type === 'unknown-host'
            ? `MongoServerSelectionError: getaddrinfo ENOTFOUND ${host}\n`
            : `MongoNetworkError: connect ECONNREFUSED ${host}:${port}\n`,
        )
        return false
      }
      const { value } = answer
      if (value.use) database = value.use
      if (value.error) stderr.write(`${value.error}\n`)
      else if (value.text) stdout.write(`${value.text}\n`)
      return !value.error
    }
    if (evaluated !== undefined) return (yield* send(evaluated.replace(/^printjson\((.*)\)$/, '$1'))) ? 0 : 1
    if (terminal) {
      stdout.write(
        `Connecting to:\t\tmongodb://${host}:${port}/?directConnection=true\nUsing MongoDB:\t\t${version}\n\n`,
      )
      if (!(yield* send('db.version()'))) return 1
    }
    const lines = new LineReader(stdin)
    for (;;) {
      if (terminal) stdout.write(`${database}> `)
      const line = yield* lines.line()
      if (line === undefined || /^\s*(exit|quit(\(\))?)\s*;?\s*$/.test(line)) return 0
      if (line.trim()) yield* send(line)
    }
  }

export const mongo: ImageMaker = wanted => {
  const version = (wanted.version || '8.0').split('.').concat('0').slice(0, 3).join('.')
  const shell = { run: mongosh(version) }
  return {
    ...baseOf(wanted),
    programs: {
      '/usr/bin/mongod': { run: mongod(version), handlesSignals: true },
      '/usr/bin/mongosh': shell,
      ...(Number(version.split('.')[0]) < 6 && { '/usr/bin/mongo': shell }),
      '/usr/local/bin/docker-entrypoint.sh': script({ server: 'mongod' }),
    },
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['mongod'],
    env: { MONGO_VERSION: version },
    ports: [27017],
    directories: [directory],
  }
}

/** Answers on its port and keeps nothing: its protocol is typed by hand only, which nobody does here. */
const memcachedServer: Program = function* (process) {
  const { argv, network, stderr, stdout } = process
  if (argv.includes('-V') || argv.includes('--version')) {
    stdout.write('memcached 1.6.38\n')
    return 0
  }
  const at = argv.indexOf('-p')
  const port = Number(at < 0 ? 11211 : argv[at + 1])
  yield* startUp(process, 'memcached')
  const listener = network.listen(port)
  if (!listener) {
    stderr.write(`failed to listen on TCP port ${port}: Address already in use\n`)
    return 71
  }
  return yield* untilSignal(0, [listener])
}

export const memcached: ImageMaker = wanted => ({
  ...baseOf(wanted),
  programs: {
    '/usr/local/bin/memcached': { run: memcachedServer, handlesSignals: true },
    '/usr/local/bin/docker-entrypoint.sh': script({ server: 'memcached' }),
  },
  entrypoint: ['docker-entrypoint.sh'],
  cmd: ['memcached'],
  ports: [11211],
})
