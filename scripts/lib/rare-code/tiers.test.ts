import { expect, test } from 'vitest'
import { tiersOf } from './tiers.ts'

const lesson = (...places: string[]) => ({ 'src/a.ts': places })
// As many as there may be groups, and one more with the others.
const small = Array.from({ length: 18 }, (_, i) => 31 + i)
const profile = {
  functions: lesson(
    '0 1000',
    '1000 3000',
    '3000 9000',
    '3100 3200',
    '9000 9999',
    '10000 20000',
    '20000 20001',
  ),
  lessons: {
    one: lesson('0 1000', '10000 20000'),
    two: lesson('0 1000', '3000 9000', '3100 3200'),
    three: lesson('0 1000', '3000 9000', '3100 3200'),
    ...Object.fromEntries(small.map(n => [`l${n}`, lesson('0 1000', `${n}000 ${n}900`)])),
  },
  once: {} as Record<string, ReturnType<typeof lesson>>,
}
for (const id of Object.keys(profile.lessons)) profile.once[id] = lesson()
profile.once.one = lesson('1000 3000')
profile.once.two = lesson('70000 100000')
profile.functions['src/a.ts'].push('70000 100000')
for (const n of small) profile.functions['src/a.ts'].push(`${n}000 ${n}900`)

test('functions go where least is loaded in vain', () => {
  const { groups, none } = tiersOf(profile, lesson('20000 20001'))
  // Called by none, in no lesson's first play and while nothing begins.
  expect(none).toEqual(lesson('9000 9999'))
  const where = (place: string) => groups.filter(each => each.places['src/a.ts']!.includes(place))
  // What all call, or what cannot be told, is in none of them.
  for (const place of ['0 1000', '1000 3000', '20000 20001']) expect(where(place)).toEqual([])
  // What is large and not for all has a group of its own; what stands inside is not listed again.
  expect(where('10000 20000').map(each => each.lessons)).toEqual([['one']])
  expect(where('3000 9000').map(each => each.lessons)).toEqual([['two', 'three']])
  expect(where('3100 3200')).toEqual([])
  // Computed once: those before did not need it.
  expect(where('70000 100000').map(each => each.lessons.includes('one'))).toEqual([false])
  expect(where('70000 100000').map(each => each.lessons.includes('l34'))).toEqual([true])
  // The small ones share, since there may be no more than nineteen beside what is there at once.
  expect(groups.length).toBeLessThan(20)
  for (const n of small) {
    const [group] = where(`${n}000 ${n}900`)
    if (group) expect(group.lessons).toContain(`l${n}`)
  }
})

test('what the first lesson does not call is kept from it rather than from others', () => {
  const places = Array.from({ length: 20 }, (_, i) => `${i + 1}000 ${i + 1}999`)
  const lessons = Object.fromEntries(places.map((each, i) => [`${i + 10}`, lesson(each)]))
  const once = Object.fromEntries(Object.keys(lessons).map(id => [id, lesson()]))
  // Two of twenty-one must go together; none of them is the first lesson's.
  const functions = lesson(...places, '90000 90999')
  const more = { '99': lesson('90000 90999') }
  const { groups } = tiersOf(
    { functions, lessons: { ...lessons, ...more }, once: { ...once, 99: lesson() } },
    {},
  )
  expect(groups.find(each => each.places['src/a.ts']!.includes(places[0]!))!.lessons).toEqual(['10'])
  expect(groups.filter(each => each.lessons.length > 1).length).toBeGreaterThan(0)
})
