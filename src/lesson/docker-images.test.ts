// Images from source to the cluster: what is built can be pushed, what is pushed is pulled by the kubelet.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { World } from './world.ts'

const example = (name: string): string =>
  readFileSync(`${import.meta.dirname}/../../examples/02-docker/${name}`, 'utf8')

function worldWith(more: Readonly<Record<string, string>> = {}): {
  readonly world: World
  /** What a line prints, on both streams. */
  readonly run: (line: string) => string
} {
  const files = {
    'main.go': example('main.go'),
    'go.mod': example('go.mod'),
    Dockerfile: example('Dockerfile'),
    ...more,
  }
  const world = new World({ seed: 1, files })
  const run = (line: string) => {
    const { stdout, stderr } = world.run(line, { limitMs: 180_000 })
    return stdout + stderr
  }
  return { world, run }
}

const pod = (name: string, image: string, more = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers: [{name: c, image: "${image}"}]\n${more}`
const phase = (run: (line: string) => string, name: string): string =>
  run(`kubectl get pod ${name} --no-headers | awk '{print $3}'`).trim()

test('a Dockerfile that comes by stdin has no files beside it', () => {
  const { run } = worldWith()
  expect(run("printf 'FROM alpine:3.22\\nRUN echo hi > /a\\n' | docker build -q -t y -")).toMatch(/^sha256:/)
  expect(run('docker build -q -t x - < Dockerfile')).toMatch(/checksum of ref \S+: "\/go\.mod": not found\n/)
})

test('what main.go says is what the image answers: greeting, port, status, exit code', () => {
  const { run, world } = worldWith()
  expect(run('docker build -q . -t learner/hellok8s:v1')).toMatch(/^sha256:/)
  run('docker run -d --name one -p 3000:3000 learner/hellok8s:v1; sleep 1')
  expect(run('curl -s localhost:3000')).toBe('[v1] Hello, Kubernetes!')
  world.write(
    'main.go',
    example('main.go')
      .replace('[v1]', '[mine]')
      .replace(':3000', ':4000')
      .replace('io.Write', 'w.WriteHeader(503)\n\tio.Write'),
  )
  run(
    'docker build -q . -t learner/hellok8s:mine; docker run -d --name two -p 4000:4000 learner/hellok8s:mine; sleep 1',
  )
  expect(run(`curl -s -w '%{http_code}' localhost:4000`)).toBe('[mine] Hello, Kubernetes!503')
  world.write(
    'main.go',
    'package main\n\nimport (\n\t"fmt"\n\t"os"\n\t"time"\n)\n\nfunc main() {\n\ttime.Sleep(2 * time.Second)\n\tfmt.Println("done")\n\tos.Exit(7)\n}\n',
  )
  run('docker build -q . -t learner/hellok8s:exit')
  const began = world.engine.now
  expect(run('docker run --rm learner/hellok8s:exit; echo $?')).toBe('done\n7\n')
  expect(world.engine.now - began).toBeGreaterThan(2000)
})

test('each version of the tutorial answers as the image of that tag does', () => {
  for (const tag of [
    'v2',
    'v3_hostname',
    'v3_nginxingress',
    'liveness',
    'readiness',
    'v4_configmap',
    'v4_secret',
  ]) {
    const { run } = worldWith({ 'main.go': example(`${tag}/main.go`) })
    run(`docker build -q . -t own:${tag}; docker network create n; docker pull -q busybox:1.36`)
    run(`docker run -d --network n --hostname same --name own own:${tag}`)
    run(`docker run -d --network n --hostname same --name other leigg/hellok8s:${tag}`)
    for (const path of ['/', '/hello', '/healthz']) {
      const ask = (name: string) =>
        run(`docker run --rm --network n busybox:1.36 wget -S -O - http://${name}:3000${path}`)
      const told = (text: string) =>
        text.replaceAll(/own|other/g, 'NAME').replace(/Date: .*|\d+\.\d+s?|\d+\.\d+\.\d+\.\d+/g, '')
      expect(told(ask('own')), `${tag} ${path}`).toBe(told(ask('other')))
    }
  }
})

test('a pod that waits for its image recovers when it has been pushed', () => {
  const { run, world } = worldWith({ 'pod.yaml': pod('web', 'learner/hellok8s:v1') })
  run('docker build -q . -t learner/hellok8s:v1; kubectl apply -f pod.yaml')
  world.advance(25_000)
  expect(phase(run, 'web')).toBe('ImagePullBackOff')
  expect(run('docker push learner/hellok8s:v1')).toContain(
    'denied: requested access to the resource is denied',
  )
  run('echo pw | docker login -u learner --password-stdin; docker push learner/hellok8s:v1')
  world.advance(60_000)
  expect(phase(run, 'web')).toBe('Running')
  expect(run('kubectl exec web -- wget -qO- localhost:3000')).toBe('[v1] Hello, Kubernetes!')
})

test('a private registry: trust, a project of its own, and the secret of the pod', () => {
  const image = 'harbor.example.com/hellok8s/web:v1'
  const wrong = pod('wrong', image, '  imagePullSecrets: [{name: wrong}]\n')
  const right = pod('right', image, '  imagePullSecrets: [{name: right}]\n')
  const { run, world } = worldWith({
    'none.yaml': pod('none', image),
    'wrong.yaml': wrong,
    'right.yaml': right,
  })
  const master = (line: string) => run(`ssh k8s-master '${line}'`)
  const why = (name: string) =>
    run(`kubectl get events --field-selector involvedObject.name=${name},reason=Failed`)
  expect(run('docker login harbor.example.com -u admin -p Harbor12345')).toContain(
    'Get "https://harbor.example.com/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  )
  master(
    'mkdir -p /etc/docker/certs.d/harbor.example.com && cp /root/harbor.example.com.crt /etc/docker/certs.d/harbor.example.com/ca.crt',
  )
  expect(run('docker login harbor.example.com -u admin -p Harbor12345')).toContain('Login Succeeded')
  run(`docker build -q . -t ${image}`)
  expect(run(`docker push -q ${image}`)).toBe(`${image}\n`)
  run('docker tag harbor.example.com/hellok8s/web:v1 harbor.example.com/nothere/web:v1')
  expect(run('docker push harbor.example.com/nothere/web:v1')).toContain('project nothere not found')

  run(
    'kubectl create secret docker-registry wrong --docker-server=harbor.example.com --docker-username=admin --docker-password=no',
  )
  run(
    `kubectl create secret docker-registry right --docker-server=harbor.example.com --docker-username='robot$hellok8s+puller' --docker-password=T0kenOfTheRobot`,
  )
  run('kubectl apply -f none.yaml')
  world.advance(5000)
  expect(why('none')).toContain('tls: failed to verify certificate')
  const hosts =
    'server = "https://harbor.example.com"\\n\\n[host."https://harbor.example.com"]\\n  skip_verify = true\\n'
  for (const node of ['k8s-master', 'k8s-node1'])
    run(
      `ssh ${node} "mkdir -p /etc/containerd/certs.d/harbor.example.com && printf '${hosts.replaceAll('"', '\\"')}' > /etc/containerd/certs.d/harbor.example.com/hosts.toml"`,
    )
  run('kubectl apply -f wrong.yaml')
  world.advance(60_000)
  expect(why('none')).toContain('no basic auth credentials')
  expect(why('wrong')).toContain('401 Unauthorized')
  run('kubectl apply -f right.yaml')
  world.advance(10_000)
  expect(phase(run, 'right')).toBe('Running')
})

test('without any registry: docker save into ctr import', () => {
  const { run, world } = worldWith({
    'pod.yaml': pod('local', 'hellok8s:local').replace('image:', 'imagePullPolicy: Never, image:'),
  })
  run('docker build -q . -t hellok8s:local; kubectl apply -f pod.yaml')
  world.advance(5000)
  expect(phase(run, 'local')).toBe('ErrImageNeverPull')
  expect(run('docker save hellok8s:local | ssh k8s-node1 ctr -n k8s.io image import -')).toMatch(
    /^unpacking docker.io\/library\/hellok8s:local \(sha256:[0-9a-f]{64}\)\.\.\.done\n$/,
  )
  world.advance(30_000)
  expect(phase(run, 'local')).toBe('Running')
})

test('archives bring images back, compressed or not', () => {
  const { run } = worldWith()
  const id = run('docker build -q . -t a/b:1')
  run('docker save a/b:1 -o b.tar; docker save a/b:1 | gzip > b.tar.gz; docker rmi a/b:1')
  expect(run('docker load -i b.tar')).toBe('Loaded image: a/b:1\n')
  run('docker rmi a/b:1')
  expect(run('docker load < b.tar.gz; docker images -q --no-trunc')).toBe(`Loaded image: a/b:1\n${id}`)
  expect(run('docker load -i main.go')).toBe('unexpected EOF\n')
})

test('an image whose tag has moved on keeps its repository in the list, also where it has another name', () => {
  const { run } = worldWith()
  run('docker build -q -t learner/hellok8s:v1 .; echo x | docker login -u learner --password-stdin')
  run(
    "docker push -q learner/hellok8s:v1; sed -i 's/Hello/Bye/' main.go; docker tag learner/hellok8s:v1 kept",
  )
  run('docker build -q -t learner/hellok8s:v1 .')
  const rows = () => run("docker images | awk '{print $1, $2}' | sort")
  expect(rows()).toBe('REPOSITORY TAG\nkept latest\nlearner/hellok8s <none>\nlearner/hellok8s v1\n')
  run('docker rmi kept')
  expect(rows()).toBe('REPOSITORY TAG\nlearner/hellok8s <none>\nlearner/hellok8s v1\n')
})

test('Docker Hub’s limit of pulls: who is logged in, and who goes by a mirror, gets on', () => {
  const secret =
    'kubectl create secret docker-registry hub --docker-server=https://index.docker.io/v1/ --docker-username=ann --docker-password=pw'
  const { run, world } = worldWith({
    'none.yaml': pod('none', 'nginx:1.26'),
    'secret.yaml': pod('secret', 'nginx:1.26', '  imagePullSecrets: [{name: hub}]\n'),
    'mirror.yaml': pod('mirror', 'httpd:2.4'),
  })
  const limit = 'toomanyrequests: You have reached your unauthenticated pull rate limit.'
  world.inject({ type: 'rate-limit' })
  run('kubectl apply -f none.yaml')
  world.advance(5000)
  expect(phase(run, 'none')).toBe('ErrImagePull')
  expect(run('kubectl get events --field-selector reason=Failed')).toMatch(
    /Failed to pull image "nginx:1.26": failed to pull and unpack image "docker.io\/library\/nginx:1.26": failed to copy: httpReadSeeker: failed open: unexpected status code https:\/\/registry-1.docker.io\/v2\/library\/nginx\/manifests\/sha256:[0-9a-f]{64}: 429 Too Many Requests - Server message: toomanyrequests: /,
  )
  expect(run('ssh k8s-node1 ctr image pull docker.io/library/redis:7.4')).toContain(limit)

  // Docker asks the mirror of daemon.json; without one it is refused, until somebody logs in.
  expect(run('docker pull -q redis:7.4')).toBe('docker.io/library/redis:7.4\n')
  run("ssh k8s-master 'rm /etc/docker/daemon.json; systemctl restart docker'")
  expect(run('docker pull httpd:2.4')).toBe(
    `Error response from daemon: ${limit} https://www.docker.com/increase-rate-limit\n`,
  )
  expect(run('docker build .')).toContain(`429 Too Many Requests - Server message: ${limit}`)
  run('echo pw | docker login -u ann --password-stdin')
  expect(run('docker pull -q httpd:2.4')).toBe('docker.io/library/httpd:2.4\n')

  run(`${secret}; kubectl apply -f secret.yaml`)
  const hosts = 'server = "https://docker.io"\\n[host."http://127.0.0.1:5000"]\\n'
  run(
    `ssh k8s-node1 "mkdir -p /etc/containerd/certs.d/docker.io && printf '${hosts.replaceAll('"', '\\"')}' > /etc/containerd/certs.d/docker.io/hosts.toml"`,
  )
  run('kubectl apply -f mirror.yaml')
  world.advance(15_000)
  expect(phase(run, 'secret')).toBe('Running')
  expect(phase(run, 'mirror')).toBe('Running')
})

test('a registry that is down: the mirror answers for it, to docker and to containerd', () => {
  const { run, world } = worldWith({ 'web.yaml': pod('web', 'nginx:1.26') })
  world.inject({ type: 'registry-down', host: 'docker.io' })
  expect(run('docker pull -q redis:7.4')).toBe('docker.io/library/redis:7.4\n')
  run('kubectl apply -f web.yaml')
  world.advance(40_000)
  expect(run('kubectl get events --field-selector reason=Failed')).toContain('i/o timeout')
  const hosts = '[host."http://127.0.0.1:5000"]\\n'
  run(
    `ssh k8s-node1 "mkdir -p /etc/containerd/certs.d/docker.io && printf '${hosts.replaceAll('"', '\\"')}' > /etc/containerd/certs.d/docker.io/hosts.toml"`,
  )
  world.advance(60_000)
  expect(phase(run, 'web')).toBe('Running')
  world.inject({ type: 'registry-down', host: '127.0.0.1:5000' })
  expect(run('docker pull httpd:2.4')).toContain(
    'Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection',
  )
})
