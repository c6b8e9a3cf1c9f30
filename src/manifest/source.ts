// From a document's nodes to lines and columns of the file.

import type { YamlNode } from '../yaml/node.ts'
import { findPath, type PathStep } from '../yaml/position.ts'

export interface Range {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** One document's text in its file. Only \n ends a line here, as in an editor (YAML has further line breaks). */
export class Source {
  readonly root: YamlNode | undefined
  readonly #starts: number[] = [0]
  readonly #text: string
  readonly #line: number

  /** `line`: that of the file, from 0, on which the text begins. */
  constructor(text: string, line: number, root: YamlNode | undefined) {
    this.root = root
    this.#text = text
    this.#line = line
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.#starts.push(i + 1)
  }

  range(from: number, to: number): Range {
    const [line, column] = this.#place(from)
    // what ends with line breaks ends before them
    let last = Math.max(from, Math.min(to, this.#text.length))
    while (last > from && /\s/.test(this.#text[last - 1]!)) last--
    const [endLine, endColumn] = this.#place(last)
    return endLine === line && endColumn === column
      ? { line, column, endLine, endColumn: column + 1 }
      : { line, column, endLine, endColumn }
  }

  node(node: YamlNode): Range {
    return this.range(node.start.offset, node.end.offset)
  }

  /** What stands in a range of one line. */
  text({ line, column, endLine, endColumn }: Range): string {
    if (endLine !== line) return ''
    const start = this.#starts[line - 1 - this.#line]!
    return this.#text.slice(start + column - 1, start + endColumn - 1)
  }

  /** The first line that is not empty. */
  top(): Range {
    const first = this.#text.search(/\S/)
    if (first < 0) return this.range(0, 0)
    const end = this.#text.indexOf('\n', first)
    return this.range(first, end < 0 ? this.#text.length : end)
  }

  /** The value of a field; its key where the value is a collection; the nearest thing above it where it is not there. */
  field(path: readonly PathStep[]): Range {
    if (!this.root) return this.top()
    const { key, value, steps } = findPath(this.root, path)
    const scalar = value.kind === 'scalar' || value.kind === 'alias'
    if (steps === path.length && scalar && value.end.offset > value.start.offset) return this.node(value)
    if (key) return this.node(key)
    if (steps === 0) return this.top()
    const first = value.children[0]
    return this.node(first && value.kind === 'mapping' ? first : value)
  }

  /** The key of a field, such as one that nothing knows. */
  key(path: readonly PathStep[]): Range {
    const found = this.root && findPath(this.root, path)
    return found?.key && found.steps === path.length ? this.node(found.key) : this.field(path)
  }

  #place(offset: number): [number, number] {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return [this.#line + low + 1, offset - this.#starts[low]! + 1]
  }
}

/** `spec.containers[0].resources.limits[memory]` to its steps; what stands in brackets may have dots. */
export function parseFieldPath(field: string): PathStep[] {
  return [...field.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map(([whole, inside]) =>
    inside === undefined ? whole : /^\d+$/.test(inside) ? Number(inside) : inside,
  )
}

export const formatPath = (path: readonly PathStep[]): string =>
  path
    .map(step => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '')
