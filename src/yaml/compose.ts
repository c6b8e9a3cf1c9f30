// A YAML document's text to a tree of nodes, by recursive descent over the block and flow collections of the YAML
// specification (chapters 7 to 9). How a fault is named, and which of several comes first, follows what kubectl is
// recorded to say: it looks one token ahead, and at a possible key until it knows whether a `:` makes it one.
// Only the first document of a text is read.
import { Cursor } from './cursor.ts'
import { contentError, type Mark, orderFault, tokenFault } from './error.ts'
import {
  checkedKind,
  foresee,
  isEdge,
  isKey,
  isScalar,
  mayBeKey,
  notAllowed,
  readScalar,
} from './lookahead.ts'
import type { YamlNode } from './node.ts'
import { anchorName, readDirective, readTag, type Tag, TagHandles } from './properties.ts'

/**
 * kubectl gives up at 10,000 levels; here it is 1,000, so that everything that walks a value may simply recurse. No
 * manifest comes near either.
 */
const maxDepth = 1000

/** Undefined where the text has nothing but comments. */
export function composeDocument(text: string): YamlNode | undefined {
  const control = /[\x00-\x08\v\f\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/.exec(text)
  if (control) {
    const before = text.slice(0, control.index).split('\n')
    const mark = { offset: control.index, line: before.length - 1, column: before.at(-1)!.length }
    throw contentError('control characters are not allowed', mark)
  }
  return new Composer(new Cursor(text)).document()
}

interface Properties {
  readonly start: Mark
  readonly end: Mark
  readonly anchor: string | undefined
  readonly tag: string | undefined
}

class Composer {
  readonly #cursor: Cursor
  readonly #anchors = new Map<string, YamlNode>()
  readonly #handles = new TagHandles()
  #depth = 0
  /** How far the tokens have been looked at ahead of their turn. */
  #foreseen = 0

  constructor(cursor: Cursor) {
    this.#cursor = cursor
  }

  document(): YamlNode | undefined {
    const cursor = this.#cursor
    cursor.skip(false)
    if (cursor.atEnd) return undefined
    const declared = this.#directives()
    if (cursor.kind(false) === 'document start') {
      cursor.advance(3)
      cursor.entryAllowed = false
      cursor.skip(false)
      const kind = cursor.kind(false)
      if (isEdge(kind)) return this.#empty(cursor.mark)
    } else if (declared) throw orderFault('did not find expected <document start>', cursor.mark)
    else if (cursor.kind(false) === 'document end')
      throw orderFault('did not find expected node content', cursor.mark, cursor.mark)
    const root = this.#block(-1, false)
    // What follows the document is looked at once, for it may not be a token at all.
    foresee(cursor, -1, cursor.mark, false)
    return root
  }

  /** Were there any? */
  #directives(): boolean {
    const cursor = this.#cursor
    let version = false
    let any = false
    while (cursor.kind(false) === 'directive') {
      const start = cursor.mark
      const directive = readDirective(cursor)
      if (directive.name === 'TAG') this.#handles.declare(directive.handle, directive.prefix, start)
      else if (version) throw orderFault('found duplicate %YAML directive', start)
      else if (directive.version !== '1.1') throw orderFault('found incompatible YAML document', start)
      else version = true
      any = true
      cursor.skip(false)
    }
    return any
  }

  // ---- nodes

  /**
   * The node that begins here, in a collection at column `parent`. `compact`: the entries of a sequence may stand at that
   * column too, as they may under a key.
   */
  #block(parent: number, compact: boolean, given?: Properties): YamlNode {
    const cursor = this.#cursor
    const { mark: start, entryAllowed } = cursor
    const kind = checkedKind(cursor)
    if (kind === '-' && (start.column > parent || compact)) return this.#sequence(parent, given)
    if (kind === ':' && start.column > parent)
      throw orderFault('did not find expected key', start, given?.start ?? start)
    if (kind === '?' && start.column > parent) return this.#mapping(start, given, undefined)
    const own = this.#properties(false)
    const properties = merged(given, own)
    if (own && cursor.line > start.line) {
      // They stand on lines of their own, before a node or before nothing.
      return this.#absent(parent, compact)
        ? this.#empty(own.end, properties)
        : this.#block(parent, compact, properties)
    }
    const node = this.#content(parent, properties, false)
    cursor.skip(false)
    if (isKey(cursor, start, entryAllowed && !isBareEmpty(node, properties), false)) {
      // What stands on lines above belongs to the mapping and not to its first key.
      const key = given ? { ...node, start, tag: own?.tag ?? '', plain: kind === 'plain' } : node
      return this.#mapping(start, given, key)
    }
    const next = cursor.kind(false)
    if (next === ':' && !cursor.entryAllowed) throw tokenFault(notAllowed[':']!, cursor.mark)
    if (entryAllowed && cursor.line === start.line && mayBeKey(next))
      this.#lateColon(parent, start, start, false)
    return node
  }

  /** A scalar, an alias, a flow collection; nothing but properties. */
  #content(parent: number, properties: Properties | undefined, inFlow: boolean): YamlNode {
    const cursor = this.#cursor
    const { mark, entryAllowed } = cursor
    const start = properties?.start ?? mark
    const kind = cursor.kind(inFlow)
    if (properties && kind === ':') return this.#empty(properties.end, properties)
    if (!inFlow) checkedKind(cursor)
    if (kind === '[' || kind === '{') {
      if (entryAllowed && mark.offset >= this.#foreseen) {
        const { offset } = foresee(cursor, parent, mark, false, inFlow)
        this.#foreseen = offset
      }
      return this.#flowCollection(kind, start, properties)
    }
    if (kind === '*' && !properties) return this.#alias(parent, inFlow)
    if (isScalar(kind)) {
      const { value, end } = readScalar(cursor, kind, parent, inFlow)
      const tag = properties?.tag ?? ''
      // `!` alone leaves a plain scalar plain; any other tag decides what it is.
      const plain = kind === 'plain' && (tag === '' || tag === '!')
      const node: YamlNode = { kind: 'scalar', start, end, tag, value, plain, children: [] }
      this.#anchor(node, properties)
      return node
    }
    if (properties) return this.#empty(properties.end, properties)
    throw orderFault('did not find expected node content', mark, mark)
  }

  /** The anchors and tags that begin here, at most one of each; then on to the next token. */
  #properties(inFlow: boolean): Properties | undefined {
    const cursor = this.#cursor
    const start = cursor.mark
    let end = start
    let anchor: string | undefined
    let tag: Tag | undefined
    for (;;) {
      const kind = cursor.kind(inFlow)
      if (kind === '&' && anchor === undefined) anchor = anchorName(cursor)
      else if (kind === '!' && !tag) tag = readTag(cursor)
      else break
      end = cursor.mark
      cursor.skip(inFlow)
    }
    if (anchor === undefined && !tag) return undefined
    return { start, end, anchor, tag: tag && this.#handles.expand(tag, start) }
  }

  #alias(parent: number, inFlow: boolean): YamlNode {
    const cursor = this.#cursor
    const start = cursor.mark
    foresee(cursor, parent, start, false, inFlow)
    const value = anchorName(cursor)
    const target = this.#anchors.get(value)
    if (!target) throw contentError(`unknown anchor '${value}' referenced`, start)
    return { kind: 'alias', start, end: cursor.mark, tag: '', value, plain: false, children: [], target }
  }

  /** A scalar that is not there. */
  #empty(mark: Mark, properties?: Properties): YamlNode {
    const { start = mark, tag = '' } = properties ?? {}
    const node: YamlNode = { kind: 'scalar', start, end: mark, tag, value: '', plain: !tag, children: [] }
    this.#anchor(node, properties)
    return node
  }

  #collection(kind: 'mapping' | 'sequence', start: Mark, properties?: Properties): YamlNode {
    if (++this.#depth > maxDepth) throw contentError('exceeded max depth of 10000')
    const tag = properties?.tag ?? ''
    const node: YamlNode = { kind, start, end: start, tag, value: '', plain: false, children: [] }
    this.#anchor(node, properties)
    return node
  }

  #anchor(node: YamlNode, properties: Properties | undefined): void {
    if (properties?.anchor !== undefined) this.#anchors.set(properties.anchor, node)
  }

  // ---- block collections

  /** `first`: a key that was read already; behind it stands its `:`. */
  #mapping(at: Mark, properties: Properties | undefined, first: YamlNode | undefined): YamlNode {
    const cursor = this.#cursor
    const { column } = at
    const start = properties?.start ?? at
    const node = this.#collection('mapping', start, properties)
    for (let key = first; ; key = undefined) {
      if (!key) {
        if (this.#closes(column)) break
        const kind = cursor.column > column ? undefined : checkedKind(cursor)
        if (kind === '?') key = this.#explicitKey(column)
        else if (kind && mayBeKey(kind)) key = this.#implicitKey(column, start)
        else {
          foresee(cursor, column, cursor.mark, false)
          throw orderFault('did not find expected key', cursor.mark, start)
        }
      }
      const value = this.#blockValue(column, key)
      node.children.push(key, value)
      node.end = value.end
    }
    this.#depth--
    return node
  }

  /** `? key` */
  #explicitKey(column: number): YamlNode {
    const end = this.#indicator()
    return this.#absent(column, true) ? this.#empty(end) : this.#block(column, true)
  }

  /** A key at the column of its mapping, up to its `:`. */
  #implicitKey(column: number, mapping: Mark): YamlNode {
    const cursor = this.#cursor
    const start = cursor.mark
    const fault = () => tokenFault("could not find expected ':'", cursor.mark, start)
    const properties = this.#properties(false)
    const kind = cursor.kind(false)
    if (cursor.line > start.line || kind === '|' || kind === '>') throw fault()
    if (!properties && (kind === '[' || kind === '{')) foresee(cursor, column, start, true)
    const key = this.#content(column, properties, false)
    if (cursor.line > start.line) throw fault()
    cursor.skip(false)
    if (isBareEmpty(key, properties)) throw orderFault('did not find expected key', start, mapping)
    if (isKey(cursor, start, true, false)) return key
    this.#lateColon(column, start, mapping, true)
    throw fault()
  }

  /**
   * What may be a key stays one up to the end of its line, whatever stands between it and a `:`; then those tokens are
   * in the way. `start`: of the key.
   */
  #lateColon(parent: number, start: Mark, mapping: Mark, required: boolean): void {
    const cursor = this.#cursor
    const { mark, entryAllowed } = cursor
    Object.assign(cursor, start, { entryAllowed: true })
    if (foresee(cursor, parent, start, required).colon)
      throw orderFault('did not find expected key', mark, mapping)
    Object.assign(cursor, mark, { entryAllowed })
  }

  /** What stands behind the `:` here, or nothing where there is none. */
  #blockValue(column: number, key: YamlNode): YamlNode {
    const cursor = this.#cursor
    const implicit = !this.#closes(column) && cursor.kind(false) === ':'
    if (!implicit) return this.#empty(this.#closes(column) || cursor.column >= column ? cursor.mark : key.end)
    const own = cursor.line === key.start.line && cursor.column > column
    const end = own ? this.#colon() : this.#indicator()
    return this.#absent(column, true) ? this.#empty(end) : this.#block(column, true)
  }

  /** Over the `:` of an implicit key, on to the next token; where the `:` ends. */
  #colon(): Mark {
    const cursor = this.#cursor
    cursor.advance()
    cursor.entryAllowed = false
    const end = cursor.mark
    cursor.skip(false)
    return end
  }

  /** Over an indicator that opens a place for any node, on to the next token; where the indicator ends. */
  #indicator(): Mark {
    const cursor = this.#cursor
    cursor.advance()
    cursor.entryAllowed = true
    const end = cursor.mark
    cursor.skip(false)
    return end
  }

  /** Of a collection at column `parent`: indented further, or at the column of the key it belongs to. */
  #sequence(parent: number, properties: Properties | undefined): YamlNode {
    const cursor = this.#cursor
    const { column } = cursor
    const inKey = column === parent
    const start = properties?.start ?? cursor.mark
    const node = this.#collection('sequence', start, properties)
    while (!this.#closes(column)) {
      if (cursor.column > column || checkedKind(cursor) !== '-') {
        // Behind a sequence in its column a mapping goes on, or finds what is wrong.
        if (inKey) break
        foresee(cursor, column, cursor.mark, cursor.column === column)
        throw orderFault("did not find expected '-' indicator", cursor.mark, start)
      }
      const end = this.#indicator()
      const item = this.#item(column, inKey, end)
      node.children.push(item)
      node.end = item.end
    }
    this.#depth--
    return node
  }

  #item(column: number, inKey: boolean, end: Mark): YamlNode {
    const cursor = this.#cursor
    if (this.#absent(column, false)) {
      if (!inKey && !this.#closes(column) && cursor.kind(false) !== '-') {
        const { mark } = cursor
        foresee(cursor, column, mark, true)
        throw orderFault('did not find expected node content', mark, mark)
      }
      return this.#empty(end)
    }
    return this.#block(column, false)
  }

  // ---- flow collections

  #flowCollection(open: '[' | '{', start: Mark, properties: Properties | undefined): YamlNode {
    const cursor = this.#cursor
    const close = open === '[' ? ']' : '}'
    const node = this.#collection(open === '[' ? 'sequence' : 'mapping', start, properties)
    this.#flowIndicator(true)
    for (let first = true; cursor.kind(true) !== close; first = false) {
      if (!first) {
        if (cursor.kind(true) !== ',')
          throw orderFault(`did not find expected ',' or '${close}'`, cursor.mark, start)
        this.#flowIndicator(true)
        if (cursor.kind(true) === close) break
      }
      if (open === '[') node.children.push(this.#flowItem())
      else node.children.push(...this.#flowPair('{'))
    }
    cursor.advance()
    cursor.entryAllowed = false
    node.end = cursor.mark
    this.#depth--
    return node
  }

  /** Over an indicator within a flow collection; where it ends. */
  #flowIndicator(entryAllowed: boolean): Mark {
    const cursor = this.#cursor
    cursor.advance()
    cursor.entryAllowed = entryAllowed
    const end = cursor.mark
    cursor.skip(true)
    return end
  }

  /** An item of `[…]`: a node, or a pair that is a mapping of its own. */
  #flowItem(): YamlNode {
    const cursor = this.#cursor
    const start = cursor.mark
    const [key, value] = this.#flowPair('[')
    if (!value) return key
    const node = this.#collection('mapping', start)
    this.#depth--
    node.children.push(key, value)
    node.end = value.end
    return node
  }

  /** A key and its value. In a sequence what has no `:` is no key, and there is no value. */
  #flowPair(within: '{'): [YamlNode, YamlNode]
  #flowPair(within: '['): [YamlNode, YamlNode?]
  #flowPair(within: '[' | '{'): [YamlNode, YamlNode?] {
    const cursor = this.#cursor
    const { mark: start, entryAllowed } = cursor
    let key: YamlNode
    if (cursor.kind(true) === '?') {
      const end = this.#flowIndicator(false)
      if (!this.#flowAbsent(within)) key = this.#flowNode()
      else {
        key = this.#empty(within === '[' ? end : cursor.mark)
        // Whatever stands in place of a key in `[? …]` is stepped over, as kubectl does.
        if (within === '[' && !['end', 'document start', 'document end'].includes(cursor.kind(true)))
          this.#flowIndicator(false)
      }
    } else {
      key = this.#flowNode()
      if (!isKey(cursor, start, entryAllowed, true))
        return within === '[' ? [key] : [key, this.#empty(key.end)]
    }
    if (cursor.kind(true) !== ':') return [key, this.#empty(cursor.mark)]
    this.#flowIndicator(false)
    if (this.#flowAbsent(within, false)) return [key, this.#empty(within === '[' ? key.end : cursor.mark)]
    return [key, this.#flowNode()]
  }

  #flowNode(): YamlNode {
    const node = this.#content(-1, this.#properties(true), true)
    this.#cursor.skip(true)
    return node
  }

  #flowAbsent(within: '[' | '{', colon = true): boolean {
    const kind = this.#cursor.kind(true)
    return kind === ',' || kind === (within === '[' ? ']' : '}') || (colon && kind === ':')
  }

  // ---- what comes next

  /** Does a block collection at this column end here? */
  #closes(column: number): boolean {
    const cursor = this.#cursor
    return cursor.column < column || isEdge(cursor.kind(false))
  }

  /** Is there no node of a collection at this column here? Its own next entry is none. */
  #absent(column: number, compact: boolean): boolean {
    const cursor = this.#cursor
    if (this.#closes(column)) return true
    if (cursor.column > column) return false
    const kind = cursor.kind(false)
    return kind === '-' ? !compact : kind === '?' || kind === ':' || mayBeKey(kind)
  }
}

/** Properties of one node, on lines of their own and on its line. */
const merged = (above: Properties | undefined, own: Properties | undefined): Properties | undefined =>
  above && own
    ? { start: above.start, end: own.end, anchor: own.anchor ?? above.anchor, tag: own.tag ?? above.tag }
    : (own ?? above)

/** `{}` or `[]`: go-yaml does not take it for a key, though YAML would. */
const isBareEmpty = (node: YamlNode, properties: Properties | undefined): boolean =>
  !properties && (node.kind === 'mapping' || node.kind === 'sequence') && !node.children.length
