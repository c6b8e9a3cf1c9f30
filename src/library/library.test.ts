import { describe, expect, test } from 'vitest'
import { webOf } from '../../tests/web-deployment.ts'
import { createWorld, playTranscript, replay, WorldError } from './index.ts'

const deployment = (image: string, replicas = 2) => webOf(`{name: web, image: '${image}'}`, replicas)
/** A definition of a kind that is stored and not served. */
const unserved = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: sheep.farm.example.com}
spec:
  group: farm.example.com
  scope: Namespaced
  names: {plural: sheep, kind: Sheep}
  versions: [{name: v1, served: false, storage: true, schema: {openAPIV3Schema: {type: object}}}]
`
const thrown = (call: () => unknown): string => {
  try {
    call()
  } catch (error) {
    expect(error).toBeInstanceOf(WorldError)
    return (error as Error).message
  }
  return 'nothing was thrown'
}

describe('a command', () => {
  test('has its output apart and as a terminal shows it, and its exit code', () => {
    const world = createWorld()
    const { stdout, stderr, output, exitCode } = world.run('echo good; ls /nowhere; echo end')
    expect(stdout).toBe('good\nend\n')
    expect(stderr).toBe("ls: cannot access '/nowhere': No such file or directory\n")
    expect(output).toBe(`good\n${stderr}end\n`)
    expect(exitCode).toBe(0)
    expect(world.run('kubectl get pod nobody')).toMatchObject({
      stdout: '',
      stderr: 'Error from server (NotFound): pods "nobody" not found\n',
      exitCode: 1,
    })
  })

  test('finds what those before it left in the shell', () => {
    const world = createWorld({ files: { 'a/b.txt': 'text\n' } })
    world.run('cd a; x=7')
    expect(world.run('pwd; echo $x; cat b.txt').stdout).toBe('/home/learner/k8s/a\n7\ntext\n')
    expect(world.run("cat <<'END'\none\ntwo\nEND").output).toBe('one\ntwo\n')
  })

  test('is ended by its time, by Ctrl-C where that is asked for', () => {
    const world = createWorld()
    const before = world.elapsed
    expect(world.run('sleep 60', { limit: { seconds: 2 } }).exitCode).toBe(null)
    expect(world.elapsed - before).toBeGreaterThanOrEqual(2)
    expect(world.elapsed - before).toBeLessThan(3)
    expect(world.run('kubectl get nodes -w', { for: { seconds: 3 } })).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/^NAME.*k8s-master.*\^C\n$/s),
    })
    expect(world.run('echo on').output).toBe('on\n')
  })

  test('reads lines, and saves what its editor is told', () => {
    const world = createWorld()
    world.apply(deployment('nginx:1.27'))
    world.run('kubectl rollout status deploy/web')
    const pod = world.objects('pods')[0]!.metadata.name
    const { output } = world.run(`kubectl exec -it ${pod} -- sh`, { input: ['echo in; exit 3'] })
    expect(output).toContain('in\n')
    const edited = world.run('kubectl edit deploy web', {
      edit: text => text.replace('replicas: 2', 'replicas: 3'),
    })
    expect(edited.output).toBe('deployment.apps/web edited\n')
    expect(world.object('deploy/web')!.spec.replicas).toBe(3)
    expect(world.run('kubectl edit deploy web', { edit: () => undefined }).output).toContain('Edit cancelled')
    expect(thrown(() => world.run('vi web.yaml'))).toContain(
      'It opened an editor on /home/learner/k8s/web.yaml',
    )
    expect(thrown(() => world.run('true', { input: ['for nobody'] }))).toContain('before it read line 1')
    expect(thrown(() => world.run("echo 'open"))).toContain('is not complete')
    expect(world.run('echo on').output).toBe('on\n')
  })

  test('goes on beside others', () => {
    const world = createWorld()
    const watch = world.start('kubectl get pods -w')
    world.apply(deployment('nginx:1.27', 1))
    world.until(() => watch.output.includes('Running'))
    expect(watch.running).toBe(true)
    expect(thrown(() => [1, 2, 3].map(() => world.start('sleep 60')))).toContain('3 commands go on already')
    expect(watch.stop()).toMatchObject({ exitCode: 1, output: expect.stringMatching(/ContainerCreating/) })
    expect(watch.running).toBe(false)
    expect(thrown(() => watch.type('late'))).toContain('it has ended')
  })
})

test('objects and events are told without a trace, as copies', () => {
  const world = createWorld({ workers: 3 })
  expect(world.objects('nodes').map(each => each.metadata.name)).toEqual([
    'k8s-master',
    'k8s-node1',
    'k8s-node2',
    'k8s-node3',
  ])
  world.apply(deployment('nginx:nonsense'))
  const event = world.until(() => world.events().find(each => each.reason === 'Failed'))
  expect(event).toMatchObject({ type: 'Warning', object: expect.stringMatching(/^Pod\/web-/), count: 1 })
  expect(event.first).toBeLessThanOrEqual(world.now)
  expect(world.objects('po', { labels: 'app=other' })).toEqual([])
  expect(world.objects('pods', { allNamespaces: true, labels: 'k8s-app=kube-dns' })).toHaveLength(2)
  expect(
    world.objects('pods', { namespace: 'kube-system', fields: 'spec.nodeName=k8s-node1' }).length,
  ).toBeGreaterThan(0)
  expect(world.object('deploy/nobody')).toBe(undefined)
  const mine = world.object('deployments.apps/web')!
  mine.spec.replicas = 99
  expect(world.object('deploy/web')).toMatchObject({ kind: 'Deployment', spec: { replicas: 2 } })
  expect(world.objects('deploy')[0]).toMatchObject({ apiVersion: 'apps/v1', kind: 'Deployment' })
})

test('kinds that a definition adds are found by their words', () => {
  const world = createWorld()
  world.apply(`apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: routes.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: routes, singular: route, kind: Route, shortNames: [rt]}
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
`)
  world.run('kubectl wait --for=condition=Established crd/routes.example.com')
  world.apply('apiVersion: example.com/v1\nkind: Route\nmetadata: {name: home}\n')
  expect(world.objects('rt').map(each => each.metadata.name)).toEqual(['home'])
  expect(world.object('routes.example.com/home')).toMatchObject({ kind: 'Route' })
})

test('what is broken acts until it is repaired', () => {
  const world = createWorld()
  world.inject({ type: 'registry-down', host: 'docker.io' })
  world.apply(deployment('nginx:1.27'))
  world.advance({ minutes: 1 })
  expect(world.run('kubectl get pods').stdout).toMatch(/ErrImagePull|ImagePullBackOff/)
  world.repair({ type: 'registry-down', host: 'docker.io' })
  world.until(() => world.object('deploy/web')!.status.readyReplicas === 2, { limit: { minutes: 6 } })
  world.addNode()
  expect(world.objects('nodes')).toHaveLength(4)
  world.metrics(true)
  world.advance({ minutes: 2 })
  expect(world.run('kubectl top nodes').exitCode).toBe(0)
})

test('what cannot be meant so is said', () => {
  expect(thrown(() => createWorld({ nodes: 3 } as never))).toBe(
    'There is no option nodes: anyImage, files, ingressController, loadBalancer, metrics, seed, workers',
  )
  expect(thrown(() => createWorld({ workers: 0 }))).toBe('workers is a whole number from 1 to 100, not 0')
  expect(thrown(() => createWorld({ metrics: 'yes' } as never))).toBe('metrics is true or false, not yes')
  const world = createWorld()
  expect(thrown(() => world.advance({ days: 1 } as never))).toContain('but no days')
  expect(thrown(() => world.advance({ seconds: -1 }))).toBe('-1 seconds cannot pass')
  expect(thrown(() => world.advance(5 as never))).toBe('A duration is { seconds: 5 }, not 5')
  expect(thrown(() => world.until(() => world.object('deploy/web'), { limit: { seconds: 2 } }))).toContain(
    "Not so after 2 s of the world's time: ()",
  )
  expect(thrown(() => world.objects('sheep'))).toBe('The server has no resource type "sheep"')
  world.apply(unserved)
  expect(thrown(() => world.objects('sheep'))).toBe('The server has no resource type "sheep"')
  expect(thrown(() => world.object('deploy'))).toBe('An object is named deploy/web, not "deploy"')
  expect(thrown(() => world.inject({ type: 'node-lost' } as never))).toBe('node-lost needs node')
  expect(thrown(() => world.read('nowhere.yaml'))).toBe('There is no file /home/learner/k8s/nowhere.yaml')
  expect(thrown(() => world.apply('kind: Pod'))).toContain('apiVersion not set')
  expect(thrown(() => replay('[]'))).toContain('This is no history')
})

test('the same calls give the same bytes; another seed another world', () => {
  const session = (seed: number): string => {
    const world = createWorld({ seed })
    world.apply(deployment('nginx:1.27'))
    world.advance({ seconds: 20 })
    return world.run('kubectl get pods -o wide').output
  }
  expect(session(3)).toBe(session(3))
  expect(session(3)).not.toBe(session(4))
})

test('a history leads to the same world', () => {
  const world = createWorld({ seed: 5, metrics: true, files: { 'web.yaml': deployment('nginx:1.27') } })
  world.run('kubectl apply -f web.yaml')
  world.inject({ type: 'node-lost', node: 'k8s-node2' })
  const watch = world.start('kubectl get pods -w')
  world.advance({ minutes: 2 })
  watch.stop()
  world.run('kubectl edit deploy web', { edit: text => text.replace('replicas: 2', 'replicas: 4') })
  world.advance({ seconds: 30 })
  world.play('## step: a\n$ kubectl get pods\n\n# wait 1s\n$ kubectl get pods\n')
  const again = replay(world.history())
  expect(again.options).toEqual(world.options)
  expect(again.elapsed).toBe(world.elapsed)
  expect(again.history()).toBe(world.history())
  const state = 'kubectl get pods,nodes,events -o yaml'
  expect(again.run(state).output).toBe(world.run(state).output)
  world.play('## step: a\n# until true\n$ true\n')
  expect(thrown(() => world.history())).toContain('`# until`')
  expect(thrown(() => createWorld({ workers: 9 }).history())).toBe('The playground has no world of 9 workers')
})

test('a transcript is played and compared', () => {
  const transcript = `## step: one
$ kubectl create configmap a --from-literal=x=1
configmap/a created

# wait 3s
$ kubectl get cm a -o jsonpath='{.data.x}'
2\\c
`
  expect(playTranscript(transcript)).toEqual([
    {
      step: 'one',
      command: 'kubectl create configmap a --from-literal=x=1',
      expected: 'configmap/a created\n',
      output: 'configmap/a created\n',
      same: true,
    },
    {
      step: 'one',
      command: "kubectl get cm a -o jsonpath='{.data.x}'",
      expected: '2',
      output: '1',
      same: false,
    },
  ])
  const world = createWorld()
  world.play(transcript)
  expect(replay(world.history()).object('cm/a')).toMatchObject({ data: { x: '1' } })
  expect(world.run('echo on').output).toBe('on\n')
})
