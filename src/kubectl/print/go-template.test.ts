import { describe, expect, it } from 'vitest'
import { goTemplatePrinter, Template } from './go-template.ts'
import { cases, data } from './testdata/go-template.json'

const service = {
  kind: 'Service',
  metadata: { name: 'kubernetes' },
  spec: { ports: [{ port: 443 }] },
  gone: null,
}
const print = (text: string) => goTemplatePrinter(text, true)(service)

/** Behind `template: output:`: where an error points, at what, and what it says. */
function fault(text: string): string {
  try {
    print(text)
  } catch (error) {
    return (error as Error).message.replace(
      `error executing template ${JSON.stringify(text)}: template: output:`,
      '',
    )
  }
  return 'none'
}

describe('a template over what is not there', () => {
  it('goes on through missing keys, and not through null', () => {
    expect(print('{{.a.b.c}} {{with .a.b}}x{{else}}no{{end}} {{$x := .a}}{{$x.b}}')).toBe(
      '<no value> no <no value>',
    )
    expect(fault('{{.gone.x.y}}')).toBe(
      '1:7: executing "output" at <.gone.x.y>: nil pointer evaluating interface {}.x',
    )
  })
})

describe('an error of a template', () => {
  it('points at the second field of a chain, as Go does', () => {
    expect(fault('a\n{{.metadata.name.x}}')).toBe(
      '2:11: executing "output" at <.metadata.name.x>: can\'t evaluate field x in type interface {}',
    )
    expect(fault('{{.spec.ports.x}}')).toMatch(/^1:7: .*can't evaluate field x in type interface \{\}$/)
  })

  it('points at the command that called a function', () => {
    for (const [text, expected] of [
      [
        '{{index .a "b"}}',
        '1:2: executing "output" at <index .a "b">: error calling index: index of untyped nil',
      ],
      [
        '{{index .spec.ports 5}}',
        '1:2: executing "output" at <index .spec.ports 5>: error calling index: index out of range: 5',
      ],
      [
        '{{if gt .a 3}}x{{end}}',
        '1:5: executing "output" at <gt .a 3>: error calling gt: invalid type for comparison',
      ],
      [
        '{{len .a}}',
        '1:2: executing "output" at <len .a>: error calling len: reflect: call of reflect.Value.Type on zero Value',
      ],
      [
        '{{base64decode .metadata.name}}',
        '1:2: executing "output" at <base64decode .metadata.name>: error calling base64decode: base64 decode failed: illegal base64 data at input byte 8',
      ],
      ['{{"a" "b"}}', '1:2: executing "output" at <"a">: can\'t give argument to non-function "a"'],
      ['{{template "z"}}', '1:11: executing "output" at <{{template "z"}}>: template "z" not defined'],
    ] as const)
      expect(fault(text)).toBe(expected)
  })

  it('counts how deep blocks, parentheses and templates go', () => {
    const nested = (open: string, close: string, count: number) =>
      `${open.repeat(count)}x${close.repeat(count)}`
    const parens = (count: number) => `{{${'('.repeat(count)}.kind${')'.repeat(count)}}}`
    const chain = (count: number) => `{{if false}}${'{{else if false}}'.repeat(count)}x{{end}}`
    for (const text of [nested('{{if .kind}}', '{{end}}', 900), parens(900), chain(900)])
      expect(() => new Template(text).run({ kind: 'Pod' })).not.toThrow()
    for (const text of [
      nested('{{if .kind}}', '{{end}}', 5000),
      nested('{{define "a"}}', '{{end}}', 5000),
      parens(20_000),
      chain(5000),
    ])
      expect(() => new Template(text)).toThrow('template: output:1: max expression depth exceeded')
    const within = `{{define "a"}}${nested('{{if .kind}}', '{{end}}', 50).replace('x', '{{template "a" .}}')}{{end}}{{template "a" .}}`
    expect(() => new Template(within).run({ kind: 'Pod' })).toThrow('exceeded maximum template depth (1000)')
    const breaks = '{{range $.a}}{{if .}}{{if .}}{{break}}{{end}}{{end}}{{end}}'
    expect(() => new Template(`{{range .b}}${breaks}{{end}}`).run({ a: [1], b: 3000 })).not.toThrow()
  })
})

/** As a real kubectl says it. */
describe('index, slice and len', () => {
  it('take bytes of strings, and places that there are', () => {
    expect(print('{{slice "日本語abc" 3 6}} {{slice .kind 1 2}} {{index .kind 0}} {{len "日本"}}')).toBe(
      '本 e 83 6',
    )
    expect(print('{{len (slice .spec.ports 0 1 1)}}')).toBe('1')
    for (const [text, said] of [
      ['{{slice .kind 5 2}}', 'invalid slice index: 5 > 2'],
      ['{{slice .kind 0 100}}', 'index out of range: 100'],
      ['{{slice .kind 1 2 3}}', 'cannot 3-index slice a string'],
      ['{{slice .spec.ports 0 1 5}}', 'index out of range: 5'],
      ['{{slice .a 0}}', 'slice of untyped nil'],
      ['{{index .kind 10}}', 'reflect: string index out of range'],
      ['{{index .spec.ports "a"}}', 'cannot index slice/array with type string'],
      ['{{index .metadata 1}}', 'value has type int; should be string'],
    ] as const)
      expect(fault(text), text).toContain(said)
    expect(fault('{{len}}')).toContain('<len>: wrong number of args for len: want 1 got 0')
  })
})

/** What text/template of Go 1.26.8 made of each over the file's data, its whole numbers read as int64 as kubectl does. */
describe('templates that Go has run', () => {
  const result = (text: string): unknown => {
    try {
      return new Template(text).run(data)
    } catch (error) {
      return { error: (error as Error).message }
    }
  }
  it.each(cases)('%s', (text, expected) => {
    expect(result(text as string)).toEqual(expected)
  })
})
