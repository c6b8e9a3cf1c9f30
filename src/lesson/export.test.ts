import { expect, test } from 'vitest'
import { exportScript } from './export.ts'
import { History } from './history.ts'
import type { Input } from './input.ts'
import { createScript } from './script.ts'

const words = {
  head: '{place}, {version}',
  terminal: 'terminal {n}',
  passed: '{time} pass',
  onlyHere: 'only here: {what}',
  edited: 'edited: {file}',
  interrupted: 'Ctrl-C after {time}',
}
const files = { 'web.yaml': 'kind: Pod\n', 'other.yaml': 'kind: Secret\n', 'dir/a.txt': 'END\nno end' }
const transcript = `## step: first
# write new.yaml
| kind: ConfigMap
# wait 3s
$ kubectl apply -f web.yaml
# fault registry-down host=docker.io
# for 5s
$ kubectl get pods -w
`
const script = createScript({
  id: '01-a/01-b',
  lesson: { transcript: 'x.console', exercises: [] },
  files,
  transcript,
  version: '1',
})

function exported(inputs: readonly Input[]): string {
  const history = new History(script.header)
  for (const each of inputs) history.add(each)
  return exportScript(history.path(), script, words)
}
const head = `#!/usr/bin/env bash
# 01-a/01-b, 1
k() { kubectl "$@"; }; export -f k
kk() { kubectl "$@"; }; export -f kk
`

test('commands in their order, files as they were, and as remarks what no cluster can do', () => {
  expect(
    exported([
      { at: 0, type: 'next' },
      { at: 0, type: 'next' },
      { at: 20_000, type: 'write', file: 'web.yaml', text: 'kind: Job\n' },
      { at: 20_000, type: 'input', terminal: 1, text: 'kk apply -f web.yaml' },
      { at: 21_000, type: 'repair', fault: { type: 'registry-down', host: 'docker.io' } },
      { at: 22_000, type: 'input', terminal: 2, text: "kk logs -f it's" },
      { at: 26_000, type: 'interrupt', terminal: 2 },
      { at: 27_000, type: 'input', terminal: 2, text: 'kk get pods -w' },
    ]),
  ).toBe(`${head}cat > 'new.yaml' <<'END'
kind: ConfigMap
END
sleep 3
cat > 'web.yaml' <<'END'
kind: Pod
END
kubectl apply -f web.yaml
# only here: fault registry-down host=docker.io
timeout -s INT 5 bash -c 'kubectl get pods -w' || true
# 20 s pass
cat > 'web.yaml' <<'END'
kind: Job
END
kk apply -f web.yaml
# only here: repair registry-down host=docker.io
# terminal 2
# Ctrl-C after 4 s
timeout -s INT 4 bash -c 'kk logs -f it'\\''s' || true
kk get pods -w &
`)
})

test('a file without an end of its last line stays so, and no line of it ends it', () => {
  expect(exported([{ at: 0, type: 'input', terminal: 1, text: 'cat ./dir/*' }])).toBe(`${head}mkdir -p 'dir'
printf %s "$(cat <<'END_1'
END
no end
END_1
)" > 'dir/a.txt'
cat ./dir/*
`)
})

test('what was typed to a shell in a pod is what that shell reads', () => {
  expect(
    exported([
      { at: 0, type: 'input', terminal: 1, text: 'kubectl exec -it web -- sh' },
      { at: 1000, type: 'input', terminal: 1, text: 'hostname' },
      { at: 2000, type: 'input', terminal: 1, text: 'exit' },
      { at: 3000, type: 'input', terminal: 1, text: 'vi web.yaml' },
      { at: 4000, type: 'edited', file: '/home/learner/k8s/web.yaml', text: 'kind: Pod # mine\n' },
      { at: 5000, type: 'input', terminal: 1, text: 'kubectl edit pod web' },
      { at: 6000, type: 'edited', file: '/tmp/kubectl-edit-1.yaml', text: 'a\nb\n' },
    ]),
  ).toBe(`${head}kubectl exec -i web -- sh <<'END'
hostname
exit
END
# vi web.yaml
cat > 'web.yaml' <<'END'
kind: Pod # mine
END
# kubectl edit pod web
# edited: /tmp/kubectl-edit-1.yaml
#   a
#   b
`)
})

test('what ends by itself does not swallow what is typed after it', () => {
  const lines = [
    'sed -i s/v1/v2/ x.yaml',
    'kk get events | grep -i failed',
    'ssh k8s-node1 systemctl stop kubelet',
    'kk exec -it web -- curl -s localhost:3000',
    'docker exec -it web ls',
    'hostname',
  ]
  const inputs = lines.map((text, i): Input => ({ at: i, type: 'input', terminal: 1, text }))
  expect(exported(inputs)).toBe(`${head}${lines.join('\n')}\n`)
  for (const line of [
    'ssh k8s-node1',
    'kubectl exec --stdin --tty web -- /bin/bash',
    'bash',
    'docker run -it busybox',
    'docker exec -it web sh',
  ])
    expect(exported([{ ...inputs[0]!, text: line } as Input, inputs[5]!]), line).toContain(
      "<<'END'\nhostname\nEND\n",
    )
})

test('a line that somebody made to be slow to read is read like any other', () => {
  const slow = [`ssh ${' '.repeat(60_000)}\nx y`, 'logs '.repeat(12_000)]
  const inputs = Array.from(
    { length: 60 },
    (_, i): Input => ({ at: 0, type: 'input', terminal: 2, text: slow[i % 2]! }),
  )
  expect(exported(inputs).length).toBeGreaterThan(3_000_000)
})
