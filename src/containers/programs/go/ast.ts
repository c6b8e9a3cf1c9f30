// Go's programs as trees, as far as this simulator knows Go.
import type { Position } from './scanner.ts'

export type Expr = { readonly at: Position } & (
  | { readonly t: 'name'; readonly name: string }
  | {
      readonly t: 'literal'
      readonly kind: 'int' | 'float' | 'string' | 'char'
      readonly value: number | string
    }
  | { readonly t: 'select'; readonly of: Expr; readonly name: string; readonly nameAt: Position }
  | {
      readonly t: 'call'
      readonly fn: Expr
      readonly args: readonly Expr[]
      readonly spread: boolean
      readonly end: Position
    }
  | { readonly t: 'index'; readonly of: Expr; readonly index: Expr }
  | { readonly t: 'slice'; readonly of: Expr; readonly from: Expr | undefined; readonly to: Expr | undefined }
  | { readonly t: 'unary'; readonly op: string; readonly of: Expr }
  | { readonly t: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr }
  | { readonly t: 'func'; readonly fn: Func }
  | { readonly t: 'composite'; readonly type: TypeExpr | undefined; readonly items: readonly Item[] }
  | { readonly t: 'type'; readonly type: TypeExpr }
  | { readonly t: 'paren'; readonly of: Expr }
  | { readonly t: 'assert'; readonly of: Expr; readonly type: TypeExpr }
)

export interface Item {
  readonly key: Expr | undefined
  readonly value: Expr
}

export type TypeExpr = { readonly at: Position } & (
  | { readonly t: 'named'; readonly package: string; readonly name: string; readonly nameAt?: Position }
  | { readonly t: 'pointer' | 'slice' | 'variadic'; readonly of: TypeExpr }
  | { readonly t: 'array'; readonly of: TypeExpr; readonly length: Expr | undefined }
  | { readonly t: 'map'; readonly key: TypeExpr; readonly of: TypeExpr }
  | { readonly t: 'func'; readonly params: readonly Param[]; readonly results: readonly Param[] }
  | { readonly t: 'struct'; readonly fields: readonly Param[] }
  | { readonly t: 'interface' }
)

export interface Param {
  readonly name: string
  readonly at: Position
  readonly type: TypeExpr
}

export interface Func {
  /** Of a function that is declared by a name. */
  readonly name?: string
  readonly params: readonly Param[]
  readonly results: readonly Param[]
  readonly body: Block
  readonly at: Position
}

export interface Block {
  readonly statements: readonly Statement[]
  /** Of the closing brace. */
  readonly end: Position
}

export type Statement = { readonly at: Position } & (
  | { readonly t: 'expr'; readonly expr: Expr }
  | { readonly t: 'define'; readonly names: readonly Expr[]; readonly values: readonly Expr[] }
  | {
      readonly t: 'assign'
      readonly op: string
      readonly targets: readonly Expr[]
      readonly operatorAt: Position
      readonly values: readonly Expr[]
    }
  | { readonly t: 'var'; readonly declarations: readonly VarDeclaration[] }
  | { readonly t: 'step'; readonly of: Expr; readonly by: 1 | -1 }
  | { readonly t: 'return'; readonly values: readonly Expr[] }
  | { readonly t: 'block'; readonly block: Block }
  | {
      readonly t: 'if'
      readonly init: Statement | undefined
      readonly condition: Expr
      readonly then: Block
      readonly otherwise: Statement | undefined
    }
  | {
      readonly t: 'for'
      readonly init: Statement | undefined
      readonly condition: Expr | undefined
      readonly post: Statement | undefined
      readonly body: Block
    }
  | {
      readonly t: 'range'
      readonly names: readonly Expr[]
      readonly defines: boolean
      readonly over: Expr
      readonly body: Block
    }
  | {
      readonly t: 'switch'
      readonly init: Statement | undefined
      readonly tag: Expr | undefined
      readonly cases: readonly Case[]
    }
  | { readonly t: 'break' | 'continue' | 'empty' }
  | { readonly t: 'go' | 'defer'; readonly call: Expr }
  | { readonly t: 'type'; readonly name: string; readonly type: TypeExpr }
)

export interface Case {
  /** Undefined: default. */
  readonly values: readonly Expr[] | undefined
  readonly body: readonly Statement[]
  readonly at: Position
}

export interface VarDeclaration {
  readonly names: readonly { readonly name: string; readonly at: Position }[]
  readonly type: TypeExpr | undefined
  readonly values: readonly Expr[]
  readonly isConst: boolean
  /** Place within a group of constants. */
  readonly iota: number
}

export interface ImportSpec {
  readonly path: string
  /** The name in front of it; empty where there is none. */
  readonly alias: string
  readonly at: Position
}

export interface GoFile {
  readonly package: string
  readonly imports: readonly ImportSpec[]
  readonly functions: readonly {
    readonly name: string
    readonly fn: Func
    readonly receiver: Param | undefined
  }[]
  readonly declarations: readonly VarDeclaration[]
  readonly types: readonly { readonly name: string; readonly type: TypeExpr; readonly at: Position }[]
}
