// What could hang a shell, or make it fill the memory: each ends, or ends at Ctrl-C, in the words of the tool.
import { expect, test } from 'vitest'
import { runScript } from './run-script.ts'

const as = `$(printf 'a%.0s' $(seq 40))!`

test('expressions that make an engine explode are matched in linear time', () => {
  for (const script of [
    `echo "${as}" | grep -E '^(a+)+$'`,
    `echo "${as}" | grep -Ec '(a|a)*$x'`,
    `echo "${as}" | sed -nE '/^(a+)+$/p'`,
    `[[ "${as}" =~ ^(a+)+$ ]]`,
    `echo "${as}" | awk '/^(a+)+$/'`,
    `expr "${as}" : '\\(a*\\)*b'`,
    `x="${as}"; case $x in *a*a*a*a*a*a*a*a*a*a*a*a*b) ;; esac`,
    `x="${as}${as}${as}"; echo "\${x//*a*a*a*a*b/}"`,
    `for i in $(seq 300); do echo "${as}"; done > f; grep -E '^(a+)+$' f`,
  ])
    expect([script, runScript(script)]).toEqual([
      script,
      { stdout: expect.any(String), stderr: '', exit: expect.any(Number) },
    ])
})

test('to trim a long text takes one look at it', () => {
  const { stdout } = runScript(`x=$(seq 30000); y=\${x#*9999}; z=\${x%%1*}; echo \${#x} \${#y} \${#z}`)
  expect(stdout).toBe('168893 120006 0\n')
})

test('what no engine can match in time ends in the words of the tool', () => {
  expect(runScript(`echo "${as}" | grep -P '^(a+)+\\1$'`)).toEqual({
    stdout: '',
    stderr: "grep: (standard input): exceeded PCRE's backtracking limit\n",
    exit: 2,
  })
  expect(runScript(`echo "${as}" | grep -E '^(a+)+\\1$'`).stderr).toBe('grep: memory exhausted\n')
  expect(runScript(`echo "${as}" | sed -E 's/^(a+)+\\1$//'`).stderr).toBe('sed: memory exhausted\n')
})

test('expressions that make no sense are named as GNU names them', () => {
  const { stderr } = runScript(
    `echo x | grep '\\(a'; echo x | grep -E 'a{2,1}'; echo x | grep '[:space:]'; echo x | sed 's/\\(a/b/'; echo x | sed 's/a\\{2/b/'; echo x | sed -E 's/a/\\2/'; x='('; [[ a =~ $x ]]; echo $?`,
  )
  expect(stderr).toBe(
    [
      'grep: Unmatched ( or \\(',
      'grep: Invalid content of \\{\\}',
      'grep: character class syntax is [[:space:]], not [:space:]',
      'sed: -e expression #1, char 8: Unmatched ( or \\(',
      'sed: -e expression #1, char 9: Unmatched \\{',
      "sed: -e expression #1, char 7: invalid reference \\2 on `s' command's RHS",
      '',
    ].join('\n'),
  )
})

test('jq rests between the values that flow through a program, and bounds what it runs at once', () => {
  for (const program of [
    '[range(1e12)]',
    'reduce range(1e12) as $i (0; . + $i)',
    'range(1e12) | select(false)',
  ])
    expect([program, runScript(`jq -n '${program}'`, { interruptAt: 20 }).exit]).toEqual([program, 'SIGINT'])
  for (const [program, said] of [
    ['map(range(1e12) | select(false))', 'stopped: this program goes on'],
    ['"x" * 1e9', 'memory exhausted'],
    ['[.] | .[1e9] = 1', 'Array index too large'],
    ['def f: f; f', 'stopped: this program goes too deep'],
    ['"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" | test("^(a+)+\\\\1$")', 'takes too long to match'],
  ])
    expect([program, runScript(`jq -n '[1] | ${program}'`, { interruptAt: 500 }).stderr]).toEqual([
      program,
      expect.stringContaining(said!),
    ])
  expect(
    runScript(`jq -nc '"aaaa!" | test("^(a+)+$")' -; jq -nc '"😀b"[0:1], ("你b" | match("b").offset)'`)
      .stdout,
  ).toBe('false\n"😀"\n1\n')
})

test('jq and awk count how deep a program goes, and end in their own words', () => {
  const nested = (open: string, close: string, count: number) =>
    `${open.repeat(count)}1${close.repeat(count)}`
  const jq = [
    ['(', ')'],
    ['[', ']'],
    ['{a:', '}'],
    ['if . then ', ' else 2 end'],
    ['try ', ''],
    ['1 as $x | ', ''],
    ['reduce . as $x (0; ', ')'],
    ['"\\(', ')"'],
    ['1|', ''],
    ['1//', ''],
    ['1+', ''],
  ] as const
  for (const [open, close] of jq) {
    expect([open, runScript(`jq -n '${nested(open, close, 60)}'`).stderr]).toEqual([open, ''])
    const { stderr, exit } = runScript(`jq -n '${nested(open, close, 3000)}'`)
    expect([open, stderr.split('\n')[0], exit]).toEqual([
      open,
      'jq: error: memory exhausted at <top-level>, line 1:',
      3,
    ])
  }
  expect(runScript(`echo '${'['.repeat(256)}${']'.repeat(256)}' | jq -c . | wc -c`).stdout).toBe('513\n')
  expect(runScript(`echo '${'['.repeat(257)}${']'.repeat(257)}' | jq -c .`)).toEqual({
    stdout: '',
    stderr: 'jq: parse error: Exceeds depth limit for parsing at line 1, column 257\n',
    exit: 2,
  })
  const recursive = (n: number) =>
    runScript(`jq -n 'def f($n): if $n == 0 then 0 else 1 + f($n - 1) end; f(${n})'`)
  expect(recursive(200).stdout).toBe('200\n')
  expect(recursive(3000).stderr).toBe('jq: error: stopped: this program goes too deep\n')

  for (const program of [
    (count: number) => `print ${nested('(', ')', count)}`,
    (count: number) => nested('{', '}', count),
    (count: number) => `${'if (1) '.repeat(count)} print 1`,
    (count: number) => `print ${'- '.repeat(count)} 1`,
    (count: number) => `print ${'1^'.repeat(count)}1`,
  ]) {
    expect(runScript(`awk 'BEGIN { ${program(80)} }'`).stderr).toBe('')
    expect(runScript(`awk 'BEGIN { ${program(3000)} }'`)).toEqual({
      stdout: '',
      stderr: expect.stringContaining('awk: line 1: syntax error at or near '),
      exit: 2,
    })
  }
  const calls = (n: number, more = '') =>
    runScript(`awk 'function f(x${more}) { return x <= 1 ? 1 : x * f(x - 1) } BEGIN { print f(${n}) }'`)
  expect(calls(170).stdout).toBe('7.25742e+306\n')
  for (const { stderr, exit } of [calls(1000), calls(150, ', a, b, c, d, e, g, h')])
    expect([stderr, exit]).toEqual(['awk: program limit exceeded: eval stack size=1024\n', 2])
})

test('a file that is doubled without end fills the disk, and what is removed makes room again', () => {
  const { stdout, stderr } = runScript(
    'seq 100000 > f; for i in 1 2 3 4 5 6 7 8; do cat f f > g || break; mv g f; done; echo $i; rm f g; echo x > h && cat h',
  )
  expect([stdout, stderr]).toEqual(['7\nx\n', 'cat: write error: No space left on device\n'])
})

test('bytes in bulk take time: who doubles a file gives way to a Ctrl-C, or ends with the disk', () => {
  const doubling = 'seq 100000 > f; while cat f f > g; do mv g f; done'
  expect(runScript(doubling, { interruptAt: 20 }).exit).toBe('SIGINT')
  expect(runScript(`${doubling}; echo $?`)).toEqual({
    stdout: '0\n',
    stderr: 'cat: write error: No space left on device\n',
    exit: 0,
  })
  // 9 MB: read in pieces, or written at once.
  const write = `awk 'BEGIN { printf "%9000000s", "" }'`
  for (const move of [
    'cat f > g',
    'cat < f | cat > g',
    'x=$(cat f)',
    `${write} > g`,
    `${write} | tail -c 1`,
  ]) {
    const { stdout } = runScript(
      `${write} > f; a=$(date +%s%3N); ${move}; b=$(date +%s%3N); echo "" $((b - a))`,
    )
    const took = Number(stdout.split(' ').at(-1))
    expect([move, took >= 8 && took < 80]).toEqual([move, true])
  }
})

test('nesting without end is refused in the words of bash, however deep the text or the calls', () => {
  const many = (text: string) => text.repeat(10_000)
  const refused = (token: string) => `near unexpected token \`${token}`
  for (const [script, said] of [
    [`echo $((${many('(')}1${many(')')}))`, 'expression recursion level exceeded'],
    [`${many('{ ')} echo; ${many('}; ')}`, refused("{'")],
    [`${many('( ')} echo ${many(') ')}`, refused("('")],
    [`${many('if true; then ')} echo; ${many('fi; ')}`, refused("if'")],
    [`${many('case x in x) ')} echo; ${many(';; esac ')}`, refused("case'")],
    [`[[ ${many('( ')} x ${many(') ')} ]]`, refused("('")],
    [`echo ${many('$(')}x${many(')')}`, refused('$')],
    [`echo "${many('$(echo "')}x${many('")')}"`, refused('$')],
    [`echo ${many('${x:-')}b${many('}')}`, refused('${x')],
    [`echo ${'$(('.repeat(3000)}1${'))'.repeat(3000)}`, refused('$')],
    [`echo ${many('{a,')}b${many('}')}`, 'cannot allocate memory'],
    ['echo {1..1000000000}', 'cannot allocate memory'],
    ['a[999999999]=1', 'cannot allocate memory'],
    [`[ ${many('\\( ')} x ${many('\\) ')} ]`, 'too many arguments'],
    ['f() { f; }; f', 'f: maximum function nesting level exceeded'],
    ['f() { x="$(f)"; }; f', 'cannot allocate memory'],
    ['x=x+1; echo $((x))', 'expression recursion level exceeded'],
    ['f=\'eval "$f"\'; eval "$f"', 'cannot allocate memory'],
    ["echo '. ./s' > s; . ./s", 'cannot allocate memory'],
    ["echo 'bash ./s' > s; bash ./s", 'fork: Resource temporarily unavailable'],
    [`mkdir -p ${many('a/')}`, 'File name too long'],
  ] as const)
    expect([script.slice(0, 60), runScript(script).stderr]).toEqual([
      script.slice(0, 60),
      expect.stringContaining(said),
    ])
  expect(
    runScript(`${many('! ')}true; echo $((${'-'.repeat(20_001)}1)); [ ${many('! ')}x ]; echo $?`),
  ).toEqual({
    stdout: '-1\n0\n',
    stderr: '',
    exit: 0,
  })
})

test('arithmetic is that of 64 bits, and what is not needed does nothing', () => {
  const { stdout } = runScript(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
    'echo $((2**63)) $((9223372036854775807+1)) $((1<<64)) $((7>>65)) $((-7/2)) $((-7%3)) $((0 && (y=5))) ${y:-unset} $((1?2:3/0)) $((36#Z)) $((--3))',
  )
  expect(stdout).toBe('-9223372036854775808 -9223372036854775808 1 3 -3 -1 0 unset 2 35 3\n')
})

test('awk, mapfile and wide formats hold only so much', () => {
  expect(runScript(`awk 'BEGIN { x = sprintf("%1000000s", ""); for (;;) a[i++] = x }'`).stderr).toBe(
    'awk: memory exhausted\n',
  )
  expect(runScript("awk 'BEGIN { NF = 1e9 }'").stderr).toBe('awk: memory exhausted\n')
  expect(runScript("printf '%1000000000s' x").stderr).toContain('memory exhausted')
})

test('text is cut by characters, and by bytes where bash counts bytes', () => {
  const { stdout } = runScript(
    `x='a😀b'; echo \${#x} \${x:1:1}; echo "$x" | awk '{ printf "%.2s|%3s|%c\\n", $0, "😀", "😀" }'; printf '%.5s|%6s|\\n' "$x" 😀; printf -v y %s "$x"; echo $y`,
  )
  expect(stdout).toBe('3 😀\na😀|  😀|😀\na😀|  😀|\na😀b\n')
})

test("exit in a script's last trap ends it", () => {
  expect(runScript("trap 'f' EXIT; f() { exit 3; }; exit").exit).toBe(3)
})

test('a fork bomb smoulders: each process waits ever longer for room, as in bash', () => {
  const { stdout, stderr, exit } = runScript('f() { f & f & }; f; sleep 30; echo over')
  expect([stdout, exit]).toEqual(['over\n', 0])
  expect(stderr.split('\n').length).toBeLessThan(10_000)
})
