// package io
import { Bytes, GoErrorValue, isThing, type Package, Tuple } from '../values.ts'
import { writeTo } from './write.ts'

const endOfFile = new GoErrorValue('EOF')

export const io: Package = {
  values: {
    EOF: endOfFile,
    *WriteString(machine: Parameters<typeof writeTo>[0], [writer, text]: readonly unknown[]) {
      return yield* writeTo(machine, writer, String(text))
    },
    *ReadAll(_machine: unknown, [reader]: readonly unknown[]) {
      const text = isThing(reader) ? reader.member('text') : ''
      return new Tuple([new Bytes(typeof text === 'string' ? text : ''), null])
    },
    Discard: { goType: 'io.discard', member: () => undefined },
  },
  types: { Writer: { zero: () => null }, Reader: { zero: () => null } },
}
