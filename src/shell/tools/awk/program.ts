// What an awk program is, once it is read: rules, functions, statements and expressions.
export type Expression =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'regexp'; readonly source: string }
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'field'; readonly index: Expression }
  | { readonly type: 'element' | 'in'; readonly name: string; readonly index: readonly Expression[] }
  | {
      readonly type: 'assign'
      readonly operator: string
      readonly target: Expression
      readonly value: Expression
    }
  | { readonly type: 'step'; readonly by: 1 | -1; readonly prefix: boolean; readonly target: Expression }
  | { readonly type: 'unary'; readonly operator: string; readonly operand: Expression }
  | { readonly type: 'ternary'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | {
      readonly type: 'match'
      readonly left: Expression
      readonly right: Expression
      readonly negated: boolean
    }
  | {
      readonly type: 'binary'
      readonly operator: string
      readonly left: Expression
      readonly right: Expression
    }
  | {
      readonly type: 'getline'
      readonly target?: Expression
      readonly file?: Expression
      readonly command?: Expression
    }
  | { readonly type: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly type: 'group'; readonly items: readonly Expression[] }

export type Statement =
  | { readonly type: 'block'; readonly body: readonly Statement[] }
  | { readonly type: 'expression'; readonly expression: Expression }
  | {
      readonly type: 'print' | 'printf'
      readonly arguments: readonly Expression[]
      readonly redirect?: { readonly operator: string; readonly to: Expression }
    }
  | { readonly type: 'if'; readonly test: Expression; readonly yes: Statement; readonly no?: Statement }
  | {
      readonly type: 'loop'
      readonly start?: Statement
      readonly test?: Expression
      readonly step?: Statement
      readonly body: Statement
      /** do … while: the body runs before the first test. */
      readonly late: boolean
    }
  | { readonly type: 'each'; readonly name: string; readonly array: string; readonly body: Statement }
  | { readonly type: 'delete'; readonly array: string; readonly index?: readonly Expression[] }
  | {
      readonly type: 'jump'
      readonly to: 'next' | 'exit' | 'break' | 'continue' | 'return'
      readonly value?: Expression
    }

export interface Rule {
  readonly kind: 'begin' | 'end' | 'main'
  readonly pattern?: Expression
  readonly until?: Expression
  readonly body: Statement
}

/** A function of the program's own. */
export interface OwnFunction {
  readonly parameters: readonly string[]
  readonly body: Statement
}

export interface Program {
  readonly rules: readonly Rule[]
  readonly functions: ReadonlyMap<string, OwnFunction>
}
