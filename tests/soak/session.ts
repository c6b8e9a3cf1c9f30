// One session: a world, random inputs one after another, and what must hold of it all the while and at its end.

import { ApiError } from '../../src/api/errors.ts'
import type { Fault } from '../../src/cluster/fault.ts'
import type { Pod } from '../../src/kinds/schema/types.ts'
import type { Untimed, WorldInput } from '../../src/lesson/input.ts'
import { World } from '../../src/lesson/world.ts'
import { webOf } from '../web-deployment.ts'
import { Choose } from './choose.ts'
import { command } from './commands.ts'
import { patchedText } from './damage.ts'
import { manifestText } from './manifests.ts'

export type Finding = {
  readonly kind: 'throw' | 'hang' | 'wedged' | 'unequal' | 'words'
  readonly what: string
  /** The input at which it came, counted from 0; the last one where it showed at the end. */
  readonly at: number
}

export interface Session {
  readonly inputs: readonly WorldInput[]
  readonly findings: readonly Finding[]
}

export interface Options {
  readonly seed: number
  readonly length: number
  /** CPU that this thread has had, in ms; none where nobody measures. */
  readonly cpu?: () => number
  /** How many times slower than usual the processor is just now: a busy machine is no finding. */
  readonly pace?: () => number
  /** It is played again, and must show the same bytes. */
  readonly again?: boolean
}

/** CPU in which nothing comes through to a world, ms. */
const longest = 500
const sliceMs = 20
const terminals = [1, 2]

/** Words that no tool says: JavaScript's own. */
const foreign =
  /internal error|Cannot (?:read|set) prop|is not a function|is not iterable|Maximum call stack|Invalid regular expression|\[object |\[native code\]|\bNaN\b|\bundefined\b(?! variable)|in JSON at position|Invalid (?:array|string) length|is not defined$|Cannot convert/m

const base = `${webOf('{name: c, image: nginx}')}---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 2
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: c, image: busybox, command: [sleep, '9999']}]}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: tick}
spec:
  schedule: '* * * * *'
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox, command: [date]}]}}}}
---
apiVersion: v1
kind: Pod
metadata: {name: a, labels: {app: web}}
spec: {containers: [{name: c, image: busybox, command: [sleep, '9999']}]}
`

function fault(choose: Choose): Fault {
  const node = choose.word('k8s-node1 k8s-master')
  const pod = choose.word('web db a nosuch')
  return choose.of<Fault>(
    { type: 'registry-down' },
    { type: 'registry-down', host: 'docker.io' },
    { type: 'node-lost', node: 'k8s-node1' },
    { type: 'kubelet-stopped', node },
    { type: 'slow-disk', node, factor: 5 },
    { type: 'dns-broken', how: choose.of('crash', 'servfail', 'silent') },
    { type: 'etcd-down' },
    { type: 'memory-leak', pod },
    { type: 'container-killed', pod },
  )
}

/** What comes next; it may look at the world, since what it chose is what is played again. */
function next(choose: Choose, world: World): Untimed<WorldInput> {
  const terminal = choose.of(...terminals)
  const open = world.editors.open.at(-1)
  if (open && choose.oneIn(2)) {
    const text = patchedText(choose, open.text)
    return { type: 'edited', file: open.file, ...(choose.oneIn(3) ? {} : { text }) }
  }
  const active = world.cluster.faults.active
  if (active.length && choose.oneIn(6)) return { type: 'repair', fault: choose.of(...active) }
  if (world.terminal(terminal).busy && choose.oneIn(2))
    return { type: choose.oneIn(6) ? 'end-of-input' : 'interrupt', terminal }
  const at = choose.below(40)
  if (at < 6) return { type: 'write', file: choose.of('m.yaml', 'n.yaml'), text: manifestText(choose) }
  if (at === 6) return { type: 'fault', fault: fault(choose) }
  if (at === 7 && choose.oneIn(2))
    return choose.of<Untimed<WorldInput>>(
      { type: 'add-node' },
      { type: 'load-balancer', on: choose.oneIn(2) },
      { type: 'metrics', on: !choose.oneIn(3) },
      { type: 'any-image', on: choose.oneIn(2) },
      { type: 'load', load: { pod: 'web', cpu: choose.of(0, 300, 5000) } },
    )
  return { type: 'input', terminal, text: command(choose) }
}

const waits = [0, 10, 200, 1000, 3000, 8000, 30_000]

class Run {
  readonly world: World
  readonly findings: Finding[] = []
  readonly #cpu: (() => number) | undefined
  readonly #pace: () => number
  #shown = ''
  #all = ''
  #at = 0

  constructor({ seed, cpu, pace = () => 1 }: Options) {
    this.#cpu = cpu
    this.#pace = pace
    this.world = new World({
      seed,
      files: { 'base.yaml': base, 'm.yaml': base },
      onError: (error, key) => {
        // A sync that the API refuses, and kinds that an owner names and nobody serves, are tried again: no fault.
        const again = error instanceof ApiError || /^no kind /.test((error as Error).message)
        if (key === 'event' || !again) this.find('throw', `${key}: ${(error as Error).stack ?? error}`)
      },
    })
    for (const id of terminals)
      this.world.terminal(id).onOutput = text => {
        this.#shown += text
        this.#all += `${id}>${text}`
      }
  }

  find(kind: Finding['kind'], what: string): void {
    this.findings.push({ kind, what, at: this.#at })
  }

  /** Everything that was shown. */
  get text(): string {
    return this.#all
  }

  /** Performs an input and lets time pass; what goes wrong becomes a finding. */
  perform(at: number, input: WorldInput, waitMs: number): void {
    this.#at = at
    this.#shown = ''
    try {
      this.#measured(() => this.world.apply(input))
      for (let left = waitMs; left > 0; left -= sliceMs)
        this.#measured(() => this.world.advance(Math.min(sliceMs, left)))
    } catch (error) {
      this.find('throw', String((error as Error).stack ?? error))
    }
    const words = foreign.exec(this.#shown)
    if (words && !(input.type === 'input' && foreign.test(input.text)))
      this.find('words', this.#shown.slice(Math.max(0, words.index - 200), words.index + 200))
  }

  #measured(act: () => void): void {
    const before = this.#cpu?.() ?? 0
    act()
    let took = (this.#cpu?.() ?? 0) - before
    if (took > longest) took /= this.#pace()
    if (took > longest) this.find('hang', `${Math.round(took)} ms`)
  }

  /** Ctrl-C ends what runs, and the controllers still do their work: in a namespace that nobody has touched. */
  end(): void {
    const { world } = this
    const { api, faults } = world.cluster
    for (const each of faults.active) world.repair(each)
    for (let i = 0; i < 4; i++)
      for (const id of terminals) {
        for (const { file } of world.editors.open) world.apply({ at: 0, type: 'edited', file })
        world.interrupt(id)
        world.advance(1500)
        // A shell that somebody has opened ends so.
        if (world.terminal(id).busy) world.endOfInput(id)
        world.advance(1500)
      }
    // Ctrl-C does nothing to a container's first process that has no handler for it.
    world.run('docker kill $(docker ps -q)')
    world.advance(3000)
    for (const id of terminals)
      if (world.terminal(id).busy) this.find('wedged', `terminal ${id} does not come back`)
    // Who took the controller manager away has taken the controllers away.
    const managers =
      api.handle({ method: 'GET', path: '/api/v1/namespaces/kube-system/pods' }).body.items ?? []
    const isUp = managers.some(
      ({ metadata, status }: Pod) =>
        metadata.name.startsWith('kube-controller-manager') &&
        status.containerStatuses?.every(each => each.ready),
    )
    if (!isUp) return
    const send = (path: string, body: object) => api.handle({ method: 'POST', path, body }).code
    if (send('/api/v1/namespaces', { metadata: { name: 'last' } }) !== 201) return
    world.advance(2000)
    const labels = { app: 'last' }
    const template = { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'nginx' }] } }
    const spec = { replicas: 2, selector: { matchLabels: labels }, template }
    const root = '/apis/apps/v1/namespaces/last'
    const codes = [
      send(`${root}/deployments`, { metadata: { name: 'last' }, spec }),
      send(`${root}/daemonsets`, { metadata: { name: 'last' }, spec: { selector: spec.selector, template } }),
      send(`${root}/statefulsets`, { metadata: { name: 'last' }, spec: { ...spec, serviceName: 'last' } }),
      send('/api/v1/namespaces/last/services', {
        metadata: { name: 'last' },
        spec: { selector: labels, ports: [{ port: 80 }] },
      }),
      send('/apis/batch/v1/namespaces/last/jobs', {
        metadata: { name: 'last' },
        spec: { template: { spec: { ...template.spec, restartPolicy: 'Never' } } },
      }),
    ]
    world.advance(40_000)
    const get = (path: string) => api.handle({ method: 'GET', path }).body
    const wrong = {
      deployment: get(`${root}/deployments/last`).status?.replicas !== 2,
      daemonset: get(`${root}/daemonsets/last`).status?.observedGeneration !== 1,
      statefulset: !(get(`${root}/statefulsets/last`).status?.replicas >= 1),
      endpoints: !get('/apis/discovery.k8s.io/v1/namespaces/last/endpointslices').items?.length,
      job: !get('/apis/batch/v1/namespaces/last/jobs/last').status?.startTime,
    }
    if (codes.some(code => code !== 201)) return
    const names = Object.entries(wrong).flatMap(([name, is]) => (is ? [name] : []))
    if (names.length) this.find('wedged', names.join(', '))
  }

  /** All there is: what was shown, and every object. */
  bytes(): string {
    const { stdout } = this.world.run(
      'kubectl get all,cm,secrets,endpointslices,events,nodes,pv,pvc -A -o yaml; ls -lR',
    )
    return this.#all + stdout
  }
}

/** How long the world is left alone after an input. */
function waited(inputs: readonly WorldInput[], i: number, endMs: number): number {
  return (inputs[i + 1]?.at ?? endMs) - inputs[i]!.at
}

/** Plays inputs as they are, up to a time. */
export function replay(
  inputs: readonly WorldInput[],
  options: Options,
  endMs = (inputs.at(-1)?.at ?? 0) + 5000,
): { findings: Finding[]; bytes: string } {
  const run = new Run(options)
  for (const [i, input] of inputs.entries()) run.perform(i, input, waited(inputs, i, endMs))
  run.end()
  return { findings: run.findings, bytes: run.bytes() }
}

/** Invents a session and plays it. */
export function play(options: Options): Session {
  const choose = new Choose(options.seed)
  const run = new Run(options)
  const inputs: WorldInput[] = []
  const perform = (each: Untimed<WorldInput>, waitMs: number) => {
    const input = { at: run.world.elapsed, ...each } as WorldInput
    inputs.push(input)
    run.perform(inputs.length - 1, input, waitMs)
  }
  perform({ type: 'input', terminal: 1, text: 'kubectl apply -f base.yaml' }, choose.of(2000, 15_000))
  while (inputs.length < options.length) perform(next(choose, run.world), choose.of(...waits))
  const ended = run.world.elapsed
  run.end()
  const findings = [...run.findings]
  if (options.again) {
    const bytes = run.bytes()
    const other = replay(inputs, { seed: options.seed, length: options.length }, ended).bytes
    if (bytes !== other)
      findings.push({ kind: 'unequal', what: difference(bytes, other), at: inputs.length - 1 })
  }
  return { inputs, findings }
}

function difference(a: string, b: string): string {
  let at = 0
  while (a[at] === b[at]) at++
  return `${JSON.stringify(a.slice(at - 60, at + 60))} … ${JSON.stringify(b.slice(at - 60, at + 60))}`
}
