import { describe, expect, test } from 'vitest'
import { CelError, type CelScope } from './cel.ts'
import { evaluator } from './evaluator.ts'
import { Authorizer, ResourceCheck } from './questions.ts'
import { celValue, escapeName, jsonValue } from './values.ts'

const anything: CelScope = { variables: { object: 'dyn', self: 'dyn' } }
const object = {
  metadata: { name: 'web', labels: { app: 'web', 'a.b/c': '1' } },
  spec: {
    replicas: 3,
    containers: [
      { name: 'a', image: 'nginx:1.27', resources: { limits: { memory: '128Mi' } } },
      { name: 'b' },
    ],
  },
}
const run = (expression: string, value: unknown = object) => {
  try {
    return jsonValue(evaluator.evaluate(expression, { object: celValue(value) }))
  } catch (error) {
    if (error instanceof CelError) return `error: ${error.message}`
    throw error
  }
}

describe('expressions', () => {
  test.each([
    ['object.spec.replicas <= 5', true],
    ['has(object.spec.containers[0].image) && !has(object.spec.containers[1].image)', true],
    ['object.spec.containers.all(c, c.name != "" && has(c.name))', true],
    ['object.spec.?nodes.orValue(7)', 7],
    ['object.metadata.labels["a.b/c"] == "1"', true],
    ['object.spec.containers.map(c, c.name).join(",")', 'a,b'],
    ['object.spec.nope > 1', 'error: no such key: nope'],
    ['object.spec.containers[5].name', 'error: index out of bounds: 5'],
    ['object.spec.replicas / 0 == 1', 'error: division by zero'],
    ['object.spec.replicas + "a"', 'error: no such overload'],
    [
      'Object{spec: Object.spec{replicas: object.spec.replicas + 1, ?paused: optional.none()}}',
      { spec: { replicas: 4 } },
    ],
    [
      '[JSONPatch{op: "add", path: "/metadata/labels/" + jsonpatch.escapeKey("a/b"), value: "x"}]',
      [{ op: 'add', path: '/metadata/labels/a~1b', value: 'x' }],
    ],
    ['quantity(object.spec.containers[0].resources.limits.memory).isLessThan(quantity("1Gi"))', true],
    ['quantity("1500m").isInteger()', false],
    ['quantity("1").add(quantity("500m")) == quantity("1500m")', true],
    ['isQuantity("1 Gi")', false],
    ['"nginx:1.27".find("[0-9.]+")', '1.27'],
    ['[3, 1, 2].max() + [1, 2].sum()', 6],
    ['[1, 2, 2].isSorted() && [1, 2].indexOf(2) == 1', true],
    ['sets.contains(["a", "b"], ["a"]) && !sets.intersects(["a"], ["b"])', true],
    ['url("https://example.com:8443/a?b=c").getPort()', '8443'],
    ['isURL("no url")', false],
    ['cidr("10.0.0.0/8").containsIP("10.1.2.3") && ip("127.0.0.1").isLoopback()', true],
    ['"%s has %d of %.1f".format(["web", 3, 2.5])', 'web has 3 of 2.5'],
    ['"a-b".replace("-", "_").upperAscii().charAt(1)', '_'],
    ['timestamp("2026-11-23T00:00:00Z") < timestamp("2026-11-24T00:00:00Z")', true],
    ['cel.bind(n, object.spec.replicas, n * n)', 9],
  ])('%s', (expression, value) => expect(run(expression)).toEqual(value))

  test('the authorizer is asked with what its methods gathered', () => {
    const asked: unknown[] = []
    const authorizer = new Authorizer(question => asked.push(question) > 0)
    const expression =
      'authorizer.group("apps").resource("deployments").namespace("dev").check("create").allowed()'
    expect(evaluator.evaluate(expression, { authorizer })).toBe(true)
    expect(asked).toEqual([{ group: 'apps', resource: 'deployments', namespace: 'dev', verb: 'create' }])
    Object.assign(authorizer, { requestResource: new ResourceCheck(() => false) })
    expect(evaluator.evaluate('authorizer.requestResource.check("x").allowed()', { authorizer })).toBe(false)
  })

  test('numbers of a schema are doubles, names are escaped as Kubernetes does it', () => {
    expect(celValue({ a: 1, 'b-c': 2 }, { properties: { a: { type: 'number' }, 'b-c': {} } })).toEqual({
      a: 1,
      b__dash__c: 2n,
    })
    expect(escapeName('namespace')).toBe('__namespace__')
    expect(escapeName('a__b.c')).toBe('a__underscores__b__dot__c')
  })
})

describe('what the compiler says', () => {
  const said = (expression: string, scope = anything, result: 'bool' | 'string' | 'any' = 'bool') =>
    evaluator.check(expression, scope, result)
  const primaries =
    "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}"
  const typed: CelScope = {
    types: { Self: { replicas: 'int', name: 'string', tags: 'list<string>' } },
    variables: { self: 'Self' },
  }

  test.each([
    ['object.spec.replicas <=', `1:24: Syntax error: mismatched input '<EOF>' expecting ${primaries}`],
    ['* object', `1:1: Syntax error: extraneous input '*' expecting ${primaries}`],
    ['(object.a', "1:10: Syntax error: missing ')' at '<EOF>'"],
    ['object.a object', "1:10: Syntax error: extraneous input 'object' expecting <EOF>"],
    ['objekt.a == 1', "1:1: undeclared reference to 'objekt' (in container '')"],
    ['fun(object)', "1:4: undeclared reference to 'fun' (in container '')"],
    ["1 + 'a' == 2", "1:3: found no matching overload for '_+_' applied to '(int, string)'"],
    ['has(object)', '1:4: invalid argument to has() macro'],
  ])('%s', (expression, message) =>
    expect(said(expression)?.split('\n')[0]).toBe(`compilation failed: ERROR: <input>:${message}`),
  )

  test('shows the line and the place', () =>
    expect(said('true &&\nobject.a ==')).toBe(
      `compilation failed: ERROR: <input>:2:12: Syntax error: mismatched input '<EOF>' expecting ${primaries}\n | object.a ==\n | ...........^`,
    ))
  test('goes on behind a character that begins nothing', () =>
    expect(said('object.a = 5')).toBe(
      "compilation failed: ERROR: <input>:1:10: Syntax error: token recognition error at: '= '\n | object.a = 5\n | .........^\nERROR: <input>:1:12: Syntax error: extraneous input '5' expecting <EOF>\n | object.a = 5\n | ...........^",
    ))
  test.each(['('.repeat(5000), `${'!'.repeat(5000)}true`, `${'1+'.repeat(20_000)}1 > 0`])(
    'says of what is too deep that it is',
    expression => expect(said(expression)).toContain('expression recursion limit exceeded: 250'),
  )
  test('knows the types of a definition', () => {
    expect(said('self.replica > 1', typed)).toContain("<input>:1:5: undefined field 'replica'")
    expect(said('has(self.tag)', typed)).toContain("<input>:1:9: undefined field 'tag'")
    expect(said('self.name > 1', typed)).toContain(
      "<input>:1:11: found no matching overload for '_>_' applied to '(string, int)'",
    )
    expect(said('self.tags.all(t, t.startsWith("a"))', typed)).toBeUndefined()
    expect(said('self.replicas', typed)).toBe('must evaluate to bool')
  })
})
