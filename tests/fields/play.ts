// What the table of fields claims, seen from outside: a pod with the field runs differently from the same pod without it,
// and one with a field that is said to have no effect does not. What is compared is what a pod does and what is said of
// it (state, events, log, its processes' view), never the manifest.
import type { Event, Pod } from '../../src/kinds/schema/types.ts'
import { World } from '../../src/lesson/world.ts'

/** A field by its name in the table, with the two pods: without it, and with it. */
export interface Sample {
  readonly field: string
  readonly without: object
  readonly spec: object
}

/** What is there for all pods. */
const objects: object[] = [
  { kind: 'ConfigMap', metadata: { name: 'settings' }, data: { key: 'value' } },
  { kind: 'ConfigMap', metadata: { name: 'others' }, data: { another: 'value' } },
  { kind: 'ConfigMap', metadata: { name: 'pair' }, data: { a: 'one', b: 'another' } },
  { kind: 'Secret', metadata: { name: 'one' }, stringData: { key: 'value', more: 'values' } },
  { kind: 'Secret', metadata: { name: 'two' }, stringData: { another: 'value' } },
  ...['master', 'node1', 'node2', 'node3', 'node4', 'node5', 'node6'].map(node => ({
    kind: 'Pod',
    metadata: {
      name: `everywhere-${node}`,
      labels: { every: 'node', ...(node === 'node1' && { app: 'anchor' }) },
    },
    spec: {
      nodeName: `k8s-${node}`,
      containers: [
        {
          name: 'c',
          image: 'busybox',
          command: ['sleep', '3600'],
          ports: [{ containerPort: 80, hostPort: 8080 }],
        },
      ],
    },
  })),
  { kind: 'ServiceAccount', metadata: { name: 'other' } },
  { kind: 'Service', metadata: { name: 'link' }, spec: { ports: [{ port: 80 }], clusterIP: '20.1.9.9' } },
]
/** What a process of the container can see of its surroundings. */
const view =
  'id; cat /etc/os-release; pwd; hostname; hostname -f; tty; env | sort; cat /etc/hosts /etc/resolv.conf; grep -E "^(Cap|NoNew|Seccomp)" /proc/self/status; mount; cat /proc/1/cmdline; cat /sys/fs/cgroup/memory/memory.limit_in_bytes /proc/sys/kernel/shm_rmid_forced; ls -lRa /v /w; cut -d. -f2 /var/run/secrets/kubernetes.io/serviceaccount/token | base64 -d 2>/dev/null | grep -o "system:serviceaccount[^\\"]*"'
/** What differs from pod to pod in any case, or is the manifest again. */
const mask = (text: string, name: string) =>
  text
    .replaceAll(name, 'POD')
    .replace(/\b(20\.2|10\.0)\.\d+\.\d+\b/g, 'IP')
    .replace(/ (coredns|kube-proxy)-.*/g, ' LOG')
    .replace(/[0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replace(/\.\.20\d\d_[\d_.]+/g, 'DATA')
    .replace(/^ *\d+ (?=root|7 )/gm, 'PID ')
    .replace(/\bk8s-node\d\b/g, 'NODE')
    .replace(/\b\d\d:\d\d(:\d\d)?\b|\b\d+(\.\d+)?m?s\b|\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')

/** The samples whose pods differ in what they do. Throws where pods differ that are alike. */
export function acting(samples: readonly Sample[]): ReadonlySet<Sample> {
  const world = new World({ seed: 1, workers: 6 })
  world.run('kubectl label node k8s-node1 place=here')
  const names = new Map<string, string>()
  const nameOf = (spec: object, twin = '') => {
    const text = JSON.stringify(spec) + twin
    if (!names.has(text)) names.set(text, `pod-${1000 + names.size}`)
    return names.get(text)!
  }
  for (const { without, spec } of samples) for (const each of [without, spec]) nameOf(each)
  for (const { spec } of samples) nameOf(spec, ' ')
  const pods = [...names].map(([text, name]) => ({ kind: 'Pod', metadata: { name }, spec: JSON.parse(text) }))
  world.write(
    'all.yaml',
    [...objects, ...pods].map(each => JSON.stringify({ apiVersion: 'v1', ...each })).join('\n---\n'),
  )
  const { exit, stderr } = world.run('kubectl apply -f all.yaml')
  if (exit !== 0) throw new Error(stderr)
  world.advance(60_000)
  const listed = (kind: string) => JSON.parse(world.run(`kubectl get ${kind} -o json`).stdout).items
  const states = new Map((listed('pods') as Pod[]).map(pod => [pod.metadata.name, pod.status]))
  const events = listed('events') as Event[]
  const look = (name: string) => {
    const { phase, reason, conditions = [], containerStatuses = [] } = states.get(name)!
    const said = new Set(
      events
        .filter(
          each => each.involvedObject.name === name && !/^(Pulling|BackOff|Killing)$/.test(each.reason ?? ''),
        )
        .map(each =>
          /^(Pulled|FailedScheduling)$/.test(each.reason ?? '')
            ? each.reason
            : `${each.reason} ${each.message}`,
        ),
    )
    // What begins again and again is seen now in this state and now in that.
    const restarts = containerStatuses.some(
      c =>
        c.restartCount > 0 ||
        c.lastState?.terminated ||
        /CrashLoop|PostStart/.test(c.state?.waiting?.reason ?? ''),
    )
    const state = restarts
      ? containerStatuses.map(c => {
          const { exitCode, reason: why, message } = c.state?.terminated ?? c.lastState?.terminated ?? {}
          return [exitCode, why, message]
        })
      : [
          [phase, reason],
          conditions.map(c => [c.type, c.status, c.reason]),
          containerStatuses.map(c => [c.ready, c.state]),
        ]
    const script = `kubectl logs ${name}${restarts || phase !== 'Running' ? '' : `; kubectl exec ${name} -- sh -c '${view}'`}`
    const { stdout, stderr } = restarts ? { stdout: '', stderr: '' } : world.run(script)
    const lines = new Set(mask(stdout + stderr, name).split('\n'))
    return [mask(JSON.stringify([state, [...said].sort()]), name), ...[...lines].sort()].join('\n')
  }
  const looks = new Map([...names.values()].map(name => [name, look(name)]))
  const restless = samples.filter(({ spec }) => looks.get(nameOf(spec)) !== looks.get(nameOf(spec, ' ')))
  if (restless.length)
    throw new Error(
      `twins that do not look alike:\n${restless
        .map(
          ({ field, spec }) =>
            `${field}: ${difference(looks.get(nameOf(spec))!, looks.get(nameOf(spec, ' '))!)}`,
        )
        .join('\n')}`,
    )
  return new Set(
    samples.filter(({ without, spec }) => looks.get(nameOf(without)) !== looks.get(nameOf(spec))),
  )
}

/** The first lines that differ, from a little before where they do. */
function difference(one: string, other: string): string {
  const [a, b] = [one.split('\n'), other.split('\n')]
  const at = a.findIndex((line, i) => line !== b[i])
  const [x, y] = [a[at] ?? '', b[at] ?? '']
  let from = 0
  while (x[from] === y[from] && from < x.length) from++
  return [x, y].map(line => JSON.stringify(line.slice(Math.max(0, from - 80), from + 90))).join(' and ')
}
