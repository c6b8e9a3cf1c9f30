// One YAML document to a value, as kubectl takes it: decoded by the rules of YAML 1.1, then turned into what JSON can hold
// (keys are text and sorted, no NaN). Keys like `__proto__` are data.

import { composeDocument } from './compose.ts'
import { contentError, YamlError } from './error.ts'
import { TAG_PREFIX, type YamlNode } from './node.ts'
import { numberText } from './number.ts'
import { resolvePlain, resolveTagged, type Scalar } from './resolve.ts'

export type YamlValue = Scalar | YamlValue[] | { [key: string]: YamlValue }

export interface YamlDocument {
  /** Undefined where the text has nothing but comments. */
  readonly root: YamlNode | undefined
  readonly value: YamlValue
}

/** Throws YamlError and nothing else. */
export const parseYaml = (text: string): YamlValue => parseDocument(text).value

/**
 * The value, and for each key that a map has already what strict decoding says of it: `line 5: key "name" already set in
 * map`. Keys that a merge brings count too.
 */
export function parseStrictly(text: string): {
  readonly value: YamlValue
  readonly again: readonly string[]
} {
  const root = composeDocument(text)
  const again: string[] = []
  return { value: root ? nodeValue(root, again) : null, again }
}

/** The value, and the tree that says where in the text each part stands (see position.ts). */
export function parseDocument(text: string): YamlDocument {
  const root = composeDocument(text)
  return { root, value: root ? nodeValue(root) : null }
}

export const nodeValue = (root: YamlNode, again: string[] = []): YamlValue =>
  toJson(new Decoder(again).decode(root), root)

/** Adds a key as data, whatever its name. */
export function setKey(object: object, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
  else (object as Record<string, unknown>)[key] = value
}

/** How much of a document may come out of aliases: from 99 % down to 10 % as it grows. */
function allowedAliasRatio(count: number): number {
  return count <= 400_000 ? 0.99 : count >= 4_000_000 ? 0.1 : 0.99 - 0.89 * ((count - 400_000) / 3_600_000)
}

/** What go-yaml decodes to: keys may be anything. */
type GoValue = Scalar | GoValue[] | Map<GoValue, GoValue>

class Decoder {
  private count = 0
  private aliasCount = 0
  private aliasDepth = 0
  private readonly open = new Set<YamlNode>()
  private readonly again: string[]

  constructor(again: string[]) {
    this.again = again
  }

  decode(node: YamlNode): GoValue {
    this.count++
    if (this.aliasDepth > 0) this.aliasCount++
    if (
      this.aliasCount > 100 &&
      this.count > 1000 &&
      this.aliasCount / this.count > allowedAliasRatio(this.count)
    )
      throw contentError('document contains excessive aliasing', node.start)
    switch (node.kind) {
      case 'alias':
        return this.throughAlias(node, target => this.decode(target))
      case 'scalar':
        return this.scalar(node)
      case 'sequence':
        return node.children.map(child => this.decode(child))
      case 'mapping': {
        const entries = new Map<GoValue, GoValue>()
        this.mapping(node, entries)
        return entries
      }
    }
  }

  private throughAlias<T>(node: YamlNode, then: (target: YamlNode) => T): T {
    if (this.open.has(node)) throw contentError(`anchor '${node.value}' value contains itself`, node.start)
    this.open.add(node)
    this.aliasDepth++
    const result = then(node.target!)
    this.aliasDepth--
    this.open.delete(node)
    return result
  }

  private scalar(node: YamlNode): Scalar {
    if (!node.tag && !node.plain) return node.value
    const tag = node.tag === '!' ? '' : node.tag
    try {
      const { value } =
        node.tag && tag
          ? resolveTagged(tag, node.value)
          : node.tag
            ? { value: node.value }
            : resolvePlain(node.value)
      return value === 0 ? 0 : value
    } catch (error) {
      throw error instanceof YamlError && !error.mark
        ? new YamlError(error.message, error.problem, node.start)
        : error
    }
  }

  private mapping(node: YamlNode, into: Map<GoValue, GoValue>): void {
    for (let i = 0; i < node.children.length; i += 2) {
      const key = node.children[i]!
      const value = node.children[i + 1]!
      if (isMerge(key)) this.merge(value, into)
      else {
        const decoded = this.decode(key)
        if (decoded !== null && typeof decoded === 'object')
          throw contentError(`invalid map key: ${goSyntax(decoded)}`, key.start)
        const held = this.decode(value)
        if (into.has(decoded))
          this.again.push(`line ${value.start.line + 1}: key ${keySyntax(decoded)} already set in map`)
        into.set(decoded, held)
      }
    }
  }

  /** `<<: *base`: what it holds is set here and now, over keys above it and under keys below. */
  private merge(node: YamlNode, into: Map<GoValue, GoValue>): void {
    const items = node.kind === 'sequence' ? node.children.toReversed() : [node]
    for (const item of items) {
      if ((item.target ?? item).kind !== 'mapping')
        throw contentError('map merge requires map or sequence of maps as the value', item.start)
      this.count++
      if (item.target) this.throughAlias(item, target => this.mapping(target, into))
      else this.mapping(item, into)
    }
  }
}

export const isMerge = (key: YamlNode): boolean =>
  key.kind === 'scalar' && key.value === '<<' && (key.plain || key.tag === `${TAG_PREFIX}merge`)

/** What JSON can hold; what it cannot is refused in the words of Go's encoding/json. */
function toJson(value: GoValue, root: YamlNode): YamlValue {
  const refuse = (problem: string): never => {
    throw new YamlError(problem, problem, root.start)
  }
  const keyText = (key: GoValue, held: GoValue): string => {
    if (typeof key === 'number')
      return Number.isSafeInteger(key) ? String(key) : numberText(shortestFloat32(key))
    if (key !== null) return String(key)
    return refuse(
      `unsupported map key of type: %!s(<nil>), key: <nil>, value: ${held === null ? '<nil>' : goSyntax(held)}`,
    )
  }
  const convert = (part: GoValue): YamlValue => {
    if (Array.isArray(part)) return part.map(convert)
    if (!(part instanceof Map)) {
      if (typeof part === 'number' && !Number.isFinite(part))
        refuse(`json: unsupported value: ${goNumber(part)}`)
      return part
    }
    const entries = [...part].map(([key, held]): [string, YamlValue] => [keyText(key, held), convert(held)])
    const object: { [key: string]: YamlValue } = {}
    for (const [key, held] of entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      setKey(object, key, held)
    return object
  }
  return convert(value)
}

/** The fewest digits that give the same 32-bit float: strconv.FormatFloat(v, 'g', -1, 32). */
function shortestFloat32(value: number): number {
  for (let digits = 1; digits < 10; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === Math.fround(value)) return short
  }
  return value
}

/** fmt's %#v of what go-yaml decodes to. */
function goSyntax(value: GoValue): string {
  if (value === null) return 'interface {}(nil)'
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`
  if (typeof value === 'string') return JSON.stringify(value).replaceAll('\ufeff', '\\ufeff')
  if (!(value instanceof Map))
    return typeof value === 'number' && !Number.isFinite(value) ? goNumber(value) : String(value)
  const entries = [...value].map(([k, v]) => `${goSyntax(k)}:${goSyntax(v)}`).sort()
  return `map[interface {}]interface {}{${entries.join(', ')}}`
}

/** The same of a key that stands by itself. */
const keySyntax = (key: GoValue): string => (key === null ? '<nil>' : goSyntax(key))

const goNumber = (value: number): string => (Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf')
