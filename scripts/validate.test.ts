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
    expect(validate(['m/package.json'], folder)).toMatchObject({ status: 1 })
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
