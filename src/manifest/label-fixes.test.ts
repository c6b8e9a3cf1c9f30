// Selector and labels: mended in either direction, the mismatch is gone and nothing else is wrong.
import { describe, expect, test } from 'vitest'
import { diagnose } from './diagnose.ts'
import { applyEdit } from './fixes.ts'
import { labelFixes } from './label-fixes.ts'

const workload = (selector: string, labels: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:${selector}
  template:
    metadata:${labels}
    spec:
      containers:
        - name: web
          image: nginx
`
const service = (selector: string) => `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:${selector}
  ports:
    - port: 80
`

/** What each direction makes of the text; each must leave nothing wrong. */
function mended(text: string): Record<string, string> {
  const [problem, ...more] = diagnose(text)
  expect(more).toEqual([])
  return Object.fromEntries(
    labelFixes(text, problem!).map(({ what, edits }) => {
      const result = edits.toSorted((a, b) => b.line - a.line || b.column - a.column).reduce(applyEdit, text)
      expect(diagnose(result), result).toEqual([])
      return [what, result]
    }),
  )
}

const app = (value: string) => `\n      app: ${value}`
const labels = (...lines: string[]) => `\n      labels:${lines.map(each => `\n        ${each}`).join('')}`

describe('a workload and its own selector', () => {
  test('another value', () => {
    expect(mended(workload(app('shop'), labels('app: web')))).toEqual({
      labels: workload(app('shop'), labels('app: shop')),
      selector: workload(app('web'), labels('app: web')),
    })
  })
  test('a label more on either side', () => {
    expect(mended(workload(`${app('web')}\n      tier: "1"`, labels('app: web', 'track: x')))).toEqual({
      labels: workload(`${app('web')}\n      tier: "1"`, labels('app: web', 'track: x', 'tier: "1"')),
      selector: workload(app('web'), labels('app: web', 'track: x')),
    })
  })
  test('no label in common, in flow style', () => {
    expect(mended(workload(' {app: web}', '\n      labels: { role: web }'))).toEqual({
      labels: workload(' {app: web}', '\n      labels: {role: web, app: web}'),
      selector: workload(' {role: web}', '\n      labels: { role: web }'),
    })
  })
  test('a template without labels, or with an empty map of them', () => {
    expect(mended(workload(app('web'), '\n      name: x'))).toEqual({
      labels: workload(app('web'), `${labels('app: web')}\n      name: x`),
    })
    expect(mended(workload(app('web'), '\n      labels:'))).toEqual({
      labels: workload(app('web'), labels('app: web')),
    })
  })
  test('in a second document and in a List', () => {
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n---\n${workload(app('shop'), labels('app: web'))}`
    expect(mended(text).selector).toContain(`matchLabels:${app('web')}`)
    const item = workload(app('shop'), labels('app: web'))
      .replace(/^(?=.)/gm, '    ')
      .replace('    api', '  - api')
    expect(mended(`apiVersion: v1\nkind: List\nitems:\n${item}`).labels).toContain('app: shop\n        spec')
  })
  test('comments would be lost: that direction is not offered', () => {
    const text = workload(`${app('shop')} # why\n      tier: web`, labels('app: web'))
    expect(Object.keys(mended(text))).toEqual(['labels'])
  })
})

describe('a Service and the workload of its file', () => {
  const good = workload(app('web'), labels('app: web'))
  test('another value: the workload’s own selector goes along', () => {
    expect(mended(`${good}---\n${service('\n    app: shop')}`)).toEqual({
      labels: `${workload(app('shop'), labels('app: shop'))}---\n${service('\n    app: shop')}`,
      selector: `${good}---\n${service('\n    app: web')}`,
    })
  })
  test('of several workloads the likest is meant; of a pod its labels', () => {
    const other = good.replaceAll('web', 'db').replaceAll('app:', 'name:')
    expect(mended(`${other}---\n${good}---\n${service('\n    app: shop')}`).selector).toContain(
      service('\n    app: web'),
    )
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    app: a\nspec:\n  containers:\n  - name: a\n    image: nginx\n'
    expect(mended(`${pod}---\n${service('\n    app: b')}`).labels).toContain('labels:\n    app: b\n')
  })
})
