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

test('faults name the file and the line', () => {
  expect(() => parseTranscript('$ echo', 'x')).toThrow('x:1: a command stands before the first step')
  expect(() => parseTranscript('## step: a\n# wiat 3s\n$ echo', 'x')).toThrow('x:2: unknown directive: wiat')
  expect(() => parseTranscript('## step: a\n# wait three\n$ echo', 'x')).toThrow('x:2: no duration: three')
  expect(() => parseTranscript('## step: a\n$ echo\n# wait 3s\n', 'x')).toThrow(
    'a directive stands before no command',
  )
})
