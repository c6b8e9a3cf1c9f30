// mysqld and the mysql client: the server keeps its data below /var/lib/mysql and starts again from it; the client asks
// it over the network. Words: the images' entrypoints, mysql's error messages.
import { dictionary } from '../../../engine/dictionary.ts'
import { formatTime } from '../../../engine/engine.ts'
import { LineReader } from '../../../engine/pipe.ts'
import type { Process, Program } from '../../../engine/process.ts'
import type { Task } from '../../../engine/task.ts'
import { untilSignal } from '../../images/http.ts'
import { startUp, startUpAbout } from '../../listening.ts'
import { ask, speak } from '../wire.ts'
import { SqlEngine } from './engine.ts'
import { type Problem, SqlError, type State } from './model.ts'
import { type Cell, SqlSyntaxError, statementsOf } from './parser.ts'

const protocol = 'MYSQL'
const systemDatabases = ['information_schema', 'mysql', 'performance_schema', 'sys']
export const mysqlData = '/var/lib/mysql'
const file = `${mysqlData}/ibdata1`

interface Asked {
  readonly sql: string
  readonly user: string
  readonly password: string | undefined
  readonly database: string | undefined
}
type Answered =
  | { readonly error: string }
  | {
      readonly columns?: readonly string[]
      readonly rows?: readonly (readonly Cell[])[]
      readonly affected?: number
      readonly use?: string
    }

/** `ERROR 1146 (42S02): …` without its first word, so that a line can be put between. */
function words(problem: Problem, database: string | undefined): string {
  switch (problem.type) {
    case 'no-database':
      return `1049 (42000): Unknown database '${problem.name}'`
    case 'database-exists':
      return `1007 (HY000): Can't create database '${problem.name}'; database exists`
    case 'no-table':
      return `1146 (42S02): Table '${database}.${problem.name}' doesn't exist`
    case 'table-exists':
      return `1050 (42S01): Table '${problem.name}' already exists`
    case 'no-column':
      return `1054 (42S22): Unknown column '${problem.name}' in 'field list'`
    case 'duplicate':
      return `1062 (23000): Duplicate entry '${problem.name}' for key 'PRIMARY'`
    case 'null':
      return `1364 (HY000): Field '${problem.name}' doesn't have a default value`
    case 'none-selected':
      return '1046 (3D000): No database selected'
    case 'count':
      return "1136 (21S01): Column count doesn't match value count at row 1"
    case 'unsupported':
      return `1235 (42000): This simulator doesn't support '${problem.name}'`
  }
}

/** What the entrypoint does before the server: refuses without a password, or makes the first databases. */
function firstState({ env }: Process, flavour: string): State | string {
  const get = (name: string) => env.get(`${flavour}_${name}`) ?? env.get(`MYSQL_${name}`)
  const random = get('RANDOM_ROOT_PASSWORD')
  const empty =
    get('ALLOW_EMPTY_PASSWORD') ?? get('ALLOW_EMPTY_ROOT_PASSWORD') ?? env.get('ALLOW_EMPTY_PASSWORD')
  const password = get('ROOT_PASSWORD')
  if (!password && !random && !empty) {
    const names =
      flavour === 'MARIADB'
        ? [
            'MARIADB_ROOT_PASSWORD',
            'MARIADB_ROOT_PASSWORD_HASH',
            'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD',
            'MARIADB_RANDOM_ROOT_PASSWORD',
          ]
        : ['MYSQL_ROOT_PASSWORD', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'MYSQL_RANDOM_ROOT_PASSWORD']
    const advice =
      flavour === 'MARIADB'
        ? 'You need to specify one of'
        : 'You need to specify one of the following as an environment variable:'
    return `Database is uninitialized and password option is not specified\n${
      flavour === 'MARIADB'
        ? `\t${advice} ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
        : `    ${advice}\n${names.map(name => `    - ${name}`).join('\n')}`
    }`
  }
  const user = get('USER')
  if (user === 'root')
    return 'MYSQL_USER="root", MYSQL_USER and MYSQL_PASSWORD are for configuring a regular user and cannot be used for the root user'
  const database = get('DATABASE')
  return {
    databases: database ? { [database]: { tables: {} } } : {},
    users: { root: password ?? '', ...(user && { [user]: get('PASSWORD') ?? '' }) },
  }
}

/** Of MySQL, which nobody has measured: about so many ms until its data directory is made, and until it listens. */
const firstMs = 3000
const nextMs = 800

export const mysqld = (version: string, flavour: 'MYSQL' | 'MARIADB'): Program =>
  function* (process) {
    const { engine, files, hostname, network, stderr, argv } = process
    const isMaria = flavour === 'MARIADB'
    const product = isMaria ? 'MariaDB' : 'MySQL'
    if (argv.includes('--version') || argv.includes('-V')) {
      process.stdout.write(
        `${argv[0]!.includes('/') ? argv[0] : `/usr/sbin/${argv[0]}`}  Ver ${version} for Linux on x86_64 (${product} Community Server - GPL)\n`,
      )
      return 0
    }
    const script = (level: string, text: string) =>
      stderr.write(
        `${formatTime(engine.now).slice(0, 19).replace('T', ' ')}+00:00 [${level}] [Entrypoint]: ${text}\n`,
      )
    const note = (level: string, text: string) =>
      stderr.write(`${formatTime(engine.now).replace('Z', '.000000Z')} 0 [${level}] [Server] ${text}\n`)
    script('Note', `Entrypoint script for ${product} Server ${version} started.`)
    let state: State
    if (files.exists(file)) state = JSON.parse(files.read(file)) as State
    else {
      const first = firstState(process, flavour)
      if (typeof first === 'string') {
        script('ERROR', first)
        return 1
      }
      script('Note', 'Initializing database files')
      if (isMaria) yield* startUp(process, 'mariadbFirst')
      else yield* startUpAbout(process, firstMs)
      script('Note', 'Database files initialized')
      state = first
      for (const name of Object.keys(state.databases)) script('Note', `Creating database ${name}`)
      for (const name of Object.keys(state.users))
        if (name !== 'root') script('Note', `Creating user ${name}`)
      files.mkdir(mysqlData, { parents: true })
      files.write(file, JSON.stringify(state))
      script('Note', `${product} init process done. Ready for start up.`)
    }
    if (isMaria) yield* startUp(process, 'mariadb')
    else yield* startUpAbout(process, nextMs)
    note('System', `/usr/sbin/mysqld (mysqld ${version}) starting as process 1`)
    const sql = new SqlEngine(state, 'string')
    const respond = ({ sql: text, user, password, database }: Asked): Answered => {
      if (state.users[user] === undefined || (state.users[user] || '') !== (password ?? ''))
        return {
          error: `1045 (28000): Access denied for user '${user}'@'localhost' (using password: ${password ? 'YES' : 'NO'})`,
        }
      if (database && !state.databases[database] && !systemDatabases.includes(database))
        return { error: `1049 (42000): Unknown database '${database}'` }
      const values: Record<string, Cell> = dictionary({
        version,
        database: database ?? null,
        now: formatTime(engine.now).slice(0, 19).replace('T', ' '),
        current_timestamp: formatTime(engine.now).slice(0, 19).replace('T', ' '),
        user: `${user}@localhost`,
        current_user: `${user}@localhost`,
        '@@version': version,
        '@@hostname': hostname,
        '@@server_id': 1,
        '@@max_connections': 151,
        '@@read_only': 'OFF',
      })
      try {
        const result = sql.run(text, { database, user, value: name => values[name], systemDatabases })
        if (!result.columns && !result.use) files.write(file, JSON.stringify(state))
        return result
      } catch (error) {
        if (error instanceof SqlError) return { error: words(error.problem, database) }
        if (error instanceof SqlSyntaxError)
          return {
            error: `1064 (42000): You have an error in your SQL syntax; check the manual that corresponds to your ${product} server version for the right syntax to use near '${error.near}' at line 1`,
          }
        throw error
      }
    }
    const listener = network.listen(3306, speak<Asked, Answered>(protocol, respond))
    if (!listener) {
      note('ERROR', "Can't start server: Bind on TCP/IP port: Address already in use")
      return 1
    }
    note(
      'System',
      `/usr/sbin/mysqld: ready for connections. Version: '${version}'  socket: '/var/run/mysqld/mysqld.sock'  port: 3306  ${product} Community Server - GPL.`,
    )
    yield* untilSignal(0, [listener])
    note(
      'System',
      `/usr/sbin/mysqld: Shutdown complete (mysqld ${version})  ${product} Community Server - GPL.`,
    )
    return 0
  }

const failures: Record<string, (host: string, port: number) => string> = {
  refused: (host, port) => `2003 (HY000): Can't connect to MySQL server on '${host}:${port}' (111)`,
  timeout: (host, port) => `2003 (HY000): Can't connect to MySQL server on '${host}:${port}' (110)`,
  'no-route': (host, port) => `2003 (HY000): Can't connect to MySQL server on '${host}:${port}' (113)`,
  'unknown-host': host => `2005 (HY000): Unknown MySQL server host '${host}' (-2)`,
  reset: () =>
    "2013 (HY000): Lost connection to MySQL server at 'handshake: reading initial communication packet'",
}

const show = (cell: Cell): string =>
  cell === null ? 'NULL' : cell === true ? '1' : cell === false ? '0' : String(cell)

function boxed(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const widths = columns.map((name, i) => Math.max(name.length, ...rows.map(row => show(row[i]!).length)))
  const rule = `+${widths.map(width => '-'.repeat(width + 2)).join('+')}+\n`
  const line = (cells: readonly Cell[], right: boolean) =>
    `|${cells.map((cell, i) => ` ${right && typeof cell === 'number' ? show(cell).padStart(widths[i]!) : show(cell).padEnd(widths[i]!)} `).join('|')}|\n`
  return rule + line(columns, false) + rule + rows.map(row => line(row, true)).join('') + rule
}

export const mysqlClient = (version: string): Program =>
  function* (process): Task<number> {
    const { env, stdin, stdout, stderr, terminal } = process
    const args = process.argv.slice(1)
    let [host, port, user, password]: [string | undefined, number, string, string | undefined] = [
      env.get('MYSQL_HOST'),
      3306,
      'root',
      env.get('MYSQL_PWD'),
    ]
    let execute: string | undefined
    let database: string | undefined
    let [table, silent, noNames, asks] = [terminal !== undefined, false, false, false]
    while (args.length) {
      const arg = args.shift()!
      const [, name = '', value] = /^(--[\w-]+|-[a-zA-Z])=?([\s\S]+)?$/.exec(arg) ?? []
      const argument = () => value ?? args.shift() ?? ''
      if (name === '-h' || name === '--host') host = argument()
      else if (name === '-P' || name === '--port') port = Number(argument())
      else if (name === '-u' || name === '--user') user = argument()
      else if (name === '-p' || name === '--password') {
        asks = value === undefined
        password = value
      } else if (name === '-e' || name === '--execute') execute = argument()
      else if (name === '-D' || name === '--database') database = argument()
      else if (name === '-t' || name === '--table') table = true
      else if (name === '-s' || name === '--silent') silent = true
      else if (name === '-N' || name === '--skip-column-names') noNames = true
      else if (name === '-V' || name === '--version') {
        stdout.write(`mysql  Ver ${version} for Linux on x86_64 (MySQL Community Server - GPL)\n`)
        return 0
      } else if (!arg.startsWith('-')) database = arg
    }
    if (process.argv.some(arg => /^(-p.|--password=.)/.test(arg)))
      stderr.write('mysql: [Warning] Using a password on the command line interface can be insecure.\n')
    const lines = new LineReader(stdin)
    if (asks) {
      stderr.write('Enter password: ')
      password = yield* lines.line()
      stderr.write('\n')
    }
    const send = function* (sql: string, typed: boolean): Task<boolean> {
      const local = host === undefined || host === 'localhost'
      const answer = yield* ask<Answered>(
        process as Process,
        protocol,
        { host: local ? '127.0.0.1' : host!, port },
        { sql, user, password, database } satisfies Asked,
      )
      if (!answer.ok) {
        const { type } = answer.error
        stderr.write(
          `ERROR ${local && type === 'refused' ? "2002 (HY000): Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)" : failures[type]!(host ?? 'localhost', port)}\n`,
        )
        return false
      }
      const { value } = answer
      if ('error' in value) {
        stderr.write(
          `ERROR ${/^10(45|49)/.test(value.error) || typed ? value.error : value.error.replace(/\): /, ') at line 1: ')}\n`,
        )
        return false
      }
      if (value.use) {
        database = value.use
        if (typed) stdout.write('Database changed\n')
      } else if (value.columns && value.rows) {
        if (!value.rows.length) {
          if (typed) stdout.write('Empty set (0.00 sec)\n\n')
        } else if (table) stdout.write(boxed(value.columns, value.rows))
        else
          stdout.write(
            [...(noNames || silent ? [] : [value.columns]), ...value.rows]
              .map(row => `${row.map(show).join('\t')}\n`)
              .join(''),
          )
        if (typed && value.rows.length)
          stdout.write(
            `${value.rows.length} ${value.rows.length === 1 ? 'row' : 'rows'} in set (0.00 sec)\n\n`,
          )
      } else if (typed) {
        const count = value.affected ?? 0
        stdout.write(`Query OK, ${count} ${count === 1 ? 'row' : 'rows'} affected (0.01 sec)\n\n`)
      }
      return true
    }
    const each = function* (text: string, typed: boolean): Task<boolean> {
      for (const statement of statementsOf(text)) if (!(yield* send(statement, typed))) return false
      return true
    }
    if (execute !== undefined) return (yield* each(execute, false)) ? 0 : 1
    if (terminal) {
      if (!(yield* send('set names utf8', false))) return 1
      stdout.write(
        `Welcome to the MySQL monitor.  Commands end with ; or \\g.\nServer version: ${version}\n\nType 'help;' or '\\h' for help. Type '\\c' to clear the current input statement.\n\n`,
      )
    }
    let text = ''
    for (;;) {
      if (terminal) stdout.write(text ? '    -> ' : 'mysql> ')
      const line = yield* lines.line()
      if (line === undefined) break
      if (!text && /^\s*(exit|quit|\\q)\s*;?\s*$/i.test(line)) break
      text += `${line}\n`
      // `use db` and what ends in a semicolon is whole.
      if (!/;\s*$|\\[gG]\s*$|^\s*use\s+\w+\s*$/i.test(text)) continue
      const isWhole = yield* each(text.replace(/\\[gG]\s*$/, ''), terminal !== undefined)
      text = ''
      if (!isWhole && !terminal) return 1
    }
    if (text.trim()) return (yield* each(text, false)) ? 0 : 1
    if (terminal) stdout.write('Bye\n')
    return 0
  }

export const mysqladmin: Program = function* (process) {
  const { stdout, stderr } = process
  const args = process.argv.slice(1)
  const host =
    args.find(arg => arg.startsWith('-h'))?.slice(2) || args[args.indexOf('-h') + 1 || -1] || '127.0.0.1'
  const result = yield* process.network.connect(host === 'localhost' ? '127.0.0.1' : host, 3306, 5000)
  if (!result.ok) {
    stderr.write(
      `mysqladmin: connect to server at '${host}' failed\nerror: 'Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)'\nCheck that mysqld is running and that the socket: '/var/run/mysqld/mysqld.sock' exists!\n`,
    )
    return 1
  }
  stdout.write(
    args.includes('status')
      ? 'Uptime: 60  Threads: 2  Questions: 6  Slow queries: 0  Opens: 119  Open tables: 38\n'
      : 'mysqld is alive\n',
  )
  return 0
}
