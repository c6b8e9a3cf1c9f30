// What a small database keeps, what a statement gives, and what can be wrong with one.
import type { Cell } from './parser.ts'

export interface Column {
  readonly name: string
  /** As it was written: `varchar(20)`. */
  readonly type: string
  readonly notNull: boolean
  readonly key: boolean
  readonly auto: boolean
  readonly fallback: Cell | undefined
}

export interface Table {
  columns: Column[]
  rows: Cell[][]
  next: number
}

export interface Database {
  tables: Record<string, Table>
}

/** All that is kept on disk. */
export interface State {
  databases: Record<string, Database>
  users: Record<string, string>
}

export type Problem =
  | {
      readonly type:
        | 'no-database'
        | 'database-exists'
        | 'no-table'
        | 'table-exists'
        | 'no-column'
        | 'duplicate'
        | 'null'
      readonly name: string
      readonly at?: number
    }
  | { readonly type: 'none-selected' }
  | { readonly type: 'count' | 'unsupported'; readonly name: string }

export class SqlError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.type)
    this.problem = problem
  }
}

export interface Result {
  /** `SELECT`, `INSERT`, `CREATE TABLE` … */
  readonly command: string
  readonly columns?: readonly string[]
  readonly rows?: readonly (readonly Cell[])[]
  readonly affected?: number
  /** A database that the session now uses. */
  readonly use?: string
}

export interface Session {
  readonly database: string | undefined
  readonly user: string
  /** What functions and variables of the server say: `version`, `now`, `@@hostname`. */
  readonly value: (name: string) => Cell | undefined
  /** Databases of `SHOW DATABASES` that hold nothing. */
  readonly systemDatabases: readonly string[]
}
