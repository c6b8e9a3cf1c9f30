// Colours for Dockerfiles and Go programs: word by word, without a parser. Loaded when such a file is first opened in the
// editor.
import type { StreamParser, StringStream } from '@codemirror/language'

const goWords = new Set(
  'break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var'.split(
    ' ',
  ),
)
const goValues = new Set('true false nil iota'.split(' '))

interface GoState {
  /** What goes on over the end of a line: a comment, or a string between backquotes. */
  open: '*/' | '`' | undefined
}

/** The rest of something that may end on a later line. */
function goOn(stream: StringStream, state: GoState): string {
  const style = state.open === '`' ? 'string' : 'comment'
  if (stream.skipTo(state.open!)) {
    stream.match(state.open!)
    state.open = undefined
  } else stream.skipToEnd()
  return style
}

export const goParser: StreamParser<GoState> = {
  name: 'go',
  startState: () => ({ open: undefined }),
  token(stream, state) {
    if (state.open) return goOn(stream, state)
    if (stream.eatSpace()) return null
    if (stream.match('//')) {
      stream.skipToEnd()
      return 'comment'
    }
    if (stream.match('/*')) state.open = '*/'
    else if (stream.match('`')) state.open = '`'
    if (state.open) return goOn(stream, state)
    if (stream.match(/^"(?:[^"\\]|\\.)*"?|^'(?:[^'\\]|\\.)*'?/)) return 'string'
    if (stream.match(/^(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?)/)) return 'number'
    const [word] = (stream.match(/^[\p{L}_][\p{L}\d_]*/u) as RegExpMatchArray | null) ?? []
    if (!word) stream.next()
    return word && goWords.has(word) ? 'keyword' : word && goValues.has(word) ? 'atom' : null
  },
  languageData: { commentTokens: { line: '//', block: { open: '/*', close: '*/' } } },
}

interface DockerfileState {
  /** At the beginning of an instruction, not in a line that goes on. */
  isStart: boolean
  goesOn: boolean
}

export const dockerfileParser: StreamParser<DockerfileState> = {
  name: 'dockerfile',
  startState: () => ({ isStart: true, goesOn: false }),
  token(stream, state) {
    if (stream.sol()) {
      state.isStart = !state.goesOn
      // A comment stands between the lines of an instruction too, and ends none.
      if (!stream.match(/^\s*#/, false)) state.goesOn = /\\\s*$/.test(stream.string)
    }
    if (stream.eatSpace()) return null
    if (stream.match('#') && stream.string.slice(0, stream.start).trim() === '') {
      stream.skipToEnd()
      return 'comment'
    }
    if (state.isStart) {
      // What a HEALTHCHECK or an ONBUILD says is an instruction again.
      const [word] = (stream.match(/^[A-Za-z]+/) as RegExpMatchArray | null) ?? []
      state.isStart = word !== undefined && /^(onbuild|healthcheck)$/i.test(word)
      if (word) return 'keyword'
    }
    if (stream.match(/^as\b/i) && /^\s*from\b/i.test(stream.string)) return 'keyword'
    if (stream.match(/^--[a-z-]+=?/)) return 'propertyName'
    if (stream.match(/^"(?:[^"\\]|\\.)*"?|^'[^']*'?/)) return 'string'
    if (stream.match(/^\$(?:\{[^}]*\}|\w+)/)) return 'atom'
    if (!stream.match(/^[\w./:@-]+/)) stream.next()
    return null
  },
  languageData: { commentTokens: { line: '#' } },
}

export const parsers = { go: goParser, dockerfile: dockerfileParser }

export type LanguageName = keyof typeof parsers
