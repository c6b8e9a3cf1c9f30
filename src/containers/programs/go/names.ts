// The names that a program declares, block within block, and those that Go has itself.
import type { Position } from './scanner.ts'

/** What is declared without an import (go.dev/ref/spec#Predeclared_identifiers). */
export const universe = new Set(
  'bool byte complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr any comparable true false nil iota append cap clear close copy delete len make max min new panic print println recover'.split(
    ' ',
  ),
)

export interface Entry {
  readonly at: Position
  /** As it was declared; empty where no type was written. */
  readonly type: string
  readonly isVariable: boolean
  used: boolean
}

export class Names {
  readonly own = new Map<string, Entry>()
  readonly above: Names | undefined
  constructor(above?: Names) {
    this.above = above
  }
  find(name: string): Entry | undefined {
    return this.own.get(name) ?? this.above?.find(name)
  }
}
