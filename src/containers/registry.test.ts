// What newcomers pull and run: the images of public manifests, and how a registry refuses.
import { expect, test } from 'vitest'
import { World, type WorldOptions } from '../lesson/world.ts'

function machine(options: Partial<WorldOptions> = {}) {
  const world = new World({ seed: 1, ...options })
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command)
    return stdout + stderr
  }
  const pods = (...images: string[]) => {
    for (const [i, image] of images.entries()) run(`kubectl run p${i} --image=${image}`)
    world.advance(60_000)
  }
  return { world, run, pods }
}

test('registries refuse in their own words', () => {
  const { run, pods } = machine()
  pods(
    'ngnix',
    'registry.example.com/team/app:1',
    'nginx:1.91',
    'quay.io/nobody/nothing',
    'ghcr.io/nobody/nothing:2',
  )
  const why = (pod: string) =>
    /Failed to pull image "[^"]+": (.*)/.exec(run(`kubectl describe pod ${pod}`))?.[1]
  const resolve = (name: string) =>
    `failed to pull and unpack image "${name}": failed to resolve reference "${name}": `
  expect(why('p0')).toBe(
    `${resolve('docker.io/library/ngnix:latest')}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`,
  )
  expect(why('p1')).toBe(
    `${resolve('registry.example.com/team/app:1')}failed to do request: Head "https://registry.example.com/v2/team/app/manifests/1": dial tcp: lookup registry.example.com on 10.0.2.1:53: no such host`,
  )
  expect(why('p2')).toBe(
    `rpc error: code = NotFound desc = ${resolve('docker.io/library/nginx:1.91')}docker.io/library/nginx:1.91: not found`,
  )
  expect(why('p3')).toBe(
    `${resolve('quay.io/nobody/nothing:latest')}unexpected status code [manifests latest]: 401 UNAUTHORIZED`,
  )
  expect(why('p4')).toContain(
    'failed to authorize: failed to fetch anonymous token: unexpected status: 403 Forbidden',
  )
})

test('a private repository opens to a pull secret with the right password only', () => {
  const { world, run } = machine()
  const image = 'harbor.example.com:5001/hellok8s/hellok8s:v1'
  for (const [name, password] of [
    ['good', 'Harbor12345'],
    ['wrong', 'nope'],
  ])
    run(
      `kubectl create secret docker-registry ${name} --docker-server=harbor.example.com:5001 --docker-username=admin --docker-password=${password}`,
    )
  for (const name of ['none', 'good', 'wrong'])
    run(
      `kubectl run ${name} --image=${image} --overrides='{"spec":{"imagePullSecrets":${name === 'none' ? '[]' : `[{"name":"${name}"}]`}}}'`,
    )
  world.advance(8000)
  expect(run('kubectl get pod good --no-headers')).toContain('Running')
  expect(run('kubectl describe pod none')).toContain('authorization failed: no basic auth credentials')
  expect(run('kubectl describe pod wrong')).toContain(
    'unexpected status code [manifests v1]: 401 Unauthorized',
  )
})

test('any image runs as an opaque service where the world asks for it, and listens where its manifest says', () => {
  const { run, pods } = machine({ registry: { anyImage: true } })
  run('kubectl run shop --image=acme.example.com/team/shop:3 --port=8080 --expose')
  pods('busybox:9.99')
  expect(run('kubectl get pod shop --no-headers')).toContain('Running')
  expect(run('curl -s $(kubectl get service shop -o jsonpath={.spec.clusterIP}):8080/any')).toBe(
    'A stand-in for acme.example.com/team/shop:3.\n',
  )
  expect(run('kubectl logs shop')).toContain('this simulator does not have the program itself')
  expect(run('kubectl exec shop -- cat /etc/hostname')).toBe('shop\n')
  // A family's wrong tag is still wrong.
  expect(run('kubectl get pod p0 --no-headers')).toMatch(/ErrImagePull|ImagePullBackOff/)
})

test('a version shows in the program, and the system in its release file', () => {
  const { run, pods } = machine()
  pods(
    'nginx:1.14.2',
    'nginx:1.25-alpine',
    '"debian:11" -- sleep 999',
    '"alpine:3.18" -- sleep 999',
    '"ubuntu:20.04" -- sleep 999',
    '"rockylinux:9" -- sleep 999',
  )
  expect(run('kubectl exec p0 -- nginx -v')).toBe('nginx version: nginx/1.14.2\n')
  expect(run('kubectl exec p1 -- nginx -v')).toBe('nginx version: nginx/1.25.5\n')
  const pretty = (pod: string) => run(`kubectl exec ${pod} -- grep PRETTY_NAME /etc/os-release`).trim()
  expect(['p1', 'p2', 'p3', 'p4', 'p5'].map(pretty)).toEqual([
    'PRETTY_NAME="Alpine Linux v3.22"',
    'PRETTY_NAME="Debian GNU/Linux 11 (bullseye)"',
    'PRETTY_NAME="Alpine Linux v3.18"',
    'PRETTY_NAME="Ubuntu 20.04.6 LTS"',
    'PRETTY_NAME="Rocky Linux 9"',
  ])
  expect(run('kubectl exec p1 -- which bash')).not.toContain('/bash')
  expect(run('kubectl exec p0 -- curl -sI localhost')).toContain('nginx/1.14.2')
})

test('a limit of a few bytes ends before the program starts', () => {
  const { world, run } = machine()
  run(
    `kubectl run tiny --image=nginx --overrides='{"spec":{"containers":[{"name":"tiny","image":"nginx","resources":{"limits":{"memory":"128"}}}]}}'`,
  )
  world.advance(5000)
  expect(run('kubectl describe pod tiny')).toContain(
    'runc create failed: unable to start container process: container init was OOM-killed (memory limit too low?): unknown',
  )
})

test('entrypoints run their arguments, options go to the server, and what is not there is said', () => {
  const { world, run } = machine()
  for (const [name, image, rest] of [
    ['hi', 'nginx', '-- sh -c "echo hi"'],
    ['env', 'redis', '-- env'],
    ['opt', 'redis:7.2', '-- --port 7000'],
    ['none', 'mysql:8.0', '-- nosuch'],
    ['curl', 'curlimages/curl', '-- sh -c "echo shell"'],
  ])
    run(`kubectl run ${name} --image=${image} --restart=Never ${rest}`)
  world.advance(30_000)
  expect(run('kubectl logs hi')).toBe('hi\n')
  expect(run('kubectl get pod hi --no-headers')).toContain('Completed')
  expect(run('kubectl logs env')).toContain('REDIS_VERSION=')
  expect(run('kubectl exec opt -- redis-cli -p 7000 ping')).toBe('PONG\n')
  expect(run('kubectl logs none')).toContain('exec: nosuch: not found')
  expect(run('kubectl logs curl')).toBe('shell\n')
})
