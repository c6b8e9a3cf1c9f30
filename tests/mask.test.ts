// The project's own masking against the measure itself, over every recorded step and every damaged request.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { CORE_SCHEMA, load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { answerLevel, fixedIn, mask, type RecordedStep, stepMatches, yamlLevel } from '../src/lesson/mask.ts'
// @ts-expect-error: plain JavaScript, without types
import * as reference from './reference/compare.mjs'

const root = join(import.meta.dirname, 'reference')
const files = (dir: string): string[] =>
  readdirSync(dir).flatMap(name => {
    const path = join(dir, name)
    return statSync(path).isDirectory() ? files(path) : path.endsWith('.yaml') ? [path] : []
  })
interface Recording {
  readonly steps: readonly RecordedStep[]
}

const cases = files(join(root, 'recordings')).map(
  path => load(readFileSync(path, 'utf8'), { schema: CORE_SCHEMA }) as Recording,
)

/** Ways in which an output may be wrong; some are no fault (another age, another order). */
const damages: ((text: string) => string)[] = [
  text => text,
  text => text.split('\n').reverse().join('\n'),
  text => text.replace(/\b(\d+)s\b/g, '9$1s'),
  text => text.replace(/\d/, d => String((Number(d) + 1) % 10)),
  text => `${text}x`,
  text => text.replace('error', 'Error'),
  text => text.split('\n').slice(1).join('\n'),
]

describe('masking', () => {
  it('masks every recorded output as the measure does', () => {
    for (const each of cases) {
      const fixed = fixedIn(each)
      expect(fixed).toEqual(reference.fixedIn(each))
      for (const step of each.steps) {
        expect(mask(step.stdout, fixed)).toBe(reference.mask(step.stdout, fixed))
        expect(mask(step.stderr, fixed)).toBe(reference.mask(step.stderr, fixed))
      }
    }
  })

  it('agrees with the measure on which damaged outputs still match', () => {
    let matched = 0
    let missed = 0
    for (const each of cases) {
      const fixed = fixedIn(each)
      for (const step of each.steps) {
        if (step.exit === undefined) continue
        for (const damage of damages) {
          const actual = { ...step, stdout: damage(step.stdout ?? ''), stderr: damage(step.stderr ?? '') }
          const verdict = stepMatches(step, actual, fixed)
          expect(verdict).toBe(reference.stepMatches(step, actual, fixed))
          if (verdict) matched++
          else missed++
        }
      }
    }
    expect(matched).toBeGreaterThan(1000)
    expect(missed).toBeGreaterThan(1000)
  })

  it('grades answers of the API and of the YAML reader as the measure does', () => {
    for (const name of ['create', 'update', 'patch', 'yaml']) {
      const lines = readFileSync(join(root, 'corpus', `${name}.jsonl`), 'utf8')
        .trim()
        .split('\n')
        .map(l => JSON.parse(l))
      lines.forEach((line, i) => {
        const other = lines[(i * 7 + 1) % lines.length]
        if (name === 'yaml') {
          expect(yamlLevel(line, other)).toBe(reference.yamlLevel(line, other))
          expect(yamlLevel(line, line)).toBe(3)
        } else {
          const older = line.base !== undefined
          expect(answerLevel(line.answer, other.answer, older)).toBe(
            reference.answerLevel(line.answer, other.answer, older),
          )
          expect(answerLevel(line.answer, line.answer, older)).toBe(3)
        }
      })
    }
  })
})
