import { expect, test } from 'vitest'
import { play } from './player.ts'
import { parseTranscript, withOutputs } from './transcript.ts'
import { World } from './world.ts'

const text = `### A remark.
## step: one
$ echo hello
hello

# write a.txt
| first
|
| last
# wait 2s
$ cat a.txt; printf 'no end'

## step: two
# terminal 2
# background
# for 3s
$ for i in 1 2 3 4 5
> do echo "$i at $SECONDS"; sleep 1; done

# terminal 1
# type from the keyboard
# end-of-input
$ cat; echo '$ like a prompt'; echo '# like a directive'; echo
`

test('outputs are written where they belong, and read back the same', () => {
  const transcript = parseTranscript(text, 'test.console')
  const commands = transcript.steps.flatMap(step => step.commands)
  const outputs = play(new World({ seed: 1 }), commands)
  const written = withOutputs(text, transcript, outputs)
  expect(written).toBe(`### A remark.
## step: one
$ echo hello
hello

# write a.txt
| first
|
| last
# wait 2s
$ cat a.txt; printf 'no end'
first

last
no end\\c

## step: two
# terminal 2
# background
# for 3s
$ for i in 1 2 3 4 5
> do echo "$i at $SECONDS"; sleep 1; done
1 at 0
2 at 1
3 at 2
^C

# terminal 1
# type from the keyboard
# end-of-input
$ cat; echo '$ like a prompt'; echo '# like a directive'; echo
from the keyboard
from the keyboard
\\$ like a prompt
\\# like a directive
\\
`)
  const again = parseTranscript(written, 'test.console').steps.flatMap(step => step.commands)
  expect(again.map(command => command.output)).toEqual(outputs)
})

test('what breaks, mends and changes the cluster are directives; a misspelt one is an error', () => {
  const commands = parseTranscript(
    `## step: one
# fault registry-down host=docker.io
# add-node
$ kubectl run web --image=nginx:1.27
pod/web created

# wait 1m
$ kubectl get pod web -o jsonpath='{.status.containerStatuses[0].state.waiting.reason}' | cut -c1-12
# repair registry-down host=docker.io
# wait 10m
$ kubectl get pods,nodes --no-headers | awk '{print $3}' | sort | uniq -c
`,
    'test.console',
  ).steps.flatMap(step => step.commands)
  expect(commands[0]!.before).toEqual([
    { type: 'act', act: { type: 'fault', fault: { type: 'registry-down', host: 'docker.io' } } },
    { type: 'act', act: { type: 'add-node' } },
  ])
  const outputs = play(new World({ seed: 1 }), commands)
  expect(outputs[1]).toMatch(/^(ErrImagePull|ImagePullBac)/)
  expect(outputs[2]).toContain('Running')
  const wrong = (line: string) => () => parseTranscript(`## step: a\n${line}\n$ echo`, 'x')
  expect(wrong('# fault registry-dwn')).toThrow('x:2: no such fault: registry-dwn')
  expect(wrong('# fault node-lost')).toThrow('x:2: node-lost needs node')
  expect(wrong('# fault etcd-down node=a')).toThrow('x:2: etcd-down knows no node')
  expect(wrong('# fault slow-disk factor=much')).toThrow('x:2: slow-disk: factor=much is no number')
  expect(wrong('# fault dns-broken how=odd')).toThrow('x:2: dns-broken: how is one of crash')
  expect(wrong('# metrics please')).toThrow('x:2: on or off, not please')
})

test('faults name the file and the line', () => {
  expect(() => parseTranscript('$ echo', 'x')).toThrow('x:1: a command stands before the first step')
  expect(() => parseTranscript('## step: a\n# wiat 3s\n$ echo', 'x')).toThrow('x:2: unknown directive: wiat')
  expect(() => parseTranscript('## step: a\n# wait three\n$ echo', 'x')).toThrow('x:2: no duration: three')
  expect(() => parseTranscript('## step: a\n$ echo\n# wait 3s\n', 'x')).toThrow(
    'a directive stands before no command',
  )
})
