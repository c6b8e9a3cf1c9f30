// A port that a program opens on 127.0.0.1 alone, as components and careless servers do.
import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

function cluster() {
  const world = new World({ seed: 1 })
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command)
    return stdout + stderr
  }
  return { world, run }
}

test('components open what only their node needs on 127.0.0.1; --bind-address, in one word or two, opens it to all', () => {
  const { world, run } = cluster()
  const at = (port: number) => new RegExp(`(\\S+):${port} `).exec(run('ssh k8s-master ss -ltn'))?.[1]
  expect([10248, 10249, 10257, 10259, 2381].map(at)).toEqual(Array(5).fill('127.0.0.1'))
  expect([22, 6443, 10250, 10256].map(at)).toEqual(Array(4).fill('0.0.0.0'))
  expect(run('ssh k8s-master netstat -tln')).toContain(' 127.0.0.1:10248         0.0.0.0:*')
  const away = 'ssh k8s-node1 curl -sk https://10.0.2.2:10259/healthz'
  expect(world.run('ssh k8s-master curl -sk https://10.0.2.2:10259/healthz').exit).toBe(7)
  expect(world.run(away).exit).toBe(7)
  const path = '/etc/kubernetes/manifests/kube-scheduler.yaml'
  run(`ssh k8s-master "sed -i 's|- /pause|- /pause\\n    - --bind-address\\n    - 0.0.0.0|' ${path}"`)
  world.advance(30_000)
  expect(run(away)).toBe('ok')
  expect(at(10259)).toBe('0.0.0.0')
})

test('a server on 127.0.0.1 is reached from within its pod and by port-forward, and by nobody else', () => {
  const { world, run } = cluster()
  run(
    `kubectl create configmap own --from-literal=default.conf='server { listen 127.0.0.1:80; return 200 here; }'`,
  )
  run(
    `kubectl run web --image=nginx --labels=app=web --overrides='{"spec":{"containers":[{"name":"c","image":"nginx","volumeMounts":[{"name":"v","mountPath":"/etc/nginx/conf.d"}]}],"volumes":[{"name":"v","configMap":{"name":"own"}}]}}'`,
  )
  run('kubectl run py --image=python:3.12-slim -- python -m http.server 8000 --bind 127.0.0.1')
  run(
    `kubectl run js --image=node:18-alpine -- node -e "require('http').createServer((q, r) => r.end('hi')).listen(3000, 'localhost')"`,
  )
  run('kubectl expose pod web --port=80')
  world.advance(60_000)
  const address = (pod: string) => run(`kubectl get pod ${pod} -o jsonpath={.status.podIP}`)
  expect(run('kubectl exec web -- curl -s localhost')).toContain('here')
  for (const [pod, port] of [
    ['web', 80],
    ['py', 8000],
    ['js', 3000],
  ] as const)
    expect(world.run(`ssh k8s-node1 curl -s ${address(pod)}:${port}`).exit).toBe(7)
  expect(run('kubectl logs py')).toContain('Serving HTTP on 127.0.0.1 port 8000')
  expect(run('kubectl port-forward pod/web 8080:80 & sleep 1; curl -s localhost:8080; kill %1')).toContain(
    'here',
  )
  const open = `server { listen 80; return 200 here; }`
  run(
    `kubectl create configmap own --from-literal=default.conf='${open}' --dry-run=client -o yaml | kubectl apply -f -`,
  )
  world.advance(90_000)
  run('kubectl exec web -- nginx -s reload')
  world.advance(1000)
  expect(run(`ssh k8s-node1 curl -s ${address('web')}`)).toContain('here')
})

test('port-forward listens where it is told to', () => {
  const { run } = cluster()
  run('kubectl run web --image=nginx; kubectl wait --for=condition=Ready pod/web')
  const forward = (flags: string) =>
    run(
      `kubectl port-forward ${flags} pod/web 8080:80 & sleep 1; ssh k8s-node1 curl -s 10.0.2.1:8080; kill %1`,
    )
  expect(forward('')).toMatch(/Forwarding from 127.0.0.1:8080 -> 80\nForwarding from \[::1\]:8080 -> 80\n/)
  expect(forward('')).not.toContain('Welcome')
  const all = forward('--address 0.0.0.0')
  expect(all).toContain('Forwarding from 0.0.0.0:8080 -> 80\n')
  expect(all).not.toContain('127.0.0.1')
  expect(all).toContain('Welcome')
})
