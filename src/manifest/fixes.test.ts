// Each quick fix: the text that is wrong, and what it becomes; afterwards the fault is gone.
import { expect, test } from 'vitest'
import { diagnose } from './diagnose.ts'
import { applyEdit, quickFix } from './fixes.ts'

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
    image: nginx
    env:
    - name: PORT
      value: "80"
    ports:
    - containerPort: 80
`

const cases: readonly [what: string, good: string, bad: string][] = [
  ['a misspelt field', 'containers:', 'continers:'],
  ['a field in the wrong case', 'containerPort:', 'containerport:'],
  ['a misspelt kind', 'kind: Pod', 'kind: Podd'],
  ['a version that does not serve the kind', 'apiVersion: v1', 'apiVersion: apps/v1'],
  ['no apiVersion', 'apiVersion: v1\n', ''],
  ['an empty apiVersion', 'apiVersion: v1\n', 'apiVersion:\n'],
  ['no space behind the colon', 'image: nginx', 'image:nginx'],
  ['a full-width colon', 'image: nginx', 'image：nginx'],
  ['a tab', '  name: web\nspec', '\tname: web\nspec'],
  ['a number where a text is wanted', 'value: "80"', 'value: 80'],
  ['a text where a number is wanted', 'containerPort: 80', 'containerPort: "80"'],
  ['a key too far left', '    image: nginx', '   image: nginx'],
]

test.each(cases)('%s', (_, good, bad) => {
  expect(diagnose(pod)).toEqual([])
  const text = pod.replace(good, bad)
  const [problem] = diagnose(text)
  const fix = problem && quickFix(text, problem)
  expect(fix, problem?.code).toBeDefined()
  expect(applyEdit(text, fix!)).toBe(pod)
})

test('what no single edit mends is left alone', () => {
  const text = pod.replace('    image: nginx\n', '')
  const [problem] = diagnose(text)
  expect(problem?.code).toBe('image-missing')
  expect(quickFix(text, problem!)).toBeUndefined()
})
