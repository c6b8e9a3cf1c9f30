// The tree that the parser makes of a line or a script.

/** A piece of a word. `quoted` pieces are neither split into fields nor taken as patterns. */
export type Part =
  | { readonly type: 'text'; readonly text: string; readonly quoted: boolean }
  | Parameter
  | { readonly type: 'command'; readonly script: Node; readonly quoted: boolean }
  | { readonly type: 'arithmetic'; readonly expression: Word; readonly quoted: boolean }
  /** `<(…)`: a file that holds what the script prints. */
  | { readonly type: 'process'; readonly script: Node }

export interface Parameter {
  readonly type: 'parameter'
  readonly name: string
  readonly quoted: boolean
  readonly index?: Word
  /** `${#name}` and `${!name}`. */
  readonly prefix?: '#' | '!'
  /** `:-`, `%%`, `//`, `:` (substring), `^^` and so on. */
  readonly operator?: string
  readonly argument?: Word
  /** Replacement of `/`, length of `:`. */
  readonly second?: Word
}

export type Word = readonly Part[]

export interface Assignment {
  readonly name: string
  readonly append: boolean
  readonly index?: Word
  readonly value: Word
  readonly elements?: readonly Word[]
}

export interface Redirect {
  readonly descriptor: number | undefined
  readonly operator: '<' | '>' | '>>' | '>|' | '<>' | '<&' | '>&' | '&>' | '&>>' | '<<' | '<<<'
  /** For `<<` the text itself. */
  readonly target: Word
}

interface Compound {
  readonly redirects?: readonly Redirect[]
}

export interface Simple {
  readonly type: 'simple'
  readonly assignments: readonly Assignment[]
  readonly words: readonly Word[]
  readonly redirects: readonly Redirect[]
  readonly line: number
}

export interface List {
  readonly type: 'list'
  /** Each with what follows it; `text` is its source, which `jobs` shows. */
  readonly items: readonly {
    readonly node: Node
    readonly end: ';' | '&' | '&&' | '||'
    readonly text: string
  }[]
}

export type Condition =
  | { readonly type: 'unary'; readonly operator: string; readonly operand: Word }
  | { readonly type: 'binary'; readonly operator: string; readonly left: Word; readonly right: Word }
  | { readonly type: 'not'; readonly operand: Condition }
  | { readonly type: 'and' | 'or'; readonly left: Condition; readonly right: Condition }

export type Node =
  | Simple
  | List
  | {
      readonly type: 'pipeline'
      readonly commands: readonly Node[]
      /** `|&` after the command of that number. */
      readonly both: readonly boolean[]
      readonly negated: boolean
      readonly timed: boolean
    }
  | (Compound & {
      readonly type: 'if'
      readonly branches: readonly [Node, Node][]
      readonly otherwise?: Node
    })
  | (Compound & {
      readonly type: 'while'
      readonly until: boolean
      readonly condition: Node
      readonly body: Node
    })
  | (Compound & {
      readonly type: 'for'
      readonly name: string
      /** The positional parameters where absent. */
      readonly words?: readonly Word[]
      readonly body: Node
    })
  | (Compound & { readonly type: 'loop'; readonly clauses: readonly [Word, Word, Word]; readonly body: Node })
  | (Compound & {
      readonly type: 'case'
      readonly word: Word
      readonly items: readonly {
        readonly patterns: readonly Word[]
        readonly body: Node
        readonly end: string
      }[]
    })
  | { readonly type: 'function'; readonly name: string; readonly body: Node }
  | (Compound & { readonly type: 'subshell' | 'group'; readonly body: Node })
  | (Compound & { readonly type: 'condition'; readonly condition: Condition })
  | (Compound & { readonly type: 'arithmetic'; readonly expression: Word })

/** A line that cannot be read. `incomplete`: more lines could make it whole. */
export class ShellSyntaxError extends Error {
  readonly line: number
  readonly incomplete: boolean
  /** What must come before it can be whole: the last line of a here-document, or what closes the innermost that is open. */
  readonly awaits: { readonly delimiter?: string; readonly closing?: string | undefined } | undefined
  constructor(message: string, line: number, incomplete = false, awaits?: ShellSyntaxError['awaits']) {
    super(message)
    this.line = line
    this.incomplete = incomplete
    this.awaits = awaits
  }
}
