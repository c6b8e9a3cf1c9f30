import { expect, test } from 'vitest'
import { encodeJson, JsonError, parseJson } from './json.ts'

test('encodes as encoding/json does: sorted, with <, > and & escaped', () => {
  const value = { b: [1, { c: '<a> & "b"\u2028' }], a: null, e: {}, f: [], n: 1e21, skip: undefined }
  expect(encodeJson(value)).toBe(
    '{"a":null,"b":[1,{"c":"\\u003ca\\u003e \\u0026 \\"b\\"\\u2028"}],"e":{},"f":[],"n":1e+21}',
  )
  expect(encodeJson({ b: [1, 2], a: { c: '<' }, e: {} }, { indent: 4, plainHtml: true })).toBe(
    '{\n    "a": {\n        "c": "<"\n    },\n    "b": [\n        1,\n        2\n    ],\n    "e": {}\n}',
  )
})

test('faults have the words of encoding/json and the number of bytes read', () => {
  const fault = (text: string) => {
    try {
      return parseJson(text)
    } catch (error) {
      return error instanceof JsonError ? [error.message, error.bytes] : error
    }
  }
  const cases: [string, string, number][] = [
    ['{"a": 1,}', "invalid character '}' looking for beginning of object key string", 9],
    ['{"a" 1}', "invalid character '1' after object key", 6],
    ['{"a": 1 "b": 2}', `invalid character '"' after object key:value pair`, 9],
    ['{a: 1}', "invalid character 'a' looking for beginning of object key string", 2],
    ['[1 2]', "invalid character '2' after array element", 4],
    ['[1,]', "invalid character ']' looking for beginning of value", 4],
    ["{'a': 1}", "invalid character '\\'' looking for beginning of object key string", 2],
    ['{"a": tru}', "invalid character '}' in literal true (expecting 'e')", 10],
    ['{"a": 01}', "invalid character '1' after object key:value pair", 8],
    ['{"a": -}', "invalid character '}' in numeric literal", 8],
    ['{"a": "\\q"}', "invalid character 'q' in string escape code", 9],
    ['{"a": "x\n"}', "invalid character '\\n' in string literal", 9],
    ['{"中": 1，}', "invalid character 'ï' after object key:value pair", 10],
    ['{} x', "invalid character 'x' after top-level value", 4],
  ]
  expect(cases.map(([text]) => [text, ...(fault(text) as [string, number])])).toEqual(cases)
  expect(parseJson('{"b": 1, "__proto__": 2, "a": [true, "\\u4e2d"]}')).toEqual(
    JSON.parse('{"__proto__": 2, "a": [true, "中"], "b": 1}'),
  )
})
