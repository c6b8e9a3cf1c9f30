// A small database: databases, tables, rows, and the statements that tutorials use on them. Both servers use it; their
// words for what went wrong are their own. Left out: joins, subqueries, indexes, transactions (every statement stands),
// rights of users.
import {
  type Column,
  type Database,
  type Result,
  type Session,
  SqlError,
  type State,
  type Table,
} from './model.ts'
import { type Cell, Cursor, type Expression, type Quotes } from './parser.ts'
import { aggregate, aggregates, compare, evaluate, likeness } from './values.ts'

export class SqlEngine {
  readonly state: State
  readonly #quotes: Quotes
  constructor(state: State, quotes: Quotes) {
    this.state = state
    this.#quotes = quotes
  }

  /** One statement; changes the state. */
  run(sql: string, session: Session): Result {
    const at = new Cursor(sql, this.#quotes)
    const result = this.#statement(at, session)
    at.take(';')
    if (!at.ended) at.fail()
    return result
  }

  #database({ database }: Session): Database {
    if (database === undefined) throw new SqlError({ type: 'none-selected' })
    const found = this.state.databases[database]
    if (!found) throw new SqlError({ type: 'no-database', name: database })
    return found
  }

  #table(name: string, session: Session, at?: number): Table {
    const found = this.#database(session).tables[name.toLowerCase()]
    if (!found) throw new SqlError({ type: 'no-table', name, ...(at !== undefined && { at }) })
    return found
  }

  #statement(at: Cursor, session: Session): Result {
    const { databases, users } = this.state
    if (at.take('create database') || at.take('create schema')) {
      const careful = at.take('if not exists')
      const name = at.name()
      while (!at.ended && at.next!.text !== ';') at.any()
      if (databases[name] && !careful) throw new SqlError({ type: 'database-exists', name })
      databases[name] ??= { tables: {} }
      return { command: 'CREATE DATABASE', affected: 1 }
    }
    if (at.take('drop database') || at.take('drop schema')) {
      const careful = at.take('if exists')
      const name = at.name()
      if (!databases[name] && !careful) throw new SqlError({ type: 'no-database', name })
      delete databases[name]
      return { command: 'DROP DATABASE', affected: 0 }
    }
    if (at.take('create table')) return this.#createTable(at, session)
    if (at.take('drop table')) {
      const careful = at.take('if exists')
      for (const name of at.list(() => at.name())) {
        const { tables } = this.#database(session)
        if (!tables[name.toLowerCase()] && !careful) throw new SqlError({ type: 'no-table', name })
        delete tables[name.toLowerCase()]
      }
      return { command: 'DROP TABLE', affected: 0 }
    }
    if (at.take('insert into')) return this.#insert(at, session)
    if (at.take('select')) return this.#select(at, session)
    if (at.take('update')) return this.#update(at, session)
    if (at.take('delete from')) {
      const table = this.#table(at.name(), session)
      const keep = this.#where(at, table, session)
      const before = table.rows.length
      table.rows = table.rows.filter(row => !keep(row))
      return { command: 'DELETE', affected: before - table.rows.length }
    }
    if (at.take('truncate')) {
      at.take('table')
      this.#table(at.name(), session).rows = []
      return { command: 'TRUNCATE TABLE', affected: 0 }
    }
    if (at.take('use')) {
      const name = at.name()
      if (!databases[name] && !session.systemDatabases.includes(name))
        throw new SqlError({ type: 'no-database', name })
      return { command: 'USE', use: name }
    }
    if (at.take('show')) return this.#show(at, session)
    if (at.take('describe') || at.take('desc')) return describe(this.#table(at.name(), session))
    if (at.take('create user') || at.take('create role') || at.take('alter user')) {
      at.take('if not exists')
      const name = at.any()?.text ?? at.fail()
      const password = /(?:identified(?:\s+with\s+\S+)?\s+by|password)\s+'([^']*)'/i.exec(at.sql)?.[1]
      users[name] = password ?? users[name] ?? ''
      while (!at.ended && at.next!.text !== ';') at.any()
      return { command: 'CREATE ROLE', affected: 0 }
    }
    for (const word of [
      'grant',
      'revoke',
      'flush',
      'set',
      'begin',
      'commit',
      'rollback',
      'start',
      'alter',
      'analyze',
      'vacuum',
      'create',
    ])
      if (at.take(word)) {
        if (word === 'alter' || word === 'create')
          throw new SqlError({ type: 'unsupported', name: `${word.toUpperCase()} ${at.next?.text ?? ''}` })
        while (!at.ended && at.next!.text !== ';') at.any()
        return { command: word.toUpperCase(), affected: 0 }
      }
    return at.fail()
  }

  #createTable(at: Cursor, session: Session): Result {
    const careful = at.take('if not exists')
    const name = at.name()
    const { tables } = this.#database(session)
    const columns: Column[] = []
    at.need('(')
    const keys: string[] = []
    at.list(() => {
      if (at.take('primary key')) {
        at.need('(')
        keys.push(...at.list(() => at.name().toLowerCase()))
        at.need(')')
        return
      }
      if (
        at.take('constraint') ||
        at.take('unique') ||
        at.take('foreign') ||
        at.take('key') ||
        at.take('index') ||
        at.take('check')
      ) {
        for (let depth = 0; at.next && (depth || !/^[,)]$/.test(at.next.text)); ) {
          const { text } = at.any()!
          depth += text === '(' ? 1 : text === ')' ? -1 : 0
        }
        return
      }
      columns.push(this.#column(at))
    })
    at.need(')')
    while (!at.ended && at.next!.text !== ';') at.any()
    if (tables[name.toLowerCase()]) {
      if (!careful) throw new SqlError({ type: 'table-exists', name })
    } else
      tables[name.toLowerCase()] = {
        columns: columns.map(column =>
          keys.includes(column.name.toLowerCase()) ? { ...column, key: true, notNull: true } : column,
        ),
        rows: [],
        next: 1,
      }
    return { command: 'CREATE TABLE', affected: 0 }
  }

  #column(at: Cursor): Column {
    const name = at.name()
    let type = at.name().toLowerCase()
    if (at.take('precision')) type += ' precision'
    if (at.take('varying')) type += ' varying'
    if (at.take('(')) {
      const sizes: string[] = []
      while (at.next && at.next.text !== ')') sizes.push(at.any()!.text)
      at.need(')')
      type += `(${sizes.join('')})`
    }
    let [notNull, key, auto] = [false, false, /serial$/.test(type)]
    let fallback: Cell | undefined
    while (at.next && !/^[,)]$/.test(at.next.text)) {
      if (at.take('not null')) notNull = true
      else if (at.take('primary key')) key = notNull = true
      else if (at.take('auto_increment') || at.take('autoincrement')) auto = true
      else if (at.take('default')) {
        const value = at.expression()
        fallback =
          value.type === 'value' ? value.value : value.type === 'call' ? `${value.name}()` : undefined
      } else if (at.take('(')) {
        for (let depth = 1; depth && at.next; ) {
          const { text } = at.any()!
          depth += text === '(' ? 1 : text === ')' ? -1 : 0
        }
      } else {
        if (/^(by|always|generated|as|identity)$/i.test(at.next.text)) auto = true
        at.any()
      }
    }
    return { name, type, notNull, key, auto, fallback }
  }

  #insert(at: Cursor, session: Session): Result {
    const name = at.name()
    const table = this.#table(name, session)
    let columns = table.columns
    if (at.take('(')) {
      columns = at.list(() => {
        const column = at.name()
        return (
          table.columns.find(each => each.name.toLowerCase() === column.toLowerCase()) ?? failColumn(column)
        )
      })
      at.need(')')
    }
    if (!at.take('values')) at.need('value')
    const rows = at.list(() => {
      at.need('(')
      const values = at.list(() => at.expression())
      at.need(')')
      if (values.length !== columns.length) throw new SqlError({ type: 'count', name })
      return values.map(value => evaluate(value, [], table, session))
    })
    while (!at.ended && at.next!.text !== ';') at.any()
    for (const values of rows) {
      const row = table.columns.map((column): Cell => {
        const given = values[columns.indexOf(column)]
        if (given !== undefined && !(given === null && column.auto)) return given
        if (column.auto) return table.next++
        const { fallback } = column
        if (typeof fallback === 'string' && fallback.endsWith('()'))
          return session.value(fallback.slice(0, -2)) ?? null
        if (fallback === undefined && column.notNull) throw new SqlError({ type: 'null', name: column.name })
        return fallback ?? null
      })
      const key = table.columns.findIndex(column => column.key)
      if (key >= 0 && table.rows.some(other => compare(other[key]!, row[key]!) === 0))
        throw new SqlError({ type: 'duplicate', name: String(row[key]) })
      if (key >= 0 && typeof row[key] === 'number')
        table.next = Math.max(table.next, (row[key] as number) + 1)
      table.rows.push(row)
    }
    return { command: 'INSERT', affected: rows.length }
  }

  #update(at: Cursor, session: Session): Result {
    const table = this.#table(at.name(), session)
    at.need('set')
    const changes = at.list(() => {
      const column = at.name()
      at.need('=')
      const index = table.columns.findIndex(each => each.name.toLowerCase() === column.toLowerCase())
      if (index < 0) failColumn(column)
      return { index, value: at.expression() }
    })
    const fits = this.#where(at, table, session)
    let affected = 0
    for (const row of table.rows) {
      if (!fits(row)) continue
      affected++
      const values = changes.map(({ value }) => evaluate(value, row, table, session))
      for (const [i, { index }] of changes.entries()) row[index] = values[i]!
    }
    return { command: 'UPDATE', affected }
  }

  #where(at: Cursor, table: Table | undefined, session: Session): (row: readonly Cell[]) => boolean {
    if (!at.take('where')) return () => true
    const condition = at.expression()
    return row => {
      const value = evaluate(condition, row, table, session)
      return value !== null && value !== false && value !== 0
    }
  }

  #select(at: Cursor, session: Session): Result {
    at.take('distinct')
    const chosen = at.list(() => {
      const expression = at.expression()
      const named =
        at.take('as') ||
        (at.next?.type === 'word' && !/^(from|where|order|limit|group|union)$/i.test(at.next.text)) ||
        at.next?.type === 'name'
      return { expression, label: named ? at.name() : undefined }
    })
    let table: Table | undefined
    if (at.take('from')) {
      const place = at.next?.at
      table = this.#table(at.name(), session, place)
      if (at.next?.type === 'word' && !/^(where|order|limit|group)$/i.test(at.next.text)) at.name()
    }
    const fits = this.#where(at, table, session)
    let rows: readonly (readonly Cell[])[] = table ? table.rows.filter(fits) : [[]]
    const group = at.take('group by') ? at.expression() : undefined
    if (at.take('order by')) {
      const orders = at.list(() => {
        const by = at.expression()
        const down = at.take('desc')
        at.take('asc')
        return { by, down }
      })
      const key = (by: Expression, row: readonly Cell[]): Cell => {
        // A number names the column that was chosen.
        if (by.type === 'value' && typeof by.value === 'number' && chosen[by.value - 1])
          return evaluate(chosen[by.value - 1]!.expression, row, table, session)
        return evaluate(by, row, table, session)
      }
      rows = [...rows].sort((a, b) => {
        for (const { by, down } of orders) {
          const order = compare(key(by, a), key(by, b))
          if (order) return down ? -order : order
        }
        return 0
      })
    }
    if (at.take('limit')) {
      const limit = Number(at.any()?.text)
      const offset = at.take('offset') ? Number(at.any()?.text) : 0
      rows = rows.slice(offset, offset + limit)
    }
    const columns = chosen.flatMap(({ expression, label }) =>
      expression.type === 'star' && table
        ? table.columns.map(column => column.name)
        : [label ?? nameOf(expression, at.sql)],
    )
    const isTotal = chosen.some(
      ({ expression }) => expression.type === 'call' && aggregates.has(expression.name),
    )
    const grouped = new Map<string, (readonly Cell[])[]>()
    if (group)
      for (const row of rows) {
        const key = String(evaluate(group, row, table, session))
        grouped.set(key, [...(grouped.get(key) ?? []), row])
      }
    const groups: readonly (readonly (readonly Cell[])[])[] = group
      ? [...grouped.values()]
      : isTotal
        ? [rows]
        : rows.map(row => [row])
    const out = groups.map(members =>
      chosen.flatMap(({ expression }): readonly Cell[] =>
        expression.type === 'star' && table
          ? members[0]!
          : [
              expression.type === 'call' && aggregates.has(expression.name)
                ? aggregate(expression.name, expression.args[0], members, table, session)
                : evaluate(expression, members[0] ?? [], table, session),
            ],
      ),
    )
    return { command: 'SELECT', columns, rows: out }
  }

  #show(at: Cursor, session: Session): Result {
    if (at.take('databases') || at.take('schemas')) {
      const names = [...Object.keys(this.state.databases), ...session.systemDatabases].sort()
      return { command: 'SELECT', columns: ['Database'], rows: names.map(name => [name]) }
    }
    at.take('full')
    if (at.take('tables')) {
      const { database } = session
      const names = Object.keys(this.#database(session).tables).sort()
      return { command: 'SELECT', columns: [`Tables_in_${database}`], rows: names.map(name => [name]) }
    }
    if (at.take('columns from')) return describe(this.#table(at.name(), session))
    if (
      at.take('variables') ||
      at.take('global variables') ||
      at.take('status') ||
      at.take('global status')
    ) {
      const like = at.take('like') ? at.any()!.text : '%'
      const rows = ['version', 'hostname', 'max_connections', 'server_id', 'read_only']
        .filter(name => likeness(name, like, true))
        .map(name => [name, session.value(`@@${name}`) ?? ''])
      return { command: 'SELECT', columns: ['Variable_name', 'Value'], rows }
    }
    if (at.take('processlist'))
      return {
        command: 'SELECT',
        columns: ['Id', 'User', 'Host', 'db', 'Command', 'Time', 'State', 'Info'],
        rows: [
          [8, session.user, 'localhost', session.database ?? null, 'Query', 0, 'init', 'show processlist'],
        ],
      }
    return at.fail()
  }
}

const failColumn = (name: string): never => {
  throw new SqlError({ type: 'no-column', name })
}

/** How a result's column is called that has no name of its own. */
const nameOf = (expression: Expression, sql: string): string =>
  expression.type === 'column'
    ? expression.name
    : expression.type === 'call'
      ? expression.text
      : (/select\s+([\s\S]*?)(?:\s+from\b|;|$)/i.exec(sql)?.[1] ?? '?column?')

const describe = (table: Table): Result => ({
  command: 'SELECT',
  columns: ['Field', 'Type', 'Null', 'Key', 'Default', 'Extra'],
  rows: table.columns.map(({ name, type, notNull, key, auto, fallback }) => [
    name,
    type,
    notNull ? 'NO' : 'YES',
    key ? 'PRI' : '',
    fallback ?? null,
    auto ? 'auto_increment' : '',
  ]),
})
