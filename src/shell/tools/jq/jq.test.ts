// jq, by what its manual and people's scripts around kubectl say.
import { expect, test } from 'vitest'
import { runScript } from '../../run-script.ts'

const jq = (args: string, input: unknown = null) => {
  const { stdout, stderr, exit } = runScript(
    `cat > in <<'END'\n${typeof input === 'string' ? input : JSON.stringify(input)}\nEND\njq ${args} < in`,
  )
  return { out: stdout, err: stderr, exit }
}
const out = (args: string, input?: unknown) => jq(args, input).out.trimEnd()

const pods = {
  items: [
    {
      metadata: { name: 'web-1', labels: { app: 'web' } },
      status: { phase: 'Running', podIP: '20.2.1.2' },
      spec: { containers: [{ name: 'c', image: 'nginx:1.27' }] },
    },
    {
      metadata: { name: 'db-0', labels: { app: 'db' } },
      status: { phase: 'Pending' },
      spec: {
        containers: [
          { name: 'a', image: 'redis' },
          { name: 'b', image: 'busybox' },
        ],
      },
    },
  ],
}

test('what people do with kubectl -o json', () => {
  expect(out(`-r '.items[].metadata.name'`, pods)).toBe('web-1\ndb-0')
  expect(out(`-r '.items[] | select(.status.phase != "Running") | .metadata.name'`, pods)).toBe('db-0')
  expect(out(`-r '.items[] | "\\(.metadata.name): \\(.spec.containers | length)"'`, pods)).toBe(
    'web-1: 1\ndb-0: 2',
  )
  expect(out(`-c '[.items[] | {name: .metadata.name, ip: .status.podIP}]'`, pods)).toBe(
    '[{"name":"web-1","ip":"20.2.1.2"},{"name":"db-0","ip":null}]',
  )
  expect(
    out(
      `-r '.items[] | [.metadata.name, .status.phase, (.spec.containers | map(.image) | join(","))] | @tsv'`,
      pods,
    ),
  ).toBe('web-1\tRunning\tnginx:1.27\ndb-0\tPending\tredis,busybox')
  expect(
    out(`-c '.items | group_by(.status.phase) | map({phase: .[0].status.phase, count: length})'`, pods),
  ).toBe('[{"phase":"Pending","count":1},{"phase":"Running","count":1}]')
  expect(out(`-r '.items | sort_by(.metadata.name)[].metadata.name'`, pods)).toBe('db-0\nweb-1')
  expect(out(`-r '[.items[].spec.containers[].image] | unique | .[]'`, pods)).toBe(
    'busybox\nnginx:1.27\nredis',
  )
  expect(out(`-r '.items[] | .status.podIP // "none"'`, pods)).toBe('20.2.1.2\nnone')
  expect(out(`-r --arg app db '.items[] | select(.metadata.labels.app == $app).metadata.name'`, pods)).toBe(
    'db-0',
  )
  expect(out(`-c '.items[0].metadata.labels | to_entries'`, pods)).toBe('[{"key":"app","value":"web"}]')
  expect(out(`-c '.data | map_values(@base64d)'`, { data: { user: 'YWRtaW4=', pw: 'cGFzcw==' } })).toBe(
    '{"user":"admin","pw":"pass"}',
  )
  expect(out(`-r '.items[] | select(.metadata.name | test("^web")) | .metadata.name'`, pods)).toBe('web-1')
  expect(
    out(`-c 'del(.items[0].spec, .items[1]) | .items[0].metadata.labels.tier = "front" | .items[0]'`, pods),
  ).toBe(
    '{"metadata":{"name":"web-1","labels":{"app":"web","tier":"front"}},"status":{"phase":"Running","podIP":"20.2.1.2"}}',
  )
  expect(out(`'.items | length'`, pods)).toBe('2')
})

test('the language', () => {
  const cases: [string, unknown, string][] = [
    ['.', { a: [1, { b: null }] }, '{"a":[1,{"b":null}]}'],
    ['.a.b.c', { a: null }, 'null'],
    ['.["a-b"], ."a-b"', { 'a-b': 1 }, '1\n1'],
    ['.[1:], .[-1], .[:1]', [1, 2, 3], '[2,3]\n3\n[1]'],
    ['[.[] | . * 2]', [1, 2], '[2,4]'],
    ['.[] as [$a, $b] | {a: $a, b: $b}', [[1, 2]], '{"a":1,"b":2}'],
    ['. as {a: $x, $b} | [$x, $b]', { a: 1, b: 2 }, '[1,2]'],
    ['if . > 2 then "big" elif . > 1 then "mid" else "small" end', 2, '"mid"'],
    ['reduce .[] as $x (0; . + $x)', [1, 2, 3], '6'],
    ['[foreach .[] as $x (0; . + $x)]', [1, 2, 3], '[1,3,6]'],
    ['def f(x): x * 2; f(.)', 4, '8'],
    ['def fac: if . <= 1 then 1 else . * (. - 1 | fac) end; fac', 5, '120'],
    ['[.[] | try error("x") catch .]', [1], '["x"]'],
    ['[.[]?]', 3, '[]'],
    ['.a += 1 | .b |= . * 2 | .c //= 5', { a: 1, b: 2 }, '{"a":2,"b":4,"c":5}'],
    ['with_entries(.value += 1)', { a: 1 }, '{"a":2}'],
    ['[paths]', { a: [1] }, '[["a"],["a",0]]'],
    ['[limit(3; range(10))]', null, '[0,1,2]'],
    ['[.[] | tostring, tojson]', [1, 'a'], '["1","1","a","\\"a\\""]'],
    ['add, min, max, (map(. > 1) | any, all)', [1, 2], '3\n1\n2\ntrue\nfalse'],
    ['flatten, (.[1] | reverse)', [1, [2, 3]], '[1,2,3]\n[3,2]'],
    [
      'ltrimstr("a"), split("b"), ascii_upcase, (capture("(?<x>b)").x)',
      '"abc"',
      '"bc"\n["a","c"]\n"ABC"\n"b"',
    ],
    ['sub("(?<n>\\\\d+)"; "[\\(.n)]")', '"a12"', '"a[12]"'],
    ['@csv, @sh', ['a b', 1], '"\\"a b\\",1"\n"\'a b\' 1"'],
    ['walk(if type == "number" then . + 1 else . end)', [1, { a: 2 }], '[2,{"a":3}]'],
    ['[.. | numbers]', [1, [2]], '[1,2]'],
    ['has("a"), (keys | contains(["a"]))', { a: 1 }, 'true\ntrue'],
    ['input', '1 2', '2'],
    ['first(.[]), ([.[] | select(. > 1)] | last)', [1, 2, 3], '1\n3'],
    ['1 as $x | 2 as $y | [$x, $y]', null, '[1,2]'],
    ['{(.k): 1, "x\\(.k)": 2, k}', { k: 'a' }, '{"a":1,"xa":2,"k":"a"}'],
    ['fromdate, (0 | todate)', '"2026-11-23T09:30:00Z"', '1795426200\n"1970-01-01T00:00:00Z"'],
    ['(-(1)), 7 % 3, 1 / 4', null, '-1\n1\n0.25'],
    ['.[0] | not', [false], 'true'],
    ['$ENV.HOME, env.HOME', null, '"/root"\n"/root"'],
  ]
  for (const [filter, input, expected] of cases)
    expect(out(`-c '${filter.replaceAll("'", `'\\''`)}'`, input), filter).toBe(expected)
})

test('options and errors', () => {
  expect(out("-n -r --args '$ARGS.positional[1]' a b")).toBe('b')
  expect(out("-s -c '.'", '1 2')).toBe('[1,2]')
  expect(out('-R .', 'a b')).toBe('"a b"')
  expect(out('-S -c .', { b: 1, a: 2 })).toBe('{"a":2,"b":1}')
  expect(out('.', { a: [] })).toBe('{\n  "a": []\n}')
  expect(jq('-e .a', { a: null }).exit).toBe(1)
  expect(jq("'.a'", [1])).toMatchObject({
    err: 'jq: error (at <stdin>:1): Cannot index array with "a"\n',
    exit: 5,
  })
  expect(jq("'.[] | foo'", [1])).toMatchObject({ exit: 3 })
  expect(jq("'.['", 1)).toMatchObject({ exit: 3 })
  expect(jq("'.a | '", 1).err).toContain('jq: error: syntax error, unexpected end of file')
  expect(jq('.', '{"a": nope}')).toMatchObject({
    err: expect.stringContaining('jq: parse error: Invalid literal at line 1'),
    exit: 2,
  })
  expect(jq("'def f: 1 + f; f'", 1)).toMatchObject({ exit: 5 })
  expect(jq("'until(false; . + 1)'", 1)).toMatchObject({ exit: 5 })
  expect(runScript("jq -n '[0 | recurse(. + 1)]'", { interruptAt: 50 }).exit).toBe('SIGINT')
})

test('recurse, repeat, while and until go on for as long as a loop does', () => {
  const cases: [string, unknown, string][] = [
    ['[0 | until(. > 20000; . + 1)]', null, '[20001]'],
    ['[0 | while(. < 20000; . + 1)] | length', null, '20000'],
    ['[limit(5; repeat("x"))]', null, '[null,"x","x","x","x"]'],
    ['[limit(20000; recurse(. + 1))] | last', 0, '19999'],
    ['{n: 0} | until(.n == 9000; .n += 1)', null, '{"n":9000}'],
    ['[while(. < 20; .*2, .*3)]', 1, '[1,2,4,8,16,12,6,12,18,3,6,12,18,9,18]'],
    ['[until(. > 3; .+1, .+2)]', 0, '[4,5,4,4,5,4,5,4]'],
    ['[until((. > 3), true; .+1)]', 1, '[4,4,3,2,1]'],
    ['[recurse(select(. < 10) | .+3, .*2)]', 2, '[2,5,8,11,16,10,4,7,10,14,8,11,16]'],
    ['[recurse(. * .; . < 100)]', 2, '[2,4,16]'],
    ['[path(recurse(.[]?; . != 2))]', [[1, [2]]], '[[],[0],[0,0],[0,1]]'],
    ['path(until(type == "number"; .[0]))', [[3]], '[0,0]'],
    ['def length: 1, 2; [while(. < 3; . + length)]', 1, '[1,2]'],
  ]
  for (const [filter, input, expected] of cases)
    expect([filter, out(`-c '${filter}'`, input)]).toEqual([filter, expected])
  // One that never ends is told so, however it waits.
  for (const filter of ['[recurse(. + 1, .)]', 'last(repeat(.))', 'until(false; ., .)'])
    expect([filter, jq(`'${filter}'`, 1).err]).toEqual([filter, expect.stringContaining('stopped: ')])
})
