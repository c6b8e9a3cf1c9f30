import { expect, test } from 'vitest'
import { ash, dash } from './dialect.ts'
import { runScript } from './run-script.ts'

test('Ctrl-C ends a loop without end, whatever is in it', () => {
  for (const script of [
    'while true; do :; done',
    'yes > /dev/null',
    'for ((;;)); do ((x++)); done',
    'f() { f & f; }; f',
    'sleep 100 | cat',
  ])
    expect([script, runScript(script, { interruptAt: 50 }).exit]).toEqual([script, 'SIGINT'])
})

test('a trap on INT runs after the foreground command has died, and the script goes on', () => {
  const { stdout, exit } = runScript("trap 'echo caught' INT; sleep 10; echo after $?", { interruptAt: 1000 })
  expect([stdout, exit]).toEqual(['caught\nafter 130\n', 0])
})

test('a reader that ends early ends its writers', () => {
  expect(runScript(`yes | head -2; echo \${PIPESTATUS[*]}`).stdout).toBe('y\ny\n141 0\n')
})

test('endless recursion and endless forking end with a message', () => {
  expect(runScript('f() { f; }; f').stderr).toMatch(
    /^bash: line 1: f: maximum function nesting level exceeded/,
  )
  expect(runScript('f() { f | f & }; f; sleep 40').stderr).toMatch(
    /fork: retry: Resource temporarily unavailable[\s\S]*fork: Resource temporarily unavailable/,
  )
})

test('pipelines stream: output appears while the writer still runs', () => {
  expect(
    runScript('(echo one; sleep 5; echo two) | while read x; do echo "$x at $SECONDS"; done').stdout,
  ).toBe('one at 0\ntwo at 5\n')
})

test('busybox words: not found, read-only', () => {
  const { stderr, exit } = runScript('nosuch; echo x > /no/where; cd /none; cat < gone', { dialect: ash })
  expect(stderr).toBe(
    "sh: nosuch: not found\nsh: can't create /no/where: nonexistent directory\nsh: cd: can't cd to /none: No such file or directory\nsh: can't open gone: no such file\n",
  )
  expect(exit).toBe(1)
})

test("the words of Debian's sh; every shell is called what it was called by", () => {
  const { stderr } = runScript('nosuch\necho x > /no/where; cat < gone; /bin/sh -c nosuch; sh /none.sh', {
    dialect: dash,
  })
  expect(stderr).toBe(
    'sh: 1: nosuch: not found\nsh: 2: cannot create /no/where: Directory nonexistent\nsh: 2: cannot open gone: No such file\n/bin/sh: 1: nosuch: not found\nsh: 0: cannot open /none.sh: No such file\n',
  )
  expect(runScript('/bin/sh -c nosuch; /bin/bash -c nosuch', { dialect: ash }).stderr).toBe(
    '/bin/sh: nosuch: not found\n/bin/bash: nosuch: not found\n',
  )
})

test('a shell that reads its input carries out each command as soon as it is whole', () => {
  const script = `{ echo 'x=1'; sleep 2; echo 'if [ $x = 1 ]'; sleep 1; echo 'then echo $SECONDS; read y; fi'; echo 'for read'; echo 'echo $y'; } | sh`
  expect(runScript(script).stdout).toBe('3\nfor read\n')
})

test('what grows without end ends in the words of a shell', () => {
  for (const [script, said] of [
    ['x=a; while true; do x=$x$x; done', 'bash: line 1: cannot allocate memory\n'],
    ['tail /dev/zero', 'tail: memory exhausted\n'],
  ])
    expect([script, runScript(script!).stderr]).toEqual([script, said])
})

test('a here-document that the end of the input ends is taken as it is, with a warning of bash', () => {
  expect(runScript('cat <<X\none\ntwo')).toEqual({
    stdout: 'one\ntwo\n',
    stderr: "bash: warning: here-document at line 1 delimited by end-of-file (wanted `X')\n",
    exit: 0,
  })
  expect(runScript('cat <<X').exit).toBe(0)
  expect(runScript('cat <<X\none', { dialect: ash }).stderr).toBe('')
})
