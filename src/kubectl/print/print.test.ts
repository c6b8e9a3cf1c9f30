import { describe, expect, it } from 'vitest'
import { goTemplatePrinter } from './go-template.ts'
import { jsonpathPrinter } from './jsonpath.ts'
import { sortByPath } from './sort.ts'
import { describeTabs, TabWriter, tableTabs, tabulate } from './tab-writer.ts'

const pods = {
  kind: 'List',
  items: [
    {
      metadata: { name: 'api-1', labels: { env: 'prod' } },
      spec: {
        ports: [
          { name: 'a', port: 80 },
          { name: 'b', port: 81 },
        ],
      },
    },
    { metadata: { name: 'api-2', labels: { env: 'dev' } }, spec: { ports: [] } },
  ],
}

const path = (template: string) => jsonpathPrinter(template, false, true)(pods)

describe('jsonpath', () => {
  it('prints fields, ranges, slices and filters', () => {
    expect(path('{.items[*].metadata.name}')).toBe('api-1 api-2')
    expect(path('{range .items[*]}{.metadata.name}={.metadata.labels.env}{"\\n"}{end}done')).toBe(
      'api-1=prod\napi-2=dev\ndone',
    )
    expect(path('{.items[0].spec.ports[-1:].name} {.items[0].spec.ports[0].port}')).toBe('b 80')
    expect(path('{.items[?(@.metadata.labels.env=="dev")].metadata.name}')).toBe('api-2')
    expect(path('{.items[0].metadata.labels}')).toBe('{"env":"prod"}')
    expect(path("{.items[0].spec.ports[0]['name','port']}")).toBe('a 80')
  })

  it('prints nothing for what is missing, and says what is wrong with a template', () => {
    expect(path('{.nothing.here}')).toBe('')
    expect(() => path('{.items[*.metadata.name}')).toThrow(
      'error parsing jsonpath {.items[*.metadata.name}, unterminated array',
    )
    expect(() => path('{.items[9].kind}')).toThrow('array index out of bounds: index 9, length 2')
  })
})

describe('go-template', () => {
  it('ranges, compares, trims and formats', () => {
    const print = (text: string) => goTemplatePrinter(text, true)(pods)
    expect(
      print(
        '{{range .items}}{{if eq .metadata.labels.env "prod"}}{{.metadata.name}}{{else}}-{{end}},{{end}}',
      ),
    ).toBe('api-1,-,')
    expect(
      print('{{- range $i, $p := .items -}} {{$i}}:{{ printf "%-6s|" $p.metadata.name }} {{- end }}'),
    ).toBe('0:api-1 |1:api-2 |')
    expect(print('{{len .items}} {{.spec}} {{index .items 1 "metadata" "name"}}')).toBe('2 <no value> api-2')
  })

  it('refuses a block that does not end', () => {
    expect(() => goTemplatePrinter('{{range .items}}', true)).toThrow(
      'error parsing template {{range .items}}, template: output:1: unexpected EOF',
    )
  })
})

describe('columns', () => {
  it('are three blanks apart and at least six wide; the last cell is not padded', () => {
    expect(tabulate('NAME\tAGE\tX\na\t1s\tlong\n', tableTabs)).toBe('NAME   AGE   X\na      1s    long\n')
  })

  it('grow while watching, and do not shrink', () => {
    let out = ''
    const writer = new TabWriter(text => {
      out += text
    })
    for (const line of ['NAME\tAGE\n', 'a-long-name\t1s\n', 'b\t2s\n']) {
      writer.write(line)
      writer.flush()
    }
    expect(out).toBe('NAME   AGE\na-long-name   1s\nb             2s\n')
  })

  it('end where a line has fewer cells', () => {
    expect(
      tabulate('Name:\tweb\nLabels:\tapp=web\n\ttier=front\nPod Template:\n  Image:\tnginx\n', describeTabs),
    ).toBe('Name:    web\nLabels:  app=web\n         tier=front\nPod Template:\n  Image:  nginx\n')
  })
})

describe('--sort-by', () => {
  const sorted = (...values: unknown[]) =>
    sortByPath(
      values.map(v => ({ v })),
      o => o,
      '.v',
    ).map(o => o.v)
  it('compares numbers, quantities and numbers inside names; what is missing comes first', () => {
    expect(sorted(12, 1, 3)).toEqual([1, 3, 12])
    expect(sorted('10', '9', undefined)).toEqual([undefined, '9', '10'])
    expect(sorted('1Gi', '200Mi')).toEqual(['200Mi', '1Gi'])
    expect(sorted('web-10', 'web-9')).toEqual(['web-9', 'web-10'])
  })
})

describe('templates without end', () => {
  it('are told to stop, whatever they multiply', () => {
    const items = Array.from({ length: 100 }, (_, i) => i)
    const twelve = (of: unknown) => new Array(12).fill(of)
    const many = { items, deep: twelve(twelve(twelve(twelve(twelve([]))))) }
    const said = (print: () => string) => {
      try {
        return print().length
      } catch (error) {
        return /too deeply|too long|maximum template depth \(1000\)/.exec((error as Error).message)?.[0]
      }
    }
    const path = (text: string) => said(() => jsonpathPrinter(text, false, true)(many))
    expect(path('{range .items[*]}'.repeat(3000))).toBe('too deeply')
    expect(path(`{range .deep[*]}${'{range @[*]}'.repeat(4)}${'{@}'.repeat(3)}${'{end}'.repeat(5)}`)).toBe(
      'too long',
    )
    const template = (text: string) => said(() => goTemplatePrinter(text, true)(many))
    expect(template(`${'{{range $.items}}'.repeat(5)}x${'{{end}}'.repeat(5)}`)).toBe('too long')
    expect(template('{{range 1000000000}}x{{end}}')).toBe('too long')
    expect(template('{{define "a"}}{{template "a"}}{{end}}{{template "a"}}')).toBe(
      'maximum template depth (1000)',
    )
  })
})
