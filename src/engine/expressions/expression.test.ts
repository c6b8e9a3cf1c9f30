import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile, run } from './backtrack.ts'
import { first, searchBound } from './cost.ts'
import {
  type Dialect,
  Expression,
  ExpressionError,
  expression,
  type Node,
  parse,
  TooManySteps,
} from './expression.ts'
import { linearParts } from './loaders.ts'
import { greedyIsLongest } from './longest.ts'
import { print } from './print.ts'

const found = (text: string, source: string, dialect: Dialect = 'extended') => {
  const match = expression(source, dialect).find(text)
  return match?.groups.map(each => each ?? '-').join(',')
}

test('basic expressions: what has a meaning with a backslash, and where a star is a star', () => {
  expect(found('a+b', 'a+b', 'basic')).toBe('a+b')
  expect(found('aab', 'a\\+b', 'basic')).toBe('aab')
  expect(found('*a', '*a', 'basic')).toBe('*a')
  expect(found('xx', '\\(x\\)\\1', 'basic')).toBe('xx,x')
  expect(found('a$b^c', 'a$b^c', 'basic')).toBe('a$b^c')
  expect(found('aaa', 'a\\{2\\}', 'basic')).toBe('aa')
  expect(found('cat dog', 'dog\\|cat', 'basic')).toBe('cat')
  expect(found('*', '^*', 'basic')).toBe('*')
})

test('extended expressions: the longest match, whatever its branches stand in', () => {
  expect(found('abcd', 'a|ab|abc')).toBe('abc')
  expect(found('foobar', '(foo|foobar)')).toBe('foobar,foobar')
  expect(found('aab', 'a*(ab)?')).toBe('aab,ab')
  expect(found('xyxyz', '(x|xy|xyx)*z?')).toBe('xyxyz,xy')
  expect(found('a{x', 'a{x')).toBe('a{x')
  expect(found('a]b', '[]a]+')).toBe('a]')
  expect(found('ab-', '[^[:space:]-]+')).toBe('ab')
})

test("Perl's: the first branch, lazy counts, names, what stands around, classes", () => {
  expect(found('abcd', 'a|ab|abc', 'perl')).toBe('a')
  expect(found('<<a>>', '<.+?>', 'perl')).toBe('<<a>')
  expect([...parse('(?<year>\\d+)-(\\d+)', 'perl').names]).toEqual([['year', 1]])
  expect(found('price: 12 EUR', '\\d+(?= EUR)', 'perl')).toBe('12')
  expect(found('a12', '(?<=a)\\d', 'perl')).toBe('1')
  expect(found('ABC', '(?i)abc', 'perl')).toBe('ABC')
  expect(found('aBC', 'a(?i:bc)', 'perl')).toBe('aBC')
  expect(found('x你好', '\\p{L}+$', 'perl')).toBe('x你好')
})

test('what makes no sense is said as regcomp says it', () => {
  const said = (source: string, dialect: Dialect = 'extended') => {
    try {
      parse(source, dialect)
      return ''
    } catch (error) {
      return error instanceof ExpressionError ? error.message : String(error)
    }
  }
  expect(said('(a')).toBe('Unmatched ( or \\(')
  expect(said('a)')).toBe('Unmatched ) or \\)')
  expect(said('[a')).toBe('Unmatched [, [^, [:, [., or [=')
  expect(said('[z-a]')).toBe('Invalid range end')
  expect(said('[[:what:]]')).toBe('Invalid character class name')
  expect(said('a\\')).toBe('Trailing backslash')
  expect(said('a\\{2', 'basic')).toBe('Unmatched \\{')
  expect(said('a{40000}')).toBe('Regular expression too big')
  expect(said('((a{1000}){1000}){1000}')).toBe('Regular expression too big')
  expect(said(`${'('.repeat(5000)}a${')'.repeat(5000)}`)).toBe('Regular expression too big')
  expect(said('\\1')).toBe('Invalid back reference')
})

test('characters are code points; a lone byte is one too', () => {
  expect(found('😀b', '^.b')).toBe('😀b')
  expect(found('\udc80b', '^[^a]b')).toBe('\udc80b')
  expect([...expression('', 'extended').all('😀')].map(match => match.index)).toEqual([0, 2])
})

/** Random expressions of a small alphabet, so that much of them matches. */
const node: fc.Arbitrary<string> = fc.letrec<{ e: string }>(tie => ({
  e: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '^', '$', '\\b'),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => a + b),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => `(${a}|${b})`),
    fc.tuple(tie('e'), fc.constantFrom('*', '+', '?', '{1,2}', '{2}')).map(([a, count]) => `(${a})${count}`),
  ),
})).e
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 12 })

/** Where the engine that counts its steps finds a match; 'gives up' where it does. */
const counted = (root: Node, groups: number, subject: string, longest: boolean) => {
  const program = compile(root, groups)
  const budget = { left: 200_000 }
  try {
    for (let start = 0; start <= subject.length; start++) {
      const places = run(program, subject, start, budget, longest)
      if (places) return [places[0], places[1]]
    }
    return undefined
  } catch (error) {
    if (error instanceof TooManySteps) return 'gives up'
    throw error
  }
}

/** A loop around what may be empty: there Perl's rule and RE2's differ, as RE2 says itself. */
const loopsOverNothing = (node: Node): boolean =>
  (node.type === 'repeat' && first(node.of).empty) ||
  (node.type === 'sequence'
    ? node.items
    : node.type === 'choice'
      ? node.branches
      : 'of' in node
        ? [node.of]
        : []
  ).some(loopsOverNothing)

test('three engines find the same, and those that take the longest agree', () => {
  fc.assert(
    fc.property(node, text, (source, subject) => {
      const { root, groups } = parse(source, 'perl')
      const native = new RegExp(print(root, 'native'), 'u').exec(subject)
      const expected = native ? [native.index, native.index + native[0].length] : undefined
      const linear = (longest: boolean) =>
        linearParts.get('re2')(print(root, 're2'), longest).find(subject, 0)?.slice(0, 2)
      if (!loopsOverNothing(root)) expect(linear(false)).toEqual(expected)
      const perl = counted(root, groups, subject, false)
      if (perl !== 'gives up') expect(perl).toEqual(expected)
      const longest = counted(root, groups, subject, true)
      if (longest !== 'gives up') expect(linear(true)).toEqual(longest)
      if (greedyIsLongest(root)) expect(linear(true)).toEqual(expected)
    }),
    { numRuns: 3000, seed: 7 },
  )
})

test('the bound of steps holds: no engine that backtracks takes more', () => {
  fc.assert(
    fc.property(node, text, (source, subject) => {
      const { root, groups } = parse(source, 'perl')
      const program = compile(root, groups)
      const bound = searchBound(root, subject.length)
      if (bound > 1_000_000) return
      const budget = { left: 4_000_000 }
      for (let start = 0; start <= subject.length; start++) if (run(program, subject, start, budget)) break
      // Instructions of a step: loops have four of their own.
      expect((4_000_000 - budget.left) / 12).toBeLessThanOrEqual(bound + subject.length + 1)
    }),
    { numRuns: 3000, seed: 3 },
  )
})

test('what could explode is left to RE2, and what it cannot do ends', () => {
  const line = `${'a'.repeat(40)}!`
  for (const source of ['^(a+)+$', '(a|a)*$', '(a*)*b', '(.*a){12}b', 'a*a*a*a*a*a*b'])
    expect([source, searchBound(parse(source, 'extended').root, line.length) > 300_000]).toEqual([
      source,
      true,
    ])
  expect(expression('^(a+)+$', 'extended').test(line)).toBe(false)
  expect(expression('^(a+)+$', 'extended').test('a'.repeat(50_000))).toBe(true)
  expect(() => expression('^(a+)+\\1$', 'extended').test(line)).toThrow(TooManySteps)
  expect(() => expression('^(?=(a+)+$)', 'perl').test(line)).toThrow(TooManySteps)
})

test('what people write stays with the engine of the platform', () => {
  for (const source of [
    'error|warning',
    '^[a-z]+:',
    '"[^"]*"',
    '[0-9]+\\.[0-9]+',
    '^.*name: *',
    '(GET|POST) /',
  ])
    expect([source, searchBound(parse(source, 'extended').root, 128) <= 300_000]).toEqual([source, true])
  for (const source of [
    '^ *image: *(.*)$',
    '[0-9]+',
    '.*=',
    '^.*name: *',
    '(GET|POST) /',
    ' +$',
    '(.*)-(.*)',
  ])
    expect([source, greedyIsLongest(parse(source, 'extended').root)]).toEqual([source, true])
  expect(new Expression(parse('a(b|c)*d', 'extended')).replace('abcd ad', () => 'x')).toBe('x x')
})
