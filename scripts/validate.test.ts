import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const script = join(import.meta.dirname, 'validate.ts')
const good = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n'

function validate(args: string[], cwd: string, input = '') {
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, ...args], {
    cwd,
    input,
    encoding: 'utf8',
  })
  return { stdout, stderr, status }
}

test('npm run validate names file, line and column, explains, and fails on errors only', () => {
  const folder = mkdtempSync(join(tmpdir(), 'validate-'))
  try {
    mkdirSync(join(folder, 'm'))
    writeFileSync(join(folder, 'm/bad.yaml'), good.replace('name: a', 'name: 1'))
    writeFileSync(join(folder, 'm/good.yml'), good)
    writeFileSync(join(folder, 'm/notes.txt'), 'no manifest')
    writeFileSync(join(folder, 'm/package.json'), '{"name": "a"}')
    for (const skipped of ['node_modules', 'dist', '.cache']) {
      mkdirSync(join(folder, 'm', skipped))
      writeFileSync(join(folder, 'm', skipped, 'bad.yaml'), 'kind: x')
    }
    expect(validate(['--lang', 'zh', 'm'], folder)).toEqual({
      stdout:
        'm/bad.yaml:4:9: error: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string\n' +
        '    这里应该是文字，但 YAML 把 `1` 读成了别的：数字、真假值（yes、no、on、off 也算）或者结构。如果你要的就是这段文字，给它加上引号。\n',
      stderr: '2 files: 1 error, 0 warnings\n',
      status: 1,
    })
    expect(validate(['--lang', 'en', '-'], folder, `${good}---\n${good}`)).toEqual({
      stdout:
        '<stdin>:9:9: warning: ConfigMap "a" is defined twice (metadata.name)\n' +
        '    The file already has a ConfigMap named `a` (line 4). The second would overwrite the first: give it a name of its own.\n',
      stderr: '1 file: 0 errors, 1 warning\n',
      status: 0,
    })
    expect(validate(['m/package.json'], folder)).toMatchObject({ status: 0, stdout: '' })
    expect(validate(['missing.yaml'], folder)).toEqual({
      stdout: '',
      stderr: 'missing.yaml: there is no such file or directory\n1 file: 1 error, 0 warnings\n',
      status: 1,
    })
    expect(validate([], folder)).toMatchObject({ status: 2, stdout: '' })
    const { stdout: help, ...ended } = validate(['--help'], folder)
    expect(help).toMatch(/^npm run validate -- .*\n\nSays what is wrong/)
    expect(ended).toEqual({ stderr: '', status: 0 })
    expect(validate(['--verbose'], folder)).toEqual({
      stdout: '',
      stderr: `Unknown option '--verbose'\n\n${help}`,
      status: 2,
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('skips with a note what is no manifest, and knows the kinds that the same files define', () => {
  const folder = mkdtempSync(join(tmpdir(), 'validate-'))
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text)
  const widget = (spec: string) => `apiVersion: ex.io/v1\nkind: Widget\nmetadata: {name: w}\nspec: ${spec}\n`
  try {
    put('kustomization.yaml', 'resources: [a.yaml]\n')
    put('Chart.yaml', 'apiVersion: v2\nname: c\nversion: 0.1.0\n')
    put('compose.yml', 'services: {web: {image: nginx}}\n')
    put('values.yaml', 'replicaCount: 1\n')
    put(
      'template.yaml',
      'apiVersion: v1\nkind: Service\nmetadata:\n  {{- include "c.labels" . | nindent 4 }}\n',
    )
    put('rules.yaml', `${good}data:\n  text: |\n    {{ $labels.instance }} is {{ range . }}x{{ end }}\n`)
    put('widget.yaml', `${widget('{size: big}')}---\n${widget('{size: 3, colour: red}').replace('w}', 'v}')}`)
    put(
      'zz-crd.yaml',
      `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.ex.io}
spec:
  group: ex.io
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget}
  versions:
  - name: v1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}
`,
    )
    const { stdout, stderr, status } = validate(['--lang', 'en', '.'], folder)
    expect(stdout.split('\n').filter(line => !line.startsWith('    '))).toEqual([
      'widget.yaml:4:14: error: spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"',
      'widget.yaml:9:17: error: unknown field "spec.colour"',
      '',
    ])
    expect(stderr).toBe(`Chart.yaml: skipped: Helm's description of a chart, no manifest
compose.yml: skipped: no manifest: it has neither apiVersion nor kind
kustomization.yaml: skipped: kustomize's own file, no manifest; \`kubectl kustomize\` makes manifests of it
template.yaml: skipped: a template, which becomes a manifest when it is rendered; check what \`helm template\` prints
values.yaml: skipped: no manifest: it has neither apiVersion nor kind
3 files: 2 errors, 0 warnings, 5 skipped
`)
    expect(status).toBe(1)
    expect(validate(['widget.yaml'], folder).stdout).toMatch(
      /^widget.yaml:2:7: error: no matches for kind "Widget" in version "ex.io\/v1"\n/,
    )
    expect(validate(['--ignore-missing-schemas', 'widget.yaml'], folder)).toEqual({
      stdout: '',
      stderr:
        'widget.yaml:2: skipped: no matches for kind "Widget" in version "ex.io/v1"\n' +
        'widget.yaml:7: skipped: no matches for kind "Widget" in version "ex.io/v1"\n' +
        '1 file: 0 errors, 0 warnings\n',
      status: 0,
    })
    // A slip is no missing schema.
    const slip = good.replace('ConfigMap', 'ConfigMpa')
    expect(validate(['--ignore-missing-schemas', '-'], folder, slip)).toMatchObject({ status: 1 })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('tells programs and pull requests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'validate-'))
  try {
    writeFileSync(join(folder, 'a,b.yaml'), good.replace('name: a', 'name: A'))
    writeFileSync(join(folder, 'kustomization.yaml'), 'resources: []\n')
    const told = JSON.parse(validate(['--lang', 'en', '--output', 'json', '.', 'no.yaml'], folder).stdout)
    expect(told).toMatchObject({
      summary: { files: 2, errors: 2, warnings: 0, skipped: 1 },
      diagnostics: [
        {
          file: 'a,b.yaml',
          line: 4,
          column: 9,
          endLine: 4,
          endColumn: 10,
          severity: 'error',
          code: 'dns-name',
        },
      ],
      skipped: [{ file: 'kustomization.yaml' }],
      unreadable: [{ file: 'no.yaml', message: 'there is no such file or directory' }],
    })
    expect(validate(['--lang', 'en', '-o', 'github', 'a,b.yaml'], folder).stdout).toMatch(
      /^::error file=a%2Cb.yaml,line=4,endLine=4,col=9,endColumn=10,title=dns-name::metadata.name: Invalid value: "A": .*%0A`A` cannot be a name here/,
    )
    expect(validate(['--output', 'xml', 'a,b.yaml'], folder)).toMatchObject({ status: 2 })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
