import { expect, test } from 'vitest'
import { byCause } from './causes.ts'
import { diagnose } from './diagnose.ts'
import { applyEdit, quickFix } from './fixes.ts'

const ordered = (text: string) =>
  byCause(diagnose(text), each => {
    const fix = quickFix(text, each)
    return fix && diagnose(applyEdit(text, fix))
  }).map(each => `${each.follows ? '  ' : ''}${each.code}`)

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: Web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx
`

test('a misspelt key first, then what it brings about, then what has nothing to do with it', () => {
  const text = deployment.replace('      labels:', '      lables:')
  expect(diagnose(text).map(each => each.code)).toEqual([
    'dns-name',
    'selector-mismatch',
    'unknown-field-near',
  ])
  expect(ordered(text)).toEqual(['unknown-field-near', '  selector-mismatch', 'dns-name'])
})

test('a document that cannot be read comes before another’s values, and objects among each other last', () => {
  const service =
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  selector: {app: other}\n  ports:\n  - port: 80\n'
  const broken = 'kind: Pod\nmetadata:\n  name: a\n   labels: {}\n'
  expect(ordered(`${service}---\n${deployment}---\n${broken}`)).toEqual([
    'yaml-colon-in-value',
    'dns-name',
    'service-selects-nothing',
  ])
})

test('at most four are tried', () => {
  let tried = 0
  const text = deployment.replace('spec:\n', 'spec:\n  a: 1\n  b: 1\n  c: 1\n  d: 1\n  e: 1\n  f: 1\n')
  byCause(diagnose(text), () => {
    tried++
    return diagnose(text)
  })
  expect(tried).toBe(4)
})
