// Conversions of times that the core library lacks: cel-go/common/stdlib.
import type { Library } from './library.ts'

const timestamp = 'google.protobuf.Timestamp'
const duration = 'google.protobuf.Duration'

interface Moment {
  toISOString(): string
  getTime(): number
}

export const times: Library = environment => {
  environment
    .registerFunction(`timestamp(${timestamp}): ${timestamp}`, (t: Moment) => t)
    .registerFunction(`duration(${duration}): ${duration}`, (d: unknown) => d)
    .registerFunction(`string(${timestamp}): string`, (t: Moment) => t.toISOString().replace(/\.?0*Z$/, 'Z'))
    .registerFunction(`string(${duration}): string`, String)
    .registerFunction(`int(${timestamp}): int`, (t: Moment) => BigInt(Math.floor(t.getTime() / 1000)))
}
