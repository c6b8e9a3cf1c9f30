// The tutor over commands that fail in a world: what it says is wrong, and that its way out leads on.
import { expect, test } from 'vitest'
import { errors } from '../../../content/errors/index.ts'
import { diagnosticsEn } from '../../i18n/diagnostics.en.ts'
import { tutorEn } from '../../i18n/lab/tutor.en.ts'
import { tutorZh } from '../../i18n/lab/tutor.zh.ts'
import type { Failure } from '../failure.ts'
import { Life } from '../life.ts'
import { createScript } from '../script.ts'
import type { Explanation } from './explanation.ts'
import { Surroundings } from './surroundings.ts'
import { foreignTools } from './tools.ts'
import { explain } from './tutor.ts'

const texts = {
  language: 'en',
  words: tutorEn,
  diagnostics: diagnosticsEn,
  known: Object.values(errors).flat(),
} as const

const pod = (name: string, more = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n  - name: app\n    image: nginx\n${more}`
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replica: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: web
        image: nginx
`
const files = {
  'pod.yaml': pod('web'),
  'two.yaml': pod('two', '  - name: side\n    image: nginx\n'),
  'bad.yaml': deployment,
  'good.yaml': deployment.replace('replica:', 'replicas:'),
  'other.yaml': deployment.replace('replica:', 'replicas:').replaceAll('app: web', 'app: shop'),
}

/** A world in which lines have been typed one after another; the failures in their order. */
class Reader {
  readonly life: Life

  constructor() {
    const lesson = { transcript: '', minutes: 1, level: 1, needs: [], exercises: {} } as never
    this.life = new Life(createScript({ id: 'a/b', lesson, files, transcript: '', version: 'test' }))
  }

  type(line: string, ms = 5000): readonly Failure[] {
    const from = this.life.screens.read(0).end
    this.life.begin({ at: 0, type: 'input', terminal: 1, text: line })
    this.life.advance(ms)
    return this.life.screens
      .read(from)
      .shown.flatMap(each => (each.type === 'failed-command' ? each.failure : []))
  }

  /** The failure of a line, explained. */
  ask(line: string, ms?: number): Explanation & { wrongWord: string; text: string; cure: string } {
    const failure = this.type(line, ms).at(-1)
    if (!failure) throw new Error(`did not fail: ${line}`)
    const explanation = explain(failure, new Surroundings(this.life.world, 1), texts)
    const { wrong, paragraphs, actions } = explanation
    const put = actions.find(each => each.type === 'put')
    return {
      ...explanation,
      wrongWord: wrong ? line.slice(wrong.from, wrong.to) : '',
      text: paragraphs.join('\n'),
      cure: put?.type === 'put' ? put.line : '',
    }
  }
}

const cases: readonly [command: string, wrong: string, cure: string][] = [
  // programs
  ['kubect get pods', 'kubect', 'kubectl get pods'],
  ['kubectl get pods | grpe web', 'grpe', 'kubectl get pods | grep web'],
  ['get pods -A', 'get', 'kubectl get pods -A'],
  ['$ kubectl get pods', '$', 'kubectl get pods'],
  ['helm install web ./chart', 'helm', 'kubectl apply -f '],
  ['minikube start', 'minikube', 'kubectl get nodes'],
  ['k9s', 'k9s', 'kubectl get pods -A'],
  ['docker-compose up -d', 'docker-compose', 'docker run '],
  ['apt install jq', 'apt', 'help'],
  ['sudo kubectl get nodes', 'sudo', 'kubectl get nodes'],
  ['crictl ps', 'crictl', 'ssh k8s-master crictl ps'],
  ['kustomize build .', 'kustomize', 'kubectl kustomize build .'],
  ['kubectl get pods，', '，', 'kubectl get pods,'],
  ['kubectl get pods —n default', '—', 'kubectl get pods -n default'],
  ['cat pod.yml', 'pod.yml', 'cat pod.yaml'],
  ['ssh k8s-nod1 hostname', 'k8s-nod1', 'ssh k8s-node1 hostname'],
  // commands, flags, types
  ['kk gett pods', 'gett', 'kk get pods'],
  ['kubectl list pods', 'list', 'kubectl get pods'],
  ['kubectl rollout undoo deployment/web', 'undoo', 'kubectl rollout undo deployment/web'],
  [
    'kubectl create deploymnet shop --image=nginx',
    'deploymnet',
    'kubectl create deployment shop --image=nginx',
  ],
  ['kubectl get pods --namspace=default', '--namspace', 'kubectl get pods --namespace=default'],
  ['kubectl get pods -namespace default', '-namespace', 'kubectl get pods --namespace default'],
  ['kubectl get pods --replicas=2', '--replicas', 'kubectl get --help'],
  ['kubectl get pods -n', '-n', 'kubectl get pods -n '],
  ['kubectl create deployment shop', '', 'kubectl create deployment shop --image=nginx'],
  ['kk get podz', 'podz', 'kk get pods'],
  ['kk get deploymnets', 'deploymnets', 'kk get deployments'],
  ['kubectl get pods -o yml', 'yml', 'kubectl get pods -o yaml'],
  ['kubectl explain pod.spec.continers', 'continers', 'kubectl explain pod.spec'],
  // objects
  ['kubectl get pod wep', 'wep', 'kubectl get pod web'],
  ['kubectl describe pod/wep', 'wep', 'kubectl describe pod/web'],
  ['kubectl logs wep', 'wep', 'kubectl logs web'],
  ['kubectl get pod web -n kube-sytem', 'kube-sytem', 'kubectl get pod web -n kube-system'],
  ['kubectl get pods -n kube-sytem', 'kube-sytem', 'kubectl get pods -n kube-system'],
  ['kubectl get pod etcd-k8s-master', 'etcd-k8s-master', 'kubectl get pod etcd-k8s-master -n kube-system'],
  ['kubectl get pod coredns -n kube-system', 'coredns', ''],
  ['kubectl get pod shop', 'shop', 'kubectl get pods -A'],
  ['kubectl apply -f pod.yml', 'pod.yml', 'kubectl apply -f pod.yaml'],
  ['kubectl config use-context prod', 'prod', 'kubectl config use-context kubernetes-admin@kubernetes'],
  ['kubectl logs web -c ap', 'ap', 'kubectl logs web -c app'],
  ['kubectl set image pod/web ap=nginx:1.27', 'ap', 'kubectl set image pod/web app=nginx:1.27'],
  // how a command is called
  ['kubectl exec web ls', 'ls', 'kubectl exec web -- ls'],
  ['kubectl exec web', '', 'kubectl exec web -- ls'],
  ['kubectl delete pod', 'pod', 'kubectl get pod'],
  ['kubectl get pods pod/web', 'pods', 'kubectl get pod/web'],
  ['kubectl logs', '', 'kubectl logs --help'],
  ['kubectl logs web --previous', '--previous', 'kubectl logs web'],
  ['kubectl create -f pod.yaml', 'create', 'kubectl apply -f pod.yaml'],
  ['kubectl run web --image=nginx', 'web', 'kubectl get pods web'],
  ['kubectl drain k8s-node1', '', 'kubectl drain k8s-node1 --ignore-daemonsets --force'],
  ['kubectl get pods --as=bob', 'bob', 'kubectl auth can-i --list --as=bob -n default'],
  ['docker imagse', 'imagse', 'docker images'],
]

test.each(cases)('%s: %s is wrong', (command, wrong, cure) => {
  const reader = new Reader()
  reader.type('kubectl apply -f pod.yaml', 10_000)
  const said = reader.ask(command)
  expect(said.wrongWord).toBe(wrong)
  if (cure) expect(said.cure).toBe(cure)
  else expect(said.cure).toMatch(/coredns-\w+-\w+ -n kube-system$/)
  expect(said.text).not.toMatch(/\{\w+\}|undefined/)
  expect(said.text).not.toContain(tutorEn.unknown)
})

test('a field that is misspelt: the line of the file, and what it becomes; mended, it applies', () => {
  const reader = new Reader()
  const said = reader.ask('kk apply -f bad.yaml')
  expect(said.source).toEqual({
    file: 'bad.yaml',
    lines: [
      { number: 5, text: 'spec:', tone: 'same' },
      { number: 6, text: '  replica: 2', tone: 'out' },
      { number: 6, text: '  replicas: 2', tone: 'in' },
    ],
  })
  expect(said.text).toContain('replicas')
  const [first] = said.actions
  if (first?.type !== 'mend') throw new Error('not mended')
  expect(first.line).toBe('kk apply -f bad.yaml')
  reader.life.begin({ at: 0, type: 'write', file: first.file, text: first.text })
  expect(reader.type(first.line)).toEqual([])
})

test('what the server alone refuses: the field’s line, and the way to change it all the same', () => {
  const reader = new Reader()
  reader.type('kubectl apply -f good.yaml')
  const said = reader.ask('kubectl apply -f other.yaml')
  expect(said.source?.lines.find(each => each.tone === 'out')?.text).toBe('  selector:')
  expect(said.cure).toBe('kubectl replace --force -f other.yaml')
  expect(reader.type(said.cure)).toEqual([])
})

test('that nothing was changed is said only where it is so', () => {
  const reader = new Reader()
  expect(reader.ask('kubectl get pod nope').text).toContain(tutorEn.unchanged)
  // The first of two objects is made before the second is refused.
  const half = reader.ask('kubectl create -f pod.yaml -f two.yaml -f pod.yaml')
  expect(half.text).not.toContain(tutorEn.unchanged)
  // What the cluster does meanwhile is none of the command's doing.
  expect(reader.ask('sleep 60; kubectl get pod nope', 70_000).text).toContain(tutorEn.unchanged)
  expect(reader.ask('kubect get pods').text).not.toContain(tutorEn.unchanged)
})

test('conflict and refused connections', () => {
  const reader = new Reader()
  reader.type('kubectl apply -f pod.yaml; kubectl get pod web -o yaml > copy.yaml')
  reader.type('kubectl label pod web a=b')
  const said = reader.ask('kubectl replace -f copy.yaml')
  expect(said.text).toContain('resourceVersion')
  expect(said.cure).toBe('kubectl get -f copy.yaml -o yaml')
  reader.type('mv ~/.kube/config /tmp/')
  expect(reader.ask('kubectl get nodes').cure).toBe('ls -l ~/.kube')
})

test('a message that only shares words with one of the index is not explained as that one', () => {
  const reader = new Reader()
  const entryOf = (line: string) =>
    reader.ask(line).actions.flatMap(each => (each.type === 'index' ? [each.entry] : []))[0]
  for (const line of [
    'kubectl taint nodes k8s-node1 a-',
    'kubectl auth can-i',
    'kubectl debug nope',
    'docker stop nope',
    'docker pull nginx:9.99',
    'docker ps --al',
    'cd nope',
    'ls nope',
    'kubectl get nodes > /etc/x/y',
    'wget http://nope',
  ])
    expect([line, entryOf(line)]).toEqual([line, undefined])
  for (const line of ['kubectl aplly -f pod.yaml', 'kubectl rm pod web', 'kubectl GET pods'])
    expect([line, entryOf(line)]).toEqual([line, 'unknown-command'])
})

test('a value that a flag does not take, a program in a container that ends badly', () => {
  const reader = new Reader()
  expect(reader.ask('kubectl scale deployment web --replicas=three')).toMatchObject({
    wrongWord: '--replicas=three',
    text: expect.stringContaining('`--replicas` takes a whole number, and `three` is none.'),
  })
  expect(reader.ask('kubectl get pods --watch=perhaps').text).toContain('takes `true` or `false`')
  expect(reader.ask('kubectl wait pod/web --for=delete --timeout=long').text).toContain(
    'takes a time such as',
  )
  reader.type('kubectl run web --image=nginx', 10_000)
  const ended = reader.ask('kubectl exec web -- sh -c "rm -rf /tmp/x; exit 3"').text
  expect(ended).toContain('ended with 3')
  expect(ended).not.toContain(tutorEn.unchanged)
})

test('what ends well, is interrupted, or only finds nothing, is not asked about', () => {
  const reader = new Reader()
  for (const line of [
    'kubectl get nodes',
    'grep x pod.yaml',
    'false',
    'diff pod.yaml two.yaml',
    'kubectl get pods',
  ])
    expect(reader.type(line)).toEqual([])
  reader.life.begin({ at: 0, type: 'input', terminal: 1, text: 'kubectl get pods -w' })
  reader.life.advance(2000)
  const from = reader.life.screens.read(0).end
  reader.life.begin({ at: 0, type: 'interrupt', terminal: 1 })
  reader.life.advance(1000)
  expect(reader.life.screens.read(from).shown.map(each => each.type)).not.toContain('failed-command')
})

test.each(texts.known.map(each => [each.name, each.text]))('%s is found by its text', (name, text) => {
  const failure = { command: 'true', output: `${text}\n`, exitCode: 1, changed: false }
  const { actions } = explain(failure, new Surroundings(world(), 1), texts)
  expect(actions.at(-1)).toMatchObject({ type: 'index', entry: name })
})

let shared: Life['world'] | undefined
const world = () => (shared ??= new Reader().life.world)

test('no tool of the list is here, and what takes its place is', () => {
  const { programs } = new Surroundings(world(), 1)
  for (const [name, { line }] of foreignTools()) {
    expect(programs, name).not.toContain(name)
    if (line?.startsWith('ssh')) {
      const output = world().run(line.replace('@', name).replace('$', '--help'), { limitMs: 3000 })
      expect(output.stderr, name).not.toContain('command not found')
    } else if (line && line.trim() !== '$') expect(programs, name).toContain(line.split(' ')[0])
  }
})

test('both languages have the same places in their sentences', () => {
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort()
  for (const [code, text] of Object.entries(tutorEn.sentences))
    expect([...new Set(places(tutorZh.sentences[code as keyof typeof tutorEn.sentences]))], code).toEqual(
      expect.arrayContaining([...new Set(places(text))]),
    )
})
