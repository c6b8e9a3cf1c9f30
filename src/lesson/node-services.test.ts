// The services of a node: what stopping and losing them does, and what the journal says of it.
import { expect, test } from 'vitest'
import { World } from './world.ts'

function node() {
  const world = new World({ seed: 1 })
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command)
    return stdout + stderr
  }
  return { world, run, on: (command: string) => run(`ssh k8s-node1 ${command}`) }
}
const stateOf = (run: (command: string) => string) =>
  run('kubectl get node k8s-node1 --no-headers').split(/ +/)[1]

test('without its runtime a node makes no pods, answers no exec and is not ready after half a minute', () => {
  const { world, run, on } = node()
  run('kubectl run a --image=busybox:1.36 -- sleep 100000')
  world.advance(4000)
  on('systemctl stop containerd')
  expect(on('systemctl is-active containerd')).toBe('inactive\n')
  expect(on('ls /run/containerd')).toBe('')
  run('kubectl run b --image=busybox:1.36 -- sleep 100000')
  world.advance(5000)
  expect(stateOf(run)).toBe('Ready')
  expect(run('kubectl exec a -- true')).toContain(
    'dial unix /run/containerd/containerd.sock: connect: no such file or directory',
  )
  expect(run('kubectl events --for pod/b')).toContain(
    'Failed to create pod sandbox: rpc error: code = Unavailable desc = connection error',
  )
  world.advance(30_000)
  expect(stateOf(run)).toBe('NotReady')
  expect(
    run('kubectl get node k8s-node1 -o jsonpath=\'{.status.conditions[?(@.type=="Ready")].message}\''),
  ).toBe('container runtime is down')
  expect(run('kubectl get pod a --no-headers')).toContain('Running')
  on('systemctl start containerd')
  world.advance(20_000)
  expect(stateOf(run)).toBe('Ready')
  expect(run('kubectl get pod b --no-headers')).toContain('Running')
  expect(on('journalctl -u containerd -n 20')).toMatch(
    /systemd\[1\]: Stopped containerd.service(.*\n)+.*systemd\[1\]: Started containerd.service - containerd container runtime.\n(.*\n)*.*RunPodSandbox for &PodSandboxMetadata{Name:b,/,
  )
})

test('a node that was deleted comes back when its kubelet is started anew, as the kubelet itself makes it', () => {
  const { world, run, on } = node()
  run('kubectl create deployment web --image=nginx')
  run('kubectl label node k8s-node1 disk=ssd')
  run('kubectl taint node k8s-node1 team=a:NoSchedule')
  run('kubectl delete node k8s-node1')
  world.advance(120_000)
  // Nobody makes it again by themselves, nor what goes with it.
  for (const what of ['node', 'csinode', 'lease -n kube-node-lease'])
    expect(run(`kubectl get ${what} k8s-node1`)).toContain('"k8s-node1" not found')
  expect(run('kubectl get pods -A -o wide')).not.toContain('k8s-node1')
  on('systemctl restart kubelet')
  world.advance(60_000)
  expect(stateOf(run)).toBe('Ready')
  expect(run('kubectl get node k8s-node1 -o jsonpath={.metadata.labels}{.spec.taints}')).toBe(
    '{"beta.kubernetes.io/arch":"amd64","beta.kubernetes.io/os":"linux","kubernetes.io/arch":"amd64","kubernetes.io/hostname":"k8s-node1","kubernetes.io/os":"linux"}',
  )
  const uid = run('kubectl get node k8s-node1 -o jsonpath={.metadata.uid}')
  for (const what of ['csinode', 'lease -n kube-node-lease'])
    expect(run(`kubectl get ${what} k8s-node1 -o jsonpath={.metadata.ownerReferences[0].uid}`)).toBe(uid)
  expect(run('kubectl get pods -A -o wide')).toMatch(/kube-proxy-\S+ +1\/1 +Running .*k8s-node1/)
  expect(run('kubectl get deployment web --no-headers')).toMatch(/^web +1\/1/)
})

test('a node that is off the network answers no ssh', () => {
  const { world, on } = node()
  world.inject({ type: 'node-lost', node: 'k8s-node1' })
  expect(on('hostname')).toBe('ssh: connect to host k8s-node1 port 22: No route to host\n')
  world.repair({ type: 'node-lost', node: 'k8s-node1' })
  expect(on('hostname')).toBe('k8s-node1\n')
})

test("the kubelet's journal tells of volumes that cannot be mounted", () => {
  const { world, run, on } = node()
  world.write(
    'a.yaml',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers: [{name: c, image: "busybox:1.36"}]\n  volumes: [{name: v, configMap: {name: none}}]\n',
  )
  run('kubectl apply -f a.yaml')
  world.advance(3000)
  expect(on('journalctl -u kubelet --no-pager -n 50')).toMatch(
    /kubelet\[1015\]: E\d{4} \S+ +1015 nestedpendingoperations.go:348\] Operation for "\{volumeName:kubernetes.io\/configmap\/[0-9a-f-]+-v .* \(durationBeforeRetry 500ms\)\. Error: MountVolume.SetUp failed for volume "v" .* : configmap "none" not found\n/,
  )
  expect(on('journalctl -u kubelet --since "1 s ago" | wc -l')).not.toBe('0\n')
})

test('a service is stopped and started with its place at boot, and by the older command', () => {
  const { on } = node()
  expect(on('sudo systemctl disable --now kubelet')).toBe('')
  expect(on('systemctl is-active kubelet')).toBe('inactive\n')
  on('sudo systemctl enable kubelet')
  expect(on('systemctl is-active kubelet')).toBe('inactive\n')
  on('sudo systemctl enable --now kubelet')
  expect(on('systemctl is-active kubelet')).toBe('active\n')
  on('sudo service kubelet stop')
  expect(on('service kubelet status')).toContain('inactive (dead)')
  on('sudo service kubelet restart')
  expect(on('systemctl is-active kubelet')).toBe('active\n')
  expect(on('service kubelet')).toContain('Usage: service')
})
