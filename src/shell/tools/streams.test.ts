// Tools between others in a pipe: what they can say of a line they say when it comes, and long inputs leave room for others.
import { expect, test } from 'vitest'
import { runScript } from '../run-script.ts'

test.each([
  ['tr a b', 'b\n'],
  ['rev', 'a\n'],
  ['nl', '     1\ta\n'],
  ['paste - -', 'a\ta\n'],
  ['cut -c1', 'a\n'],
  ['uniq', 'a\n'],
])('%s passes on what it has read, before the end of its input', (tool, shown) => {
  const { stdout, exit } = runScript(`{ echo a; echo a; echo b; sleep 100; } | ${tool}`, { interruptAt: 50 })
  expect([stdout.startsWith(shown), exit]).toEqual([true, 'SIGINT'])
})

test('sort is stable where it is told so, merges long inputs, and needs all its files', () => {
  const { stdout, stderr } = runScript(
    'seq 30000 | sort -r | sort -n | md5sum; seq 30000 | md5sum; seq 30000 | sort | sed -n "1p;9000p;30000p"; for i in $(seq 9000); do echo "$i x"; done | sort -s -k2 | tail -n 1; sort none',
  )
  const [sorted, plain, ...others] = stdout.trimEnd().split('\n')
  expect(sorted).toBe(plain)
  expect(others).toEqual(['1', '18098', '9999', '9000 x'])
  expect(stderr).toBe('sort: cannot read: none: No such file or directory\n')
})

test.each([
  ['sort', 'seq 200000 | sort -rn > g'],
  ['column', 'seq 200000 > f; column -t f > g'],
  ['paste', 'seq 200000 > f; paste f f > g'],
  ['wc', `awk 'BEGIN { printf "%9000000s", "" }' > f; wc f > g`],
])('%s takes turns', (_, script) => {
  const ends = runScript(`${script}; date +%s%3N`)
  const without = runScript(`seq 200000 > f; date +%s%3N`)
  expect(Number(ends.stdout)).toBeGreaterThan(Number(without.stdout) + (script.startsWith('awk') ? -200 : 1))
})

test('counts go over pieces as if they were one text', () => {
  const { stdout } = runScript(
    `{ printf 'ab 😀c'; sleep 0.1; printf 'd e'; sleep 0.1; printf ' \\n\\nx'; } > f; { printf 'ab 😀c'; sleep 0.1; printf 'd e'; sleep 0.1; printf ' \\n\\nx'; } | wc -lwcmL; wc -lwcmL < f`,
  )
  const [pieces, whole] = stdout.split('\n')
  expect(pieces).toBe(whole)
  expect(whole!.trim().split(/ +/)).toEqual(['2', '4', '12', '15', '10'])
})

test('date fills fields up to a width, and cuts nanoseconds to it', () => {
  expect(
    runScript('date -u -d @1795430123 "+%3N|%10S|%_5d|%^a|%05e|%-e|%6Y|%10B|%_10H|%12N|%^B|%3Z"').stdout,
  ).toBe('000|0000000023|   23|MON|00023|23|002026|  November|        10|000000000000|NOVEMBER|UTC\n')
})
