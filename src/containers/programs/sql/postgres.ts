// postgres and psql: the server keeps its data below PGDATA and starts again from it; the client asks it over the
// network. Words: the image's entrypoint, PostgreSQL's messages.
import { dictionary } from '../../../engine/dictionary.ts'
import { formatTime } from '../../../engine/engine.ts'
import { resolvePath } from '../../../engine/files.ts'
import { LineReader } from '../../../engine/pipe.ts'
import type { Process, Program } from '../../../engine/process.ts'
import type { Task } from '../../../engine/task.ts'
import { untilSignal } from '../../images/http.ts'
import { startUp } from '../../listening.ts'
import { ask, speak } from '../wire.ts'
import { SqlEngine } from './engine.ts'
import { type Problem, SqlError, type State } from './model.ts'
import { type Cell, SqlSyntaxError, statementsOf } from './parser.ts'

const protocol = 'POSTGRES'
export const postgresData = '/var/lib/postgresql/data'

interface Asked {
  readonly sql: string
  readonly user: string
  readonly password: string | undefined
  readonly database: string
  /** From the server's own machine nobody is asked for a password (pg_hba.conf: trust). */
  readonly local: boolean
}
type Answered =
  | { readonly fatal: string }
  | { readonly error: string }
  | {
      readonly command: string
      readonly columns?: readonly string[]
      readonly rows?: readonly (readonly Cell[])[]
      readonly affected?: number
    }

const quoted = (name: string) => `"${name}"`

function words(problem: Problem): string {
  switch (problem.type) {
    case 'no-database':
      return `database ${quoted(problem.name)} does not exist`
    case 'database-exists':
      return `database ${quoted(problem.name)} already exists`
    case 'no-table':
      return `relation ${quoted(problem.name)} does not exist`
    case 'table-exists':
      return `relation ${quoted(problem.name)} already exists`
    case 'no-column':
      return `column ${quoted(problem.name)} does not exist`
    case 'duplicate':
      return `duplicate key value violates unique constraint\nDETAIL:  Key already exists: ${problem.name}.`
    case 'null':
      return `null value in column ${quoted(problem.name)} violates not-null constraint`
    case 'none-selected':
      return 'no database selected'
    case 'count':
      return 'INSERT has more expressions than target columns'
    case 'unsupported':
      return `this simulator does not support ${problem.name}`
  }
}

/** `LINE 1: select * from t` with a mark below the place. */
function place(sql: string, at: number): string {
  const line = sql.slice(0, at).split('\n').length
  const start = sql.lastIndexOf('\n', at - 1) + 1
  const text = sql.slice(start).split('\n')[0]!
  const head = `LINE ${line}: `
  return `\n${head}${text}\n${' '.repeat(head.length + at - start)}^`
}

const refusal = `Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all
       connections without a password. This is *not* recommended.

       See PostgreSQL documentation about "trust":
       https://www.postgresql.org/docs/current/auth-trust.html
`

interface Kept extends State {
  readonly trust: boolean
}

export const postgresServer = (version: string): Program =>
  function* (process) {
    const { argv, engine, env, files, network, stderr, stdout } = process
    if (argv.includes('--version') || argv.includes('-V')) {
      stdout.write(`postgres (PostgreSQL) ${version}\n`)
      return 0
    }
    const note = (text: string) =>
      stderr.write(`${formatTime(engine.now).slice(0, 19).replace('T', ' ')}.000 UTC [1] LOG:  ${text}\n`)
    const directory = env.get('PGDATA') ?? postgresData
    const file = resolvePath(directory, 'global/pg_control')
    let state: Kept
    if (files.exists(file)) {
      stdout.write(
        '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n',
      )
      state = JSON.parse(files.read(file)) as Kept
    } else {
      const trust = env.get('POSTGRES_HOST_AUTH_METHOD') === 'trust'
      // Other makers' images have names of their own.
      const password = env.get('POSTGRES_PASSWORD') ?? env.get('POSTGRESQL_PASSWORD')
      if (!password && !trust) {
        stderr.write(refusal)
        return 1
      }
      const user = env.get('POSTGRES_USER') || 'postgres'
      const database = env.get('POSTGRES_DB') || user
      stdout.write(
        `The files belonging to this database system will be owned by user "postgres".\nThis user must also own the server process.\n\ncreating subdirectories ... ok\n`,
      )
      yield* startUp(process, 'postgresFirst')
      stdout.write(
        'performing post-bootstrap initialization ... ok\nsyncing data to disk ... ok\n\nPostgreSQL init process complete; ready for start up.\n\n',
      )
      state = {
        trust,
        databases: { postgres: { tables: {} }, [database]: { tables: {} } },
        users: { [user]: password ?? '' },
      }
      files.mkdir(resolvePath(directory, 'global'), { parents: true })
      files.write(resolvePath(directory, 'PG_VERSION'), `${version.split('.')[0]}\n`)
      files.write(file, JSON.stringify(state))
    }
    yield* startUp(process, 'postgres')
    note(`starting PostgreSQL ${version} on x86_64-pc-linux-gnu, compiled by gcc, 64-bit`)
    const sql = new SqlEngine(state, 'name')
    const respond = ({ sql: text, user, password, database, local }: Asked): Answered => {
      if (state.users[user] === undefined)
        return {
          fatal:
            local || state.trust
              ? `role ${quoted(user)} does not exist`
              : `password authentication failed for user ${quoted(user)}`,
        }
      if (!local && !state.trust && state.users[user] !== password)
        return {
          fatal:
            password === undefined
              ? 'no password supplied'
              : `password authentication failed for user ${quoted(user)}`,
        }
      if (!state.databases[database]) return { fatal: `database ${quoted(database)} does not exist` }
      const now = `${formatTime(engine.now).replace('T', ' ').replace('Z', '')}+00`
      const values: Record<string, Cell> = dictionary({
        version: `PostgreSQL ${version} on x86_64-pc-linux-gnu, compiled by gcc, 64-bit`,
        now,
        current_timestamp: now,
        current_date: now.slice(0, 10),
        current_user: user,
        session_user: user,
        current_database: database,
        pg_is_in_recovery: false,
      })
      try {
        const result = sql.run(text, { database, user, value: name => values[name], systemDatabases: [] })
        if (!result.columns) files.write(file, JSON.stringify(state))
        return result
      } catch (error) {
        if (error instanceof SqlError) {
          const { problem } = error
          return {
            error:
              words(problem) + ('at' in problem && problem.at !== undefined ? place(text, problem.at) : ''),
          }
        }
        if (error instanceof SqlSyntaxError)
          return {
            error: error.near
              ? `syntax error at or near ${quoted(error.near.split(/[\s;]/)[0]!)}${place(text, error.at)}`
              : `syntax error at end of input${place(text, error.at)}`,
          }
        throw error
      }
    }
    const listener = network.listen(5432, speak<Asked, Answered>(protocol, respond))
    if (!listener) {
      note('could not bind IPv4 address "0.0.0.0": Address already in use')
      return 1
    }
    note('listening on IPv4 address "0.0.0.0", port 5432')
    note('database system is ready to accept connections')
    yield* untilSignal(0, [listener])
    note('received smart shutdown request')
    note('database system is shut down')
    return 0
  }

const show = (cell: Cell): string =>
  cell === null ? '' : cell === true ? 't' : cell === false ? 'f' : String(cell)

function aligned(columns: readonly string[], rows: readonly (readonly Cell[])[], bare: boolean): string {
  const widths = columns.map((name, i) => Math.max(name.length, ...rows.map(row => show(row[i]!).length)))
  const line = (cells: readonly string[]) => `${cells.join('|').trimEnd()}\n`
  const head = columns.map((name, i) => {
    const space = widths[i]! - name.length
    return ` ${' '.repeat(Math.floor(space / 2))}${name}${' '.repeat(Math.ceil(space / 2))} `
  })
  const body = rows.map(row =>
    line(
      row.map((cell, i) =>
        typeof cell === 'number'
          ? ` ${show(cell).padStart(widths[i]!)} `
          : ` ${show(cell).padEnd(widths[i]!)} `,
      ),
    ),
  )
  if (bare) return `${body.join('')}\n`
  return `${head.join('|')}\n${widths.map(width => '-'.repeat(width + 2)).join('+')}\n${body.join('')}(${rows.length} ${rows.length === 1 ? 'row' : 'rows'})\n\n`
}

const failures: Record<string, string> = {
  refused: 'Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?',
  timeout: 'timeout expired',
  'no-route': 'No route to host\n\tIs the server running on that host and accepting TCP/IP connections?',
  reset: 'server closed the connection unexpectedly',
}

const databaseList = (databases: readonly string[], user: string): string =>
  `                List of databases\n   Name    |  Owner   | Encoding \n-----------+----------+----------\n${databases.map(name => ` ${name.padEnd(9)} | ${user.padEnd(8)} | UTF8\n`).join('')}(${databases.length} rows)\n\n`

export const psql = (version: string): Program =>
  function* (process): Task<number> {
    const { env, stdin, stdout, stderr, terminal } = process
    const args = process.argv.slice(1)
    let host = env.get('PGHOST')
    let port = Number(env.get('PGPORT') ?? 5432)
    let user = env.get('PGUSER') ?? (process.user === 'root' ? 'root' : process.user)
    let password = env.get('PGPASSWORD')
    let database = env.get('PGDATABASE')
    const commands: string[] = []
    let [bare, unaligned] = [false, false]
    const operands: string[] = []
    while (args.length) {
      const arg = args.shift()!
      const url = /^postgres(?:ql)?:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^:/]+)(?::(\d+))?(?:\/([^?]*))?/.exec(
        arg,
      )
      if (url) {
        ;[user, password, host, port, database] = [
          url[1] || user,
          url[2] ?? password,
          url[3],
          Number(url[4] ?? port),
          url[5] || database,
        ]
        continue
      }
      const [, name = '', value] = /^(--[\w-]+|-[a-zA-Z])=?([\s\S]+)?$/.exec(arg) ?? []
      const argument = () => value ?? args.shift() ?? ''
      if (name === '-h' || name === '--host') host = argument()
      else if (name === '-p' || name === '--port') port = Number(argument())
      else if (name === '-U' || name === '--username') user = argument()
      else if (name === '-d' || name === '--dbname') database = argument()
      else if (name === '-c' || name === '--command') commands.push(argument())
      else if (name === '--version' || name === '-V') {
        stdout.write(`psql (PostgreSQL) ${version}\n`)
        return 0
      } else if (/^-[tAqXwW]+$/.test(arg)) {
        bare ||= arg.includes('t')
        unaligned ||= arg.includes('A')
      } else if (!arg.startsWith('-')) operands.push(arg)
    }
    database ??= operands[0] ?? user
    if (operands[1]) user = operands[1]
    const local = host === undefined || host === 'localhost' || host.startsWith('/')
    const place =
      host === undefined ? 'on socket "/var/run/postgresql/.s.PGSQL.5432"' : `at "${host}", port ${port}`
    const send = function* (sql: string): Task<Answered | undefined> {
      const asked: Asked = { sql, user, password, database: database!, local }
      const answer = yield* ask<Answered>(
        process as Process,
        protocol,
        { host: local ? '127.0.0.1' : host!, port },
        asked,
      )
      if (answer.ok && !('fatal' in answer.value)) return answer.value
      const why = answer.ok
        ? `connection to server ${place} failed: FATAL:  ${(answer.value as { fatal: string }).fatal}`
        : answer.error.type === 'unknown-host'
          ? `could not translate host name "${host}" to address: Name or service not known`
          : `connection to server ${place} failed: ${host === undefined ? 'No such file or directory\n\tIs the server running locally and accepting connections on that socket?' : failures[answer.error.type]}`
      stderr.write(`psql: error: ${why}\n`)
      return undefined
    }
    const statement = function* (sql: string): Task<boolean | 'lost'> {
      const result = yield* send(sql)
      if (!result) return 'lost'
      if ('error' in result) {
        stderr.write(`ERROR:  ${result.error}\n`)
        return false
      }
      if (!('command' in result)) return false
      const { command, columns, rows, affected } = result
      if (columns && rows) {
        if (unaligned)
          stdout.write(
            `${[...(bare ? [] : [columns]), ...rows].map(row => row.map(show).join('|')).join('\n')}\n${bare ? '' : `(${rows.length} ${rows.length === 1 ? 'row' : 'rows'})\n`}`,
          )
        else stdout.write(aligned(columns, rows, bare))
      } else
        stdout.write(
          `${command === 'INSERT' ? `INSERT 0 ${affected}` : /^(UPDATE|DELETE)$/.test(command) ? `${command} ${affected}` : command}\n`,
        )
      return true
    }
    const backslash = function* (text: string): Task<boolean | 'lost' | 'quit'> {
      const [, name = '', argument = ''] = /^\\(\w+\+?)\s*(\S*)/.exec(text.trim()) ?? []
      if (name === 'q') return 'quit'
      if (name === 'c' || name === 'connect') {
        const before = database
        database = argument || database
        const result = yield* send('select 1')
        if (!result) {
          database = before
          return false
        }
        stdout.write(`You are now connected to database "${database}" as user "${user}".\n`)
        return true
      }
      if (name.startsWith('l') || name.startsWith('d')) {
        const result = yield* send(
          name.startsWith('l') ? 'show databases' : argument ? `describe ${argument}` : 'show tables',
        )
        if (!result) return 'lost'
        if ('error' in result || !('command' in result)) {
          stderr.write(`Did not find any relation named "${argument}".\n`)
          return false
        }
        const names = (result.rows ?? []).map(row => String(row[0]))
        if (name.startsWith('l'))
          stdout.write(databaseList([...names, 'template0', 'template1'].sort(), user))
        else if (argument)
          stdout.write(
            `${`Table "public.${argument}"`.padStart(30)}\n${aligned(
              ['Column', 'Type', 'Collation', 'Nullable', 'Default'],
              (result.rows ?? []).map(([column, type, nullable]) => [
                column!,
                type!,
                '',
                nullable === 'NO' ? 'not null' : '',
                '',
              ]),
              false,
            ).replace(/\(\d+ rows?\)\n/, '')}`,
          )
        else if (!names.length) stdout.write('Did not find any relations.\n')
        else
          stdout.write(
            `${'List of relations'.padStart(25)}\n${aligned(
              ['Schema', 'Name', 'Type', 'Owner'],
              names.map(each => ['public', each, 'table', user]),
              false,
            )}`,
          )
        return true
      }
      stderr.write(`invalid command \\${name}\nTry \\? for help.\n`)
      return false
    }
    const each = function* (text: string): Task<boolean | 'lost' | 'quit'> {
      if (text.trim().startsWith('\\')) return yield* backslash(text)
      let good: boolean | 'lost' = true
      for (const sql of statementsOf(text)) {
        good = yield* statement(sql)
        if (good !== true) return good
      }
      return good
    }
    if (commands.length) {
      for (const command of commands) {
        const done = yield* each(command)
        if (done === 'lost') return 2
        if (done === false) return 1
      }
      return 0
    }
    if (!(yield* send('select 1'))) return 2
    if (terminal) stdout.write(`psql (${version})\nType "help" for help.\n\n`)
    const lines = new LineReader(stdin)
    let text = ''
    const prompt = (more: boolean) =>
      terminal && stdout.write(`${database}${more ? '-' : '='}${user === 'postgres' ? '#' : '>'} `)
    for (;;) {
      prompt(text !== '')
      const line = yield* lines.line()
      if (line === undefined || (!text && /^\s*(exit|quit)\s*;?\s*$/.test(line))) break
      text += `${line}\n`
      if (!text.trim()) text = ''
      if (!text || (!/;\s*$/.test(text) && !text.trim().startsWith('\\'))) continue
      const done = yield* each(text)
      text = ''
      if (done === 'quit') return 0
      if (done === 'lost') return 2
    }
    if (text.trim()) yield* each(text)
    return 0
  }

export const pgIsReady: Program = function* (process) {
  const { argv, env, stdout, network } = process
  const option = (letter: string) =>
    argv.find((_, i) => argv[i - 1] === letter) ??
    argv.find(arg => arg.startsWith(letter) && arg.length > 2)?.slice(2)
  const [host, port] = [option('-h') ?? env.get('PGHOST'), Number(option('-p') ?? 5432)]
  const result = yield* network.connect(host ?? '127.0.0.1', port, 3000)
  stdout.write(
    `${host ?? '/var/run/postgresql'}:${port} - ${result.ok ? 'accepting connections' : 'no response'}\n`,
  )
  return result.ok ? 0 : 2
}
