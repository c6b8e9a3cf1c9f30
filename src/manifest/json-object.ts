import type { YamlValue } from '../yaml/parse.ts'

export type JsonObject = { [key: string]: YamlValue }

export const isObject = (value: YamlValue | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
