// sed, by what GNU sed 4.9 does.
import { expect, test } from 'vitest'
import { runScript } from '../run-script.ts'

const lines = (...of: string[]) => of.map(line => `${line}\n`).join('')

test.each([
  ['0,/a/d', lines('b', 'a', 'c')],
  ['0,/a/!d', lines('a')],
  ['0,/a/s//Z/', lines('Z', 'b', 'a', 'c')],
  ['1,/a/d', lines('c')],
  ['0,/x/d', ''],
  ['2,~2d', lines('a')],
  ['1,~3d', lines('c')],
  ['2,~0d', lines('a', 'a', 'c')],
  ['2,+1d', lines('a', 'c')],
  ['2,1d', lines('a', 'a', 'c')],
  ['$!N;P;D', lines('a', 'b', 'a', 'c')],
  ['$!N;/b\\na/d;P;D', lines('a', 'c')],
  ['2w /dev/stdout', lines('a', 'b', 'b', 'a', 'c')],
])('%s', (script, expected) => {
  expect(runScript(`printf 'a\\nb\\na\\nc\\n' | sed '${script}'`)).toEqual({
    stdout: expected,
    stderr: '',
    exit: 0,
  })
})

test.each([
  ['0,3d', 4],
  ['0d', 2],
  ['0,+1d', 5],
  ['0!p', 2],
])('%s: line 0 is only where an expression ends the range', (script, place) => {
  expect(runScript(`seq 3 | sed '${script}'`)).toEqual({
    stdout: '',
    stderr: `sed: -e expression #1, char ${place}: invalid usage of line address 0\n`,
    exit: 1,
  })
})

test('with -s and -i each file has its own numbers and ranges', () => {
  const files = 'seq 2 > a; seq 3 > b;'
  expect(runScript(`${files} sed -s -n '$p' a b; sed -n '$p' a b; sed -s -n 2p a b`).stdout).toBe(
    lines('2', '3', '3', '2', '2'),
  )
  expect(runScript(`${files} sed -i '0,/1/d' a b; cat a b`).stdout).toBe(lines('2', '2', '3'))
  expect(runScript(`${files} sed -s -n '2,/x/p' a b`).stdout).toBe(lines('2', '2', '3'))
})
