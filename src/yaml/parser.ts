// Tokens to a tree of nodes: go-yaml v2's parserc.go and the composing half of its decode.go, written as a recursive
// descent in place of a state machine. It looks at the tokens in the same order, so it meets the same first fault.
// Only the first document of a text is read, as go-yaml's Unmarshal does. Licences of the originals: see NOTICE.
import { contentError, type Mark, syntaxError } from './error.ts'
import { Scanner, type Token, type TokenType } from './scanner.ts'

export interface YamlNode {
  readonly kind: 'scalar' | 'mapping' | 'sequence' | 'alias'
  readonly start: Mark
  end: Mark
  /** In full: `tag:yaml.org,2002:str`; '' where the text has none. */
  readonly tag: string
  /** Text of a scalar, name of an alias. */
  readonly value: string
  /** A scalar that is neither quoted nor a block: `yes` may be a boolean. */
  readonly plain: boolean
  /** Of a mapping: keys and values in turn. */
  readonly children: YamlNode[]
  /** What an alias stands for. */
  readonly target?: YamlNode
}

export const TAG_PREFIX = 'tag:yaml.org,2002:'

/**
 * go-yaml gives up at 10,000 levels; here it is 1,000, so that everything that walks a value may simply recurse. No
 * manifest comes near either.
 */
const MAX_DEPTH = 1000

export function parseNodes(text: string): YamlNode | undefined {
  return new Parser(text).document()
}

class Parser {
  private readonly scanner: Scanner
  private readonly anchors = new Map<string, YamlNode>()
  private readonly tags = new Map<string, string>()
  private depth = 0

  constructor(text: string) {
    this.scanner = new Scanner(text)
  }

  document(): YamlNode | undefined {
    this.next() // stream-start
    let token = this.scanner.peek()
    if (token.type === 'stream-end') return undefined
    const directives = token.type === 'version-directive' || token.type === 'tag-directive'
    token = this.directives()
    if (token.type === 'document-start') {
      this.next()
      token = this.scanner.peek()
    } else if (directives) this.fail('did not find expected <document start>', token.start)
    const empty =
      token.type === 'document-start' ||
      token.type === 'document-end' ||
      token.type === 'stream-end' ||
      token.type === 'version-directive' ||
      token.type === 'tag-directive'
    const root = empty && this.sawStart ? this.empty(token.start) : this.node(true, false)
    this.scanner.peek()
    return root
  }

  private sawStart = false

  private next(): Token {
    const token = this.scanner.peek()
    if (token.type === 'document-start') this.sawStart = true
    this.scanner.skip()
    return token
  }

  private fail(problem: string, mark: Mark, context?: Mark): never {
    throw syntaxError(problem, mark, context, false)
  }

  private directives(): Token {
    let version = false
    for (;;) {
      const token = this.scanner.peek()
      if (token.type === 'version-directive') {
        if (version) this.fail('found duplicate %YAML directive', token.start)
        if (token.value !== '1.1') this.fail('found incompatible YAML document', token.start)
        version = true
      } else if (token.type === 'tag-directive') {
        if (this.tags.has(token.value)) this.fail('found duplicate %TAG directive', token.start)
        this.tags.set(token.value, token.suffix)
      } else {
        if (!this.tags.has('!')) this.tags.set('!', '!')
        if (!this.tags.has('!!')) this.tags.set('!!', TAG_PREFIX)
        return token
      }
      this.scanner.skip()
    }
  }

  private empty(at: Mark): YamlNode {
    return { kind: 'scalar', start: at, end: at, tag: '', value: '', plain: true, children: [] }
  }

  /** `block`: block collections are allowed; `indentless`: so is a sequence at the indentation of its parent's key. */
  private node(block: boolean, indentless: boolean): YamlNode {
    let token = this.scanner.peek()
    const start = token.start
    if (token.type === 'alias') {
      this.scanner.skip()
      const target = this.anchors.get(token.value)
      if (!target) throw contentError(`unknown anchor '${token.value}' referenced`, start)
      return {
        kind: 'alias',
        start,
        end: token.end,
        tag: '',
        value: token.value,
        plain: false,
        children: [],
        target,
      }
    }
    let anchor: string | undefined
    let tagToken: Token | undefined
    let end = start
    while ((token.type === 'anchor' && anchor === undefined) || (token.type === 'tag' && !tagToken)) {
      if (token.type === 'anchor') anchor = token.value
      else tagToken = token
      end = token.end
      this.scanner.skip()
      token = this.scanner.peek()
    }
    const tag = tagToken ? this.resolveTag(tagToken, start) : ''
    const make = (kind: YamlNode['kind'], value = '', plain = false): YamlNode => {
      const node: YamlNode = { kind, start, end: token.end, tag, value, plain, children: [] }
      if (anchor !== undefined) this.anchors.set(anchor, node)
      return node
    }
    const { type } = token
    if (type === 'scalar') {
      this.scanner.skip()
      return make('scalar', token.value, (!tag && token.plain) || tag === '!')
    }
    const read = this.collection(type, block, indentless)
    if (read) {
      if (++this.depth > MAX_DEPTH) throw syntaxError('exceeded max depth of 10000', start, undefined, true)
      const node = make(type === 'block-mapping-start' || type === '{' ? 'mapping' : 'sequence')
      read.call(this, node)
      if (type !== '[' && type !== '{') node.end = node.children.at(-1)?.end ?? node.end
      this.depth--
      return node
    }
    if (anchor !== undefined || tag) return { ...make('scalar', '', !tag), end }
    this.fail('did not find expected node content', token.start, start)
  }

  private collection(
    type: TokenType,
    block: boolean,
    indentless: boolean,
  ): ((node: YamlNode) => void) | undefined {
    if (type === '-' && indentless) return this.indentlessSequence
    if (type === '[') return this.flowSequence
    if (type === '{') return this.flowMapping
    if (type === 'block-sequence-start' && block) return this.blockSequence
    if (type === 'block-mapping-start' && block) return this.blockMapping
    return undefined
  }

  private resolveTag(token: Token, context: Mark): string {
    if (!token.value) return token.suffix
    const prefix = this.tags.get(token.value)
    if (!prefix) this.fail('found undefined tag handle', token.start, context)
    return prefix + token.suffix
  }

  /** A node, or an empty one where the next token cannot begin any. */
  private nodeUnless(ends: readonly TokenType[], at: Mark, block: boolean, indentless = false): YamlNode {
    return ends.includes(this.scanner.peek().type) ? this.empty(at) : this.node(block, indentless)
  }

  private blockSequence(node: YamlNode): void {
    this.next()
    for (;;) {
      const token = this.next2('-', 'block-end')
      if (token?.type === 'block-end') return
      if (!token) this.fail("did not find expected '-' indicator", this.scanner.peek().start, node.start)
      node.children.push(this.nodeUnless(['-', 'block-end'], token.end, true))
    }
  }

  /** Steps over the next token where it is one of the two. */
  private next2(a: TokenType, b: TokenType): Token | undefined {
    const token = this.scanner.peek()
    if (token.type !== a && token.type !== b) return undefined
    this.scanner.skip()
    return token
  }

  private indentlessSequence(node: YamlNode): void {
    for (let token = this.scanner.peek(); token.type === '-'; token = this.scanner.peek()) {
      this.scanner.skip()
      node.children.push(this.nodeUnless(['-', 'key', 'value', 'block-end'], token.end, true))
    }
  }

  private blockMapping(node: YamlNode): void {
    const ends = ['key', 'value', 'block-end'] as const
    this.next()
    for (;;) {
      const token = this.next2('key', 'block-end')
      if (token?.type === 'block-end') return
      if (!token) this.fail('did not find expected key', this.scanner.peek().start, node.start)
      node.children.push(this.nodeUnless(ends, token.end, true, true))
      const value = this.scanner.peek()
      if (value.type === 'value') {
        this.scanner.skip()
        node.children.push(this.nodeUnless(ends, value.end, true, true))
      } else node.children.push(this.empty(value.start))
    }
  }

  /** Before an entry of a flow collection that is not its first there must be a comma. Says whether the collection ended. */
  private flowEntry(node: YamlNode, close: ']' | '}'): boolean {
    if (node.children.length && this.scanner.peek().type !== close && !this.next2(',', ','))
      this.fail(`did not find expected ',' or '${close}'`, this.scanner.peek().start, node.start)
    const ended = this.next2(close, close)
    if (ended) node.end = ended.end
    return Boolean(ended)
  }

  private flowSequence(node: YamlNode): void {
    this.next()
    while (!this.flowEntry(node, ']'))
      node.children.push(this.scanner.peek().type === 'key' ? this.pair() : this.node(false, false))
  }

  /** `[a: 1]`: a mapping of one entry. */
  private pair(): YamlNode {
    const { start, end } = this.next()
    const node: YamlNode = { kind: 'mapping', start, end, tag: '', value: '', plain: false, children: [] }
    const token = this.scanner.peek()
    if (token.type === 'value' || token.type === ',' || token.type === ']') {
      this.scanner.skip() // as the original does, whichever it is
      node.children.push(this.empty(token.end))
    } else node.children.push(this.node(false, false))
    const value = this.scanner.peek()
    if (this.next2('value', 'value')) node.children.push(this.nodeUnless([',', ']'], value.start, false))
    else node.children.push(this.empty(value.start))
    node.end = node.children[1]!.end
    return node
  }

  private flowMapping(node: YamlNode): void {
    const ends = ['value', ',', '}'] as const
    this.next()
    while (!this.flowEntry(node, '}')) {
      if (this.next2('key', 'key')) {
        node.children.push(this.nodeUnless(ends, this.scanner.peek().start, false))
        const value = this.scanner.peek()
        if (this.next2('value', 'value')) node.children.push(this.nodeUnless([',', '}'], value.end, false))
        else node.children.push(this.empty(value.start))
      } else {
        node.children.push(this.node(false, false))
        node.children.push(this.empty(this.scanner.peek().start))
      }
    }
  }
}
