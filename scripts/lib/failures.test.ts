import { expect, it } from 'vitest'
import { failedTests, lastLines, type Report } from './failures.ts'

const file = (name: string, rest: Partial<Report['testResults'][number]>): Report['testResults'][number] => ({
  name: `/project/${name}`,
  status: 'failed',
  message: '',
  assertionResults: [],
  ...rest,
})

const told = (...testResults: Report['testResults']) =>
  failedTests({ numPassedTests: 0, numFailedTests: 0, testResults }, '/project')

it('names each failed test with the first lines of its message, without the stack', () => {
  const long = Array.from({ length: 20 }, (_, i) => `line ${i}`).join('\n')
  expect(
    told(
      file('tests/passed.test.ts', {
        status: 'passed',
        assertionResults: [{ fullName: 'holds', status: 'passed', failureMessages: [] }],
      }),
      file('tests/some.test.ts', {
        assertionResults: [
          { fullName: 'holds', status: 'passed', failureMessages: [] },
          {
            fullName: 'a pod starts',
            status: 'failed',
            failureMessages: [
              'AssertionError: \u001b[31mexpected 1\u001b[39m to be 2\n\n- 1\n+ 2\n    at /project/a.ts:1:2',
            ],
          },
          { fullName: 'prints', status: 'failed', failureMessages: [`Error: ${'x'.repeat(999)}\n${long}`] },
        ],
      }),
    ),
  ).toEqual([
    '  tests/some.test.ts > a pod starts',
    '    AssertionError: expected 1 to be 2',
    '    - 1',
    '    + 2',
    '  tests/some.test.ts > prints',
    `    Error: ${'x'.repeat(193)}`,
    ...Array.from({ length: 5 }, (_, i) => `    line ${i}`),
  ])
})

it('names a file that could not be loaded', () => {
  expect(told(file('tests/some.test.ts', { message: 'Error: no such module\n    at load' }))).toEqual([
    '  tests/some.test.ts',
    '    Error: no such module',
  ])
})

it('takes the last lines of an output, without signs of life', () => {
  const output = `${Array.from({ length: 30 }, (_, i) => `line ${i}`).join('\n')}\n  … build: 5 s\n\nthe end\n`
  expect(lastLines(output)).toEqual([
    ...Array.from({ length: 19 }, (_, i) => `    line ${i + 11}`),
    '    the end',
  ])
})
