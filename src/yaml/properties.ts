// What may stand before a node or a document: anchors, tags, aliases' names and directives (chapter 6 of the YAML
// specification).
import type { Cursor } from './cursor.ts'
import { type Mark, orderFault, tokenFault } from './error.ts'
import { TAG_PREFIX } from './node.ts'

const uri = /[\w\-;/?:@&=+$.!~*'()%,[\]]*/y

/** `&name` and `*name`. */
export function anchorName(cursor: Cursor): string {
  const start = cursor.mark
  cursor.advance()
  const name = cursor.takeAll(/[\w-]*/y)
  if (!name || !(cursor.spaceAt() || '?:,]}%@`'.includes(cursor.char)))
    throw tokenFault('did not find expected alphabetic or numeric character', cursor.mark, start)
  cursor.entryAllowed = false
  return name
}

/** The tags of a document: what the handles before a tag's name stand for. */
export class TagHandles {
  readonly #prefixes = new Map<string, string>()

  declare(handle: string, prefix: string, mark: Mark): void {
    if (this.#prefixes.has(handle)) throw orderFault('found duplicate %TAG directive', mark)
    this.#prefixes.set(handle, prefix)
  }

  /** A tag in full. Of `!` alone nothing is resolved: it says that the scalar is text. */
  expand({ handle, suffix }: Tag, mark: Mark): string {
    if (handle === '') return suffix
    const prefix = this.#prefixes.get(handle) ?? { '!': '!', '!!': TAG_PREFIX }[handle]
    if (prefix === undefined) throw orderFault('found undefined tag handle', mark, mark)
    return prefix + suffix
  }
}

export interface Tag {
  /** `!`, `!!`, `!name!`; '' of a tag that is written in full. */
  readonly handle: string
  readonly suffix: string
}

export function readTag(cursor: Cursor): Tag {
  const start = cursor.mark
  let tag: Tag
  if (cursor.text.startsWith('!<', cursor.offset)) {
    cursor.advance(2)
    tag = { handle: '', suffix: tagUri(cursor, start, '') }
    if (cursor.char !== '>') throw tokenFault("did not find the expected '>'", cursor.mark, start)
    cursor.advance()
  } else {
    const handle = cursor.takeAll(/![\w-]*!?/y)
    if (handle.length > 1 && handle.endsWith('!')) tag = { handle, suffix: tagUri(cursor, start, '') }
    else {
      const suffix = handle.slice(1) + (cursor.spaceAt() ? '' : tagUri(cursor, start, handle.slice(1)))
      tag = suffix ? { handle: '!', suffix } : { handle: '', suffix: '!' }
    }
  }
  if (!cursor.spaceAt())
    throw tokenFault('did not find expected whitespace or line break', cursor.mark, start)
  cursor.entryAllowed = false
  return tag
}

/** Characters of a URI, `%41` among them. `before`: what of it was read already. */
function tagUri(cursor: Cursor, start: Mark, before: string): string {
  const from = cursor.mark
  const text = cursor.takeAll(uri)
  if (!text && !before) throw tokenFault('did not find expected tag URI', cursor.mark, start)
  const escapesOf = /%([\da-fA-F]{2})?/g
  for (let found = escapesOf.exec(text); found; found = escapesOf.exec(text)) {
    if (found[1]) continue
    const offset = from.offset + found.index
    throw tokenFault(
      'did not find URI escaped octet',
      { ...from, offset, column: from.column + found.index },
      start,
    )
  }
  try {
    return decodeURIComponent(text)
  } catch {
    throw tokenFault('found an incorrect leading UTF-8 octet', from, start)
  }
}

/** `%YAML 1.1` and `%TAG ! prefix`. */
export type Directive =
  | { readonly name: 'YAML'; readonly version: string }
  | { readonly name: 'TAG'; readonly handle: string; readonly prefix: string }

export function readDirective(cursor: Cursor): Directive {
  const start = cursor.mark
  const fault = (problem: string) => tokenFault(problem, cursor.mark, start)
  const blanks = (): void => {
    while (cursor.atBlank) cursor.advance()
  }
  cursor.advance()
  const name = cursor.takeAll(/[\w-]*/y)
  if (!name) throw fault('could not find expected directive name')
  if (!cursor.spaceAt()) throw fault('found unexpected non-alphabetical character')
  blanks()
  if (name !== 'YAML' && name !== 'TAG') throw fault('found unknown directive name')
  let directive: Directive
  if (name === 'YAML') {
    const number = (): string => {
      const digits = cursor.takeAll(/\d*/y)
      if (!digits) throw fault('did not find expected version number')
      if (digits.length > 2) {
        cursor.advance(2 - digits.length)
        throw fault('found extremely long version number')
      }
      return String(Number(digits))
    }
    const major = number()
    if (cursor.char !== '.') throw fault("did not find expected digit or '.' character")
    cursor.advance()
    directive = { name, version: `${major}.${number()}` }
  } else {
    if (cursor.char !== '!') throw fault("did not find expected '!'")
    const handle = cursor.takeAll(/![\w-]*!?/y)
    if (handle.length > 1 && !handle.endsWith('!')) throw fault("did not find expected '!'")
    if (!cursor.atBlank) throw fault('did not find expected whitespace')
    blanks()
    const prefix = tagUri(cursor, start, '')
    if (!cursor.spaceAt()) throw fault('did not find expected whitespace or line break')
    directive = { name, handle, prefix }
  }
  blanks()
  cursor.takeAll(/(#[^\n\r\x85\u2028\u2029]*)?/y)
  if (!cursor.atEnd && !cursor.atBreak) throw fault('did not find expected comment or line break')
  cursor.entryAllowed = false
  return directive
}
