import { describe, expect, test } from 'vitest'
import type { Lesson } from '../../src/lesson/lesson.ts'
import { parseTranscript } from '../../src/lesson/transcript.ts'
import { inPlace, sameOnCluster, withNamespace } from './compare.ts'
import { onlyLooks } from './looks.ts'
import { planOf, type RealCluster } from './plan.ts'

const cluster: RealCluster = {
  nodes: ['kind-control-plane', 'kind-worker'],
  workers: 1,
  namespaces: ['default', 'kube-system', 'mine'],
  metrics: false,
  exists: name => name === 'clusterroles/view',
}
const files = {
  'web.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: a, image: nginx}]}\n',
  'pinned.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: pinned}\nspec: {nodeName: k8s-node1}\n',
  'team.yaml':
    'apiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: reader}\n',
}
const plan = (lines: string, lesson: Partial<Lesson> = {}, more: Partial<RealCluster> = {}) =>
  planOf(
    lesson,
    parseTranscript(`## step: a\n${lines.trim()}\n`, 'x.console').steps.flatMap(step => step.commands),
    files,
    { ...cluster, ...more },
  )
const reason = (line: string): string | undefined => plan(`$ ${line}`).skipped[0]

describe('what is left out, and why', () => {
  test('addresses that are known within the cluster only, where this machine would ask them', () => {
    const told = 'asks an address that is known within the cluster only'
    const { skipped } = plan(
      "$ IP=$(kk get service web -o jsonpath='{.spec.clusterIP}')\n$ for i in 1 2; do curl -s $IP:80; done | uniq\n$ kk exec web -- curl -s $IP\n$ echo $IP",
    )
    expect(skipped).toEqual([undefined, told, undefined, undefined])
    expect(reason("curl -s $(kk get pods -o jsonpath='{.items[0].status.podIP}'):80")).toBe(told)
    expect(reason('curl -s localhost:8001/version')).toBeUndefined()
  })

  test('machines, runtimes and addresses of this course', () => {
    expect(reason('ssh k8s-node1 crictl ps')).toBe('needs a shell on this course’s nodes (ssh)')
    expect(reason('docker ps')).toContain('container runtime')
    expect(reason('curl 192.168.255.100:30080')).toContain('nodes by their addresses')
    expect(reason('kubectl get pod web -o wide | grep 20.2.1.7')).toContain('an address of this course')
    expect(reason('kk describe node k8s-node1')).toBe('names k8s-node1, a node of this course’s cluster')
    expect(reason('kk apply -f pinned.yaml')).toBe('names k8s-node1, a node of this course’s cluster')
    expect(plan('$ kk describe node k8s-node1', {}, { nodes: ['k8s-node1'] }).skipped).toEqual([undefined])
  })

  test('what tells of the reader’s own cluster', () => {
    for (const line of [
      'kk config view',
      'kk config current-context',
      'kubectl cluster-info',
      'kubectl version',
    ])
      expect(reason(line), line).toContain('yours are others')
    expect(reason("kk config view --minify -o jsonpath='{..namespace}'")).toBeUndefined()
    expect(reason('kk get nodes')).toBeUndefined()
    const nodes = ['a', 'b', 'c']
    expect(plan('$ kk get nodes', {}, { nodes }).skipped).toEqual(['lists 2 nodes, yours has 3'])
    const spread = '$ kk get pods -o custom-columns=NODE:.spec.nodeName'
    expect(plan(spread).skipped).toEqual([undefined])
    expect(plan(spread, {}, { workers: 3 }).skipped).toEqual([
      'tells who runs where on one worker, yours has 3',
    ])
    expect(plan('$ kk get events\n0/2 nodes are available: 1 Insufficient cpu.').skipped[0]).toContain(
      'how large they are',
    )
  })

  test('what would change something that is not its own', () => {
    expect(reason('kk drain kind-worker')).toBe('would change nodes of your cluster')
    expect(reason('kk label node kind-worker disk=ssd')).toBe('would change nodes of your cluster')
    expect(reason('kk delete pods -A --all')).toBe('would change what is in every namespace')
    expect(reason('kk -n kube-system rollout restart deployment/coredns')).toContain('namespace kube-system')
    expect(reason('kk delete storageclass standard')).toBe('would change storageclasses that are not its own')
    expect(reason('kk delete namespace mine')).toBe('would change namespaces that are not its own')
    expect(reason('kk delete pods --all -n default')).toBe(undefined)
  })

  test('its own things it may change', () => {
    const { skipped, namespaces, clusterWide } = plan(
      '$ kk apply -f team.yaml\n$ kk -n team apply -f web.yaml\n$ kk delete clusterrole reader\n$ kk delete namespace team\n$ kk get pods -A | wc -l',
    )
    expect(skipped).toEqual([undefined, undefined, undefined, undefined, undefined])
    expect(namespaces).toEqual(['team'])
    expect(clusterWide).toEqual(['clusterroles/reader'])
  })

  test('what follows from something that was left out', () => {
    expect(plan('$ X=$(ssh k8s-node1 hostname)\n$ echo $X\n$ echo on').skipped).toEqual([
      'needs a shell on this course’s nodes (ssh)',
      'needs $X, which was left out',
      undefined,
    ])
    expect(
      plan('$ kk get pods\n# fault registry-down host=docker.io\n$ kk get pods\n$ kk get pods').skipped,
    ).toEqual([
      undefined,
      'follows what is only in the simulator: fault',
      'follows what is only in the simulator: fault',
    ])
  })

  test('what would be otherwise without something that was left out', () => {
    const stop = 'ssh k8s-node1 systemctl stop kubelet'
    const told = 'needs a shell on this course’s nodes (ssh)'
    const after = `follows \`${stop}\`, which was left out`
    expect(
      plan(`$ ssh k8s-node1 crictl ps\n$ kk get pods\n$ ${stop}\n$ kk get pods\n$ kk get nodes`).skipped,
    ).toEqual([told, undefined, told, after, after])
    expect(plan('$ docker ps\n$ kk get pods').skipped[1]).toBeUndefined()
    const refused =
      '$ kk delete namespace default\nError from server (Forbidden): namespaces "default" is forbidden'
    expect(plan(`${refused}\n$ kk get pods`).skipped[1]).toBeUndefined()
    expect(plan('$ docker run -d -p 3000:3000 hellok8s\n$ curl localhost:3000').skipped[1]).toContain(
      'docker run',
    )
    expect(plan('$ kk apply -f pinned.yaml\n$ kk get pods').skipped[1]).toContain('pinned.yaml')
  })

  test('what follows a wait for which nobody stays', () => {
    const lines = '# wait 9m\n$ kk get pods\n# wait 1h30m\n$ kk get pods\n$ kk get pods\n'
    const commands = parseTranscript(`## step: a\n${lines}`, 'x.console').steps[0]!.commands
    const left = 'follows a wait of 1 h 30 min: --patience 90 has it'
    expect(planOf({}, commands, files, cluster, 600_000).skipped).toEqual([undefined, left, left])
    expect(planOf({}, commands, files, cluster, 5_400_000).skipped).toEqual([undefined, undefined, undefined])
  })

  test('whole lessons whose world the cluster is not', () => {
    expect(plan('$ kk get pods', { ingressController: true }).refused).toContain('ingress-nginx')
    expect(plan('$ kk top pods', { metrics: true }).refused).toBe('needs a metrics server')
    expect(plan('$ kk top pods', { metrics: true }, { metrics: true }).refused).toBe(undefined)
    expect(plan('$ kk get pods', { workers: 3 }).refused).toBe('needs 3 worker nodes, yours has 1')
    expect(plan('$ kk create namespace mine').refused).toBe(
      'would make the namespace mine, which is there already',
    )
    expect(plan('$ kk apply -f team.yaml', {}, { exists: () => true }).refused).toBe(
      'would make clusterroles/reader, which is there already',
    )
    expect(plan('$ kk get pods', { start: ['ssh k8s-node1 true', 3] }).refused).toContain('begins with `ssh')
  })
})

test('names and addresses of the places are no difference, anything else is', () => {
  const [command] = parseTranscript(
    '## step: a\n$ kk get pods -o wide\nNAME   READY   STATUS    RESTARTS   AGE   IP         NODE\nweb    1/1     Running   0          5s    20.2.1.7   k8s-node1\n',
    'x.console',
  ).steps[0]!.commands
  const places = { nodes: ['kind-worker', 'kind-worker2'], namespace: 'examples-1', context: 'kind' }
  const came = (status: string) =>
    `NAME   READY   STATUS    RESTARTS   AGE   IP            NODE\nweb    1/1     ${status}   0          12s   10.244.1.23   kind-worker2\n`
  expect(sameOnCluster(command!, came('Running'), places)).toBe(true)
  expect(sameOnCluster(command!, came('Pending'), places)).toBe(false)
  const [mirror] = parseTranscript(
    '## step: a\n$ kk get pods -n kube-system -o name | grep etcd\npod/etcd-k8s-master\n',
    'x.console',
  ).steps[0]!.commands
  expect(sameOnCluster(mirror!, 'pod/etcd-kind-worker\n', places)).toBe(true)
})

test('the namespace of the play stands for default, both ways', () => {
  expect(withNamespace('kk get pods -n default; kk -n defaults get cm', 'e-1')).toBe(
    'kk get pods -n e-1; kk -n defaults get cm',
  )
  expect(withNamespace('metadata:\n  namespace: default\n', 'e-1')).toBe('metadata:\n  namespace: e-1\n')
  expect(inPlace('default   Active   9d\ne-1       Active   5s\n', { namespace: 'e-1' })).toBe(
    'default   Active   9d\n',
  )
  expect(inPlace('pod "a" deleted from e-1 namespace\n', { namespace: 'e-1' })).toBe(
    'pod "a" deleted from default namespace\n',
  )
})

test('a service’s name is that of the play’s own namespace; older kubectls say less of what they delete', () => {
  expect(withNamespace('curl web.default.svc.cluster.local', 'mine-1')).toBe(
    'curl web.mine-1.svc.cluster.local',
  )
  const [command] = parseTranscript(
    '## step: a\n$ kk delete pod web\npod "web" deleted from default namespace\n',
    'x.console',
  ).steps.flatMap(step => step.commands)
  const places = { nodes: [], namespace: 'mine-1', context: 'kind' }
  expect(sameOnCluster(command!, 'pod "web" deleted\n', places)).toBe(true)
  expect(sameOnCluster(command!, 'pod "web" deleted from mine-1 namespace\n', places)).toBe(true)
  expect(sameOnCluster(command!, 'pod "db" deleted\n', places)).toBe(false)
})

test('what only looks may be asked again, nothing else', () => {
  const looks = [
    'kk get pods -o wide | grep web | wc -l',
    "kk describe $(kk get pods -o name | head -n 1) | grep -A 12 '^Events'",
    'kk -n shop get pods 2> /dev/null',
    'kk exec box -- nslookup web | tail -1',
    'kk logs web --tail=1; kk config view',
    'curl -s localhost:3000; echo',
  ]
  const acts = [
    'kk get pods --watch',
    'kk logs -f web',
    'kk get pods -o yaml > pods.yaml',
    'IP=$(kk get service web -o jsonpath={.spec.clusterIP})',
    'kk delete $(kk get pods -o name | head -n 1)',
    'kk exec box -- sh -c "echo a"',
    'kk exec box -- touch x',
    'for i in 1 2; do curl -s localhost:3000; done',
    'curl -X POST localhost:3000',
    'kk rollout restart deployment/web',
    'kk config set-context --current --namespace=shop',
  ]
  expect([...looks, ...acts].filter(onlyLooks)).toEqual(looks)
})

test('of what is watched only the end counts, and of what is measured no number', () => {
  const same = (line: string, printed: string, came: string) => {
    const [command] = parseTranscript(`## step: a\n$ ${line}\n${printed}`, 'x.console').steps[0]!.commands
    return sameOnCluster(command!, came, { nodes: [], namespace: 'mine-1', context: 'kind' })
  }
  const rows = (...states: string[]) =>
    `${['NAME   READY', ...states.map(each => `web    ${each}`)].join('\n')}\n^C\n`
  expect(same('kk get pods --watch', rows('0/1', '1/1'), rows('0/1', '0/1', '1/1'))).toBe(true)
  expect(same('kk get pods --watch', rows('0/1', '1/1'), rows('1/1', '0/1'))).toBe(false)
  expect(same('kk get pods', rows('0/1'), rows('1/1'))).toBe(false)
  const done = 'deployment "web" successfully rolled out\n'
  expect(same('kk rollout status deployment/web', `Waiting for deployment "web" …\n${done}`, done)).toBe(true)
  expect(same('kk rollout status deployment/web', done, 'error: timed out waiting for the condition\n')).toBe(
    false,
  )
  expect(same('kk top pods', 'NAME   CPU(cores)\nweb    1m\n', 'NAME   CPU(cores)\nweb    12m\n')).toBe(true)
  expect(same('kk top pods', 'NAME   CPU(cores)\nweb    1m\n', 'error: Metrics API not available\n')).toBe(
    false,
  )
  expect(same('kk get hpa', 'web   cpu: 0%/50%\n', 'web   cpu: 3%/50%\n')).toBe(true)
  expect(same('kk exec db -- cat ledger', 'opened on 09:30:17\n', 'opened on 11:40:40\n')).toBe(true)
  expect(same('kk get hpa', 'web   cpu: 0%/50%\n', 'web   cpu: <unknown>/50%\n')).toBe(false)
})
