import { expect, it } from 'vitest'
import {
  canonicalQuantity,
  compareQuantities,
  quantityMilliValue,
  quantityValue,
  tryParseQuantity,
} from './quantity.ts'

it('writes quantities in their canonical form', () => {
  const forms = {
    '0.5': '500m',
    '1000m': '1',
    '1024Mi': '1Gi',
    '1.5Gi': '1536Mi',
    '0.1': '100m',
    '1e3': '1e3',
    '100000': '100k',
    '12e6': '12e6',
    '1000Ki': '1000Ki',
    '123456789': '123456789',
    '-2Gi': '-2Gi',
    '0Mi': '0',
    '1.': '1.',
    '+5': '+5',
    '.5': '500m',
    '1023Mi': '1023Mi',
    '0.3Mi': '314572800m',
    '1n': '1n',
    '0.1n': '1n',
    '5E': '5E',
  }
  expect(Object.fromEntries(Object.keys(forms).map(text => [text, canonicalQuantity(text)]))).toEqual(forms)
})

it('refuses what is no number, and suffixes that do not exist', () => {
  expect(tryParseQuantity('')).toContain('quantities must match')
  expect(tryParseQuantity('1 Gi')).toContain('quantities must match')
  expect(tryParseQuantity('1Kb')).toContain('quantities must match')
  expect(tryParseQuantity('1KM')).toBe("unable to parse quantity's suffix")
})

it('compares and counts, rounding up', () => {
  expect(compareQuantities('1Gi', '1000Mi')).toBeGreaterThan(0)
  expect(compareQuantities('1', '1000m')).toBe(0)
  expect(quantityValue('1500m')).toBe(2)
  expect(quantityMilliValue('100u')).toBe(1)
})
