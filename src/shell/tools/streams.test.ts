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

test.each([
  // paste: one stream that is named twice is read in turn; delimiters come in turn
  ['seq 5 | paste - -', '1\t2\n3\t4\n5\t\n'],
  ['seq 6 > f; paste -d ",;" - - - < f', '1,2;3\n4,5;6\n'],
  ['seq 4 | paste -s -d ":,"', '1:2,3:4\n'],
  ["seq 4 | paste -d '\\n' - -", '1\n2\n3\n4\n'],
  ["seq 4 | paste -d '' - -", '12\n34\n'],
  // nl
  ["printf 'a\\n\\nb\\n' | nl -ba -w3 -s: -v5 -i2", '  5:a\n  7:\n  9:b\n'],
  ["printf 'a\\n\\nb\\n' | nl -nrz", '000001\ta\n       \n000002\tb\n'],
  ["printf 'a\\n\\nb\\n' | nl -bn -w2", '   a\n   \n   b\n'],
  // column
  ["printf 'a\\nbbb cc ddd\\n\\nx yyyyy\\n' | column -t -o '|'", 'a  |     |\nbbb|cc   |ddd\nx  |yyyyy|\n'],
  ["printf 'a:b c\\nd::e\\n' | column -t -s ': '", 'a  b  c\nd     e\n'],
  // sort, uniq
  [
    "printf '1.10\\n1.9\\n1.2-rc1\\n1.2\\n1.2~b\\nv1.2\\n1.2.tar.gz\\n1.2a\\n1.2.3\\n' | sort -V | paste -s -d ' '",
    '1.2~b 1.2 1.2.tar.gz 1.2a 1.2-rc1 1.2.3 1.9 1.10 v1.2\n',
  ],
  ["printf 'JAN\\nfeb\\nx\\n Dec\\n' | sort -M", 'x\nJAN\nfeb\n Dec\n'],
  ["printf '(b\\na\\nc\\n' | sort -d", 'a\n(b\nc\n'],
  ["printf 'b\\0a\\nc\\0' | sort -z | tr '\\0' ,; printf '' | sort -z", 'a\nc,b,'],
  ["printf 'x y\\nx\\n  \\nz\\n' | uniq -f1", 'x y\nx\n'],
  // tr, tail
  ['echo abc | tr -t abc x', 'xbc\n'],
  ['seq 2 | tail -c+0', '1\n2\n'],
])('%s: as the real ones do', (script, expected) => {
  expect(runScript(script)).toEqual({ stdout: expected, stderr: '', exit: 0 })
})

test('cat shows what is no letter as the bytes that it is', () => {
  const { stdout } = runScript("printf 'a\\r\\t\\001é\\177\\n' > f; cat -v f; cat -A f; cat -e f; cat -t f")
  expect(stdout).toBe('a^M\t^AM-CM-)^?\na^M^I^AM-CM-)^?$\na^M\t^AM-CM-)^?$\na^M^I^AM-CM-)^?\n')
})
