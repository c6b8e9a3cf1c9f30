// A jq program as a tree.

export type Filter =
  | { readonly type: 'identity' | 'recurse' }
  | { readonly type: 'literal'; readonly value: unknown }
  | {
      readonly type: 'text'
      readonly format: string | undefined
      readonly parts: readonly (string | Filter)[]
    }
  | { readonly type: 'format'; readonly name: string }
  | { readonly type: 'index'; readonly of: Filter; readonly key: Filter }
  | {
      readonly type: 'slice'
      readonly of: Filter
      readonly from: Filter | undefined
      readonly to: Filter | undefined
    }
  | { readonly type: 'iterate'; readonly of: Filter }
  | { readonly type: 'try'; readonly body: Filter; readonly otherwise: Filter | undefined }
  | { readonly type: 'array'; readonly body: Filter | undefined }
  | { readonly type: 'object'; readonly entries: readonly (readonly [key: Filter, value: Filter])[] }
  | { readonly type: 'negate'; readonly body: Filter }
  | { readonly type: 'binary'; readonly mark: string; readonly left: Filter; readonly right: Filter }
  | {
      readonly type: 'if'
      readonly condition: Filter
      readonly then: Filter
      readonly otherwise: Filter | undefined
    }
  | {
      readonly type: 'fold'
      readonly how: 'reduce' | 'foreach'
      readonly source: Filter
      readonly pattern: Pattern
      readonly steps: readonly Filter[]
    }
  | {
      readonly type: 'define'
      readonly name: string
      readonly parameters: readonly string[]
      readonly body: Filter
      readonly rest: Filter
    }
  | { readonly type: 'bind'; readonly source: Filter; readonly pattern: Pattern; readonly body: Filter }
  | { readonly type: 'variable'; readonly name: string }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Filter[] }

export type Pattern =
  | { readonly type: 'variable'; readonly name: string }
  | { readonly type: 'array'; readonly items: readonly Pattern[] }
  | { readonly type: 'object'; readonly entries: readonly (readonly [key: Filter, value: Pattern])[] }
