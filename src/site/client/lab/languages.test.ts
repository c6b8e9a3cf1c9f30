import { type StreamParser, StringStream } from '@codemirror/language'
import { expect, test } from 'vitest'
import { languageOf } from './language-of.ts'
import { dockerfileParser, goParser } from './languages.ts'

/** Words with what they are shown as, line by line. */
function shown<State>(parser: StreamParser<State>, text: string): string[] {
  const state = parser.startState!(2)
  return text.split('\n').map(line => {
    const words: string[] = []
    for (const stream = new StringStream(line, 2, 2); !stream.eol(); stream.start = stream.pos) {
      const style = parser.token(stream, state)
      expect(stream.pos).toBeGreaterThan(stream.start)
      if (style) words.push(`${style}:${stream.current()}`)
    }
    return words.join(' ')
  })
}

test('Go: words, strings over lines, comments over lines, numbers', () => {
  expect(shown(goParser, 'package main // x\nvar a = `one\ntwo` + "b\\"" /* c\nd */ 0x1F nil')).toEqual([
    'keyword:package comment:// x',
    'keyword:var string:`one',
    'string:two` string:"b\\"" comment:/* c',
    'comment:d */ number:0x1F atom:nil',
  ])
})

test('a Dockerfile: instructions at the beginning of a line only, flags, variables, comments', () => {
  const text =
    '# syntax\nFROM golang:1.26 AS builder\nRUN go build \\\n # between\n  RUN -o $OUT\nCOPY --from=builder /a $B\nONBUILD RUN x\nCMD ["a"] # no comment'
  expect(shown(dockerfileParser, text)).toEqual([
    'comment:# syntax',
    'keyword:FROM keyword:AS',
    'keyword:RUN',
    'comment:# between',
    'atom:$OUT',
    'keyword:COPY propertyName:--from= atom:$B',
    'keyword:ONBUILD keyword:RUN',
    'keyword:CMD string:"a"',
  ])
})

test('a file is known by its name', () => {
  expect(
    [
      'a.yaml',
      'main.go',
      'Dockerfile',
      'v2/Dockerfile.all',
      'single.Dockerfile',
      'dockerfile.md.txt',
      'go.mod',
    ].map(languageOf),
  ).toEqual(['yaml', 'go', 'dockerfile', 'dockerfile', 'dockerfile', 'dockerfile', undefined])
})
