import { expect, it } from 'vitest'
import { formatLabelSelector, formatSelector, matches, parseSelector, selects } from './labels.ts'

const parsed = (text: string) => {
  const selector = parseSelector(text)
  return 'error' in selector ? selector.error : formatSelector(selector)
}

it('reads selectors and writes them sorted by key', () => {
  expect(parsed('tier in (b,a),app=web,!old,x notin (),n>3,new')).toBe(
    'app=web,n>3,new,!old,tier in (a,b),x notin ()',
  )
  expect(parsed('app==web, env!=prod')).toBe('app==web,env!=prod')
  expect(parsed('')).toBe('')
})

it('says what it found in place of what it expected', () => {
  expect(parsed('app=web,')).toBe("found '', expected: identifier after ','")
  expect(parsed('app in web')).toBe("unable to parse requirement: found 'web' expected: '('")
  expect(parsed('=web')).toBe("found '=', expected: !, identifier, or 'end of string'")
  expect(parsed('app=web tier')).toBe("found 'tier', expected: ',' or 'end of string'")
})

it('matches', () => {
  const holds = (text: string, labels: Record<string, string>) => {
    const selector = parseSelector(text)
    return 'error' in selector ? undefined : matches(selector, labels)
  }
  expect(holds('app in (web,db),!old', { app: 'db' })).toBe(true)
  expect(holds('app!=web', {})).toBe(true)
  expect(holds('n>3', { n: '4' })).toBe(true)
  expect(holds('n>3', { n: 'x' })).toBe(false)
  expect(
    selects(
      { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'v', operator: 'Exists' }] },
      { app: 'web', v: '' },
    ),
  ).toBe(true)
  expect(selects(undefined, {})).toBe(false)
  expect(selects({}, {})).toBe(true)
})

it('prints label selectors as the tables do', () => {
  expect(formatLabelSelector({})).toBe('<none>')
  expect(
    formatLabelSelector({
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'a', operator: 'In', values: ['2', '1'] }],
    }),
  ).toBe('a in (1,2),app=web')
  expect(formatLabelSelector({ matchLabels: { app: 'not valid' } })).toBe('<error>')
})
