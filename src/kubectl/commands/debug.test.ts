import { expect, test } from 'vitest'
import type { Container, VolumeMount } from '../../kinds/schema/types.ts'
import { World } from '../../lesson/world.ts'

const pod = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}, annotations: {note: kept}}
spec:
  initContainers: [{name: first, image: busybox, command: ['true']}]
  containers:
  - name: web
    image: nginx
    args: [nginx, -g, daemon off;]
    livenessProbe: {httpGet: {port: 80}}
    readinessProbe: {httpGet: {port: 80}}
`
const custom = 'env: [{name: COLOUR, value: blue}]\nsecurityContext: {runAsUser: 5}\n'
const world = new World({
  seed: 1,
  files: { 'pod.yaml': pod, 'custom.yaml': custom, 'named.yaml': 'name: other\n' },
})
world.run('kubectl apply -f pod.yaml')
world.advance(10_000)
const err = (line: string) => world.run(line).stderr
const get = (name: string) => JSON.parse(world.run(`kubectl get pod ${name} -o json`).stdout)

test('what debug tells of its own doings goes to stdout, unless it is to be quiet', () => {
  expect(world.run('kubectl debug web --image=busybox --target=web -- sleep 9').stdout).toMatch(
    /^Targeting container "web"\. .*\nDefaulting debug container name to debugger-.....\.\n$/,
  )
  expect(world.run('kubectl debug web --image=busybox --target=web -q -- sleep 9').stdout).toBe('')
})

test('a copy that only has other images is the pod as it was', () => {
  world.run('kubectl debug web --copy-to=plain --set-image=*=nginx:1.26')
  const { metadata, spec } = get('plain')
  expect([metadata.labels, metadata.annotations.note]).toEqual([{ app: 'web' }, 'kept'])
  expect(spec.containers[0].image).toBe('nginx:1.26')
  expect(spec.containers[0].livenessProbe).toBeDefined()
  expect(spec.shareProcessNamespace).toBeUndefined()
})

test('any other copy belongs to nothing and is probed by nobody, but for what --keep-… names', () => {
  world.run('kubectl debug web --copy-to=bare -c web -- sleep 99')
  const bare = get('bare')
  expect([bare.metadata.labels, bare.metadata.annotations]).toEqual([undefined, undefined])
  expect(bare.spec.shareProcessNamespace).toBe(true)
  expect(bare.spec.initContainers).toHaveLength(1)
  const [container] = bare.spec.containers
  expect(container).toMatchObject({
    command: ['sleep', '99'],
    securityContext: { capabilities: { add: ['SYS_PTRACE'] } },
  })
  expect([container.args, container.livenessProbe, container.readinessProbe]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  world.run(
    'kubectl debug web --copy-to=kept --image=busybox --keep-labels --keep-liveness --keep-init-containers=false --share-processes=false -- sleep 99',
  )
  const kept = get('kept')
  expect(kept.metadata.labels).toEqual({ app: 'web' })
  expect(kept.spec.containers).toHaveLength(2)
  expect(kept.spec.containers[0].livenessProbe).toBeDefined()
  expect(kept.spec.containers[0].readinessProbe).toBeUndefined()
  expect([kept.spec.initContainers, kept.spec.shareProcessNamespace]).toEqual([undefined, false])
})

test('--custom is merged into the debugging container, and may not say what it is', () => {
  world.run('kubectl debug web -c mine --image=busybox --custom=custom.yaml -- sleep 9')
  expect(get('web').spec.ephemeralContainers.find((c: Container) => c.name === 'mine')).toMatchObject({
    env: [{ name: 'COLOUR', value: 'blue' }],
    securityContext: { capabilities: { add: ['SYS_PTRACE'] }, runAsUser: 5 },
  })
  expect(err('kubectl debug web --image=busybox --custom=named.yaml')).toBe(
    'error: name, command, image, lifecycle and volume devices are not modifiable via custom profile\n',
  )
  expect(err('kubectl debug web --image=busybox --custom=none.yaml')).toBe(
    'error: must pass a container spec json file for custom profile: open none.yaml: no such file or directory\n',
  )
})

test('on a node the profile decides what of it is seen', () => {
  const made = (profile: string) => {
    const { stdout } = world.run(
      `kubectl debug node/k8s-node1 --image=busybox --profile=${profile} -- sleep 9`,
    )
    return get(/debugging pod (\S+)/.exec(stdout)![1]!).spec
  }
  expect(made('general')).toMatchObject({ hostPID: true, hostNetwork: true })
  expect(made('general').containers[0].volumeMounts[0].mountPath).toBe('/host')
  const netadmin = made('netadmin')
  expect(netadmin.hostNetwork).toBe(true)
  expect(netadmin.containers[0].volumeMounts.map((m: VolumeMount) => m.mountPath)).not.toContain('/host')
  expect(made('restricted').hostNetwork).toBeUndefined()
  expect(made('sysadmin').containers[0].securityContext).toEqual({ privileged: true })
})

test('arguments are checked in the order of the real one', () => {
  const first = (flags: string) => err(`kubectl debug ${flags}`).split('\n')[0]
  expect(first('web --image=BAD:x')).toBe('error: invalid image name "BAD:x": invalid reference format')
  expect(first('--image=busybox')).toBe('error: NAME or filename is required for debug')
  expect(first('web --image=busybox --image-pull-policy=x')).toBe('error: invalid image pull policy: x')
  expect(first('web --copy-to=z -- ls')).toBe(
    'error: you must specify an existing container or a new image when specifying args.',
  )
  expect(first('web --copy-to=z -c none -- ls')).toBe(
    'error: you must specify image when creating new container',
  )
})

test('Ctrl-D at the shell of a debug container ends it, and gives the terminal back', () => {
  world.apply({
    at: 0,
    type: 'input',
    terminal: 2,
    text: 'kubectl debug web -it --image=busybox -c shell -- sh',
  })
  world.advance(10_000)
  expect(world.terminal(2).busy).toBe(true)
  world.endOfInput(2)
  world.advance(3000)
  expect(world.terminal(2).busy).toBe(false)
  const [{ state }] = get('web').status.ephemeralContainerStatuses.filter(
    (each: { name: string }) => each.name === 'shell',
  )
  expect(state.terminated.reason).toBe('Completed')
})
