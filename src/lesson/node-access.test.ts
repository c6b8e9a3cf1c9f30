// What a learner does on a node, by ssh; the words of ctr and crictl are those of recordings/docker.
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
const podOf = (policy: string) =>
  `kubectl run a --image=busybox:1.36 --image-pull-policy=${policy} -- sleep 100000`

test('an image that ctr pulled without -n k8s.io is not seen by the kubelet, with it it is', () => {
  const { world, run, on } = node()
  on('ctr image pull docker.io/library/busybox:1.36')
  expect(on('ctr image ls -q')).toBe('docker.io/library/busybox:1.36\n')
  expect(on('ctr -n k8s.io image ls -q')).not.toContain('busybox')
  expect(on('crictl images')).not.toContain('busybox')
  run(podOf('Never'))
  world.advance(3000)
  expect(run('kubectl get pod a --no-headers')).toContain('ErrImageNeverPull')
  expect(on('ctr -n k8s.io image pull docker.io/library/busybox:1.36')).toMatch(
    /^docker.io\/library\/busybox:1.36: +resolved +\|.*\| \n(.*\n)+elapsed: 0.\d s +total: +[\d.]+ \w+ .*\nunpacking linux\/amd64 sha256:[0-9a-f]{64}...\ndone: /,
  )
  world.advance(90_000)
  expect(run('kubectl get pod a --no-headers')).toContain('Running')
  expect(on('crictl images')).toMatch(/^docker.io\/library\/busybox +1.36 +[0-9a-f]{13} +2.16MB$/m)
})

test('ctr shows how far a pull has come every 100 ms; a namespace is there once something is in it', () => {
  const { on } = node()
  expect(on('ctr ns ls')).toBe('NAME   LABELS \nk8s.io        \n')
  expect(on('ctr namespaces ls -q')).toBe('k8s.io\n')
  expect(on('ctr ns create x 2>&1')).toBe("ctr: 'ns create' is not part of this simulator: ns ls is\n")
  const pull = on('ctr image pull docker.io/library/nginx:1.26')
  const seen = [...pull.matchAll(/downloading +\|\x1b\[32m(\+*)\x1b\[0m(-*)\| +([\d.]+) MiB\/21\.\d MiB/g)]
  expect(seen.length).toBeGreaterThan(3)
  for (const [, here = '', missing = ''] of seen) expect(here.length + missing.length).toBe(38)
  const amounts = seen.map(([, , , amount]) => Number(amount))
  expect(amounts).toEqual([...amounts].sort((a, b) => a - b))
  expect(on('ctr ns ls')).toContain('default')
})

test('ctr wants full names, and says which ones a registry has not', () => {
  const { on } = node()
  expect(on('ctr image pull busybox:1.36')).toBe(
    'ctr: failed to resolve reference "busybox:1.36": parse "dummy://busybox:1.36": invalid port ":1.36" after host\n',
  )
  expect(on('ctr image pull docker.io/library/busybox')).toBe(
    'ctr: failed to resolve reference "docker.io/library/busybox": object required\n',
  )
  expect(on('ctr image pull docker.io/library/busybox:9.99')).toMatch(
    /^time=".*" level=info msg="trying next host - response was http.StatusNotFound" host=registry-1.docker.io\nctr: failed to resolve reference "docker.io\/library\/busybox:9.99": docker.io\/library\/busybox:9.99: not found\n$/,
  )
})

test('crictl says that containerd is away, and what is not possible here', () => {
  const { on } = node()
  expect(on('crictl runp x')).toContain("'runp' is not part of this simulator")
  expect(on('crictl foo')).toBe("No help topic for 'foo'\n")
  on('systemctl stop containerd')
  expect(on('crictl ps')).toContain(
    'dial unix /run/containerd/containerd.sock: connect: no such file or directory',
  )
  on('systemctl start containerd')
  expect(on('crictl ps')).toContain('kube-proxy')
})

test('kubectl debug reads the log of a container that has ended before it could be joined', () => {
  const { run } = node()
  const text = run('kubectl debug node/k8s-node1 -i --image=busybox:1.36 -- ls /host/etc/kubernetes')
  expect(text).toContain('manifests\npki')
  expect(text).toContain("couldn't attach to pod/node-debugger-k8s-node1-")
})

test('crictl shows containers and pods of its node, and their logs', () => {
  const { world, run, on } = node()
  run('kubectl run web --image=leigg/hellok8s:v1 ; kubectl run once --image=busybox:1.36 -- echo hi')
  world.advance(5000)
  expect(on('crictl ps --name web')).toMatch(
    /^CONTAINER {11}IMAGE {15}CREATED {13}STATE {15}NAME {16}ATTEMPT {13}POD ID {14}POD {17}NAMESPACE\n[0-9a-f]{13} +[0-9a-f]{13} +\d seconds ago +Running +web +0 +[0-9a-f]{13} +web +default\n$/,
  )
  expect(on('crictl ps -a --name once')).toContain('Exited')
  expect(on('crictl pods --name web')).toMatch(/seconds ago +Ready +web +default +0 +\(default\)\n$/)
  expect(run("ssh k8s-node1 'crictl logs $(crictl ps -a -q --name once | tail -n 1)'")).toBe('hi\n')
  on('rm /etc/crictl.yaml')
  expect(on('crictl images')).toContain(
    'level=warning msg="Config \\"/etc/crictl.yaml\\" does not exist, trying next: \\"/usr/local/bin/crictl.yaml\\""',
  )
})

test('the kubelet is a service: stopped, its node becomes NotReady, and its journal tells what it did', () => {
  const { world, run, on } = node()
  expect(on('systemctl status kubelet')).toMatch(
    /^● kubelet.service - kubelet: The Kubernetes Node Agent(.|\n)*Active: active \(running\) since Mon 2026-11-23 09:22:00 UTC; 8min/,
  )
  run('kubectl run b --image=nope:1')
  world.advance(3000)
  expect(on('journalctl -u kubelet')).toMatch(
    /^Nov 23 09:30:\d\d k8s-node1 kubelet\[1015\]: I.*VerifyControllerAttachedVolume started (.*\n)*Nov 23 09:30:\d\d k8s-node1 kubelet\[1015\]: E1123 09:30:0\d\.\d{6} +1015 pod_workers.go:1324\] "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"b\\" with ErrImagePull: .* pod="default\/b" podUID="/,
  )
  on('systemctl stop kubelet')
  expect(world.run('ssh k8s-node1 systemctl is-active kubelet')).toEqual({
    stdout: 'inactive\n',
    stderr: '',
    exit: 3,
  })
  world.advance(70_000)
  expect(run('kubectl get node k8s-node1 --no-headers')).toContain('NotReady')
  on('systemctl start kubelet')
  world.advance(2000)
  expect(run('kubectl get node k8s-node1 --no-headers')).not.toContain('NotReady')
})

test('addresses and routes lead to the pods of every node', () => {
  const { run, on } = node()
  expect(on('ip route')).toBe(
    'default via 10.0.2.1 dev eth0\n10.0.2.0/24 dev eth0 proto kernel scope link src 10.0.2.3\n20.2.0.0/24 via 10.0.2.2 dev eth0\n20.2.1.0/24 dev cni0 proto kernel scope link src 20.2.1.1\n',
  )
  expect(on('ip addr show cni0')).toContain('inet 20.2.1.1/24 brd 20.2.1.255 scope global cni0\n')
  expect(on('cat /etc/resolv.conf')).toBe('nameserver 10.0.2.1\n')
  expect(run('ssh root@k8s-master hostname')).toBe('k8s-master\n')
})

test('the control plane has kubectl and the manifests of its static pods; sudo runs what it is given', () => {
  const { run } = node()
  expect(run('ssh k8s-master sudo ls /etc/kubernetes/manifests')).toBe(
    'etcd.yaml\nkube-apiserver.yaml\nkube-controller-manager.yaml\nkube-scheduler.yaml\n',
  )
  expect(run('ssh k8s-master sudo cat /etc/kubernetes/manifests/etcd.yaml')).toMatch(
    /^apiVersion: v1\nkind: Pod\n(.*\n)* {2}name: etcd\n/,
  )
  expect(run('ssh k8s-master sudo -i A=1 kubectl get node k8s-node1 -o name')).toBe('node/k8s-node1\n')
  expect(run('ssh k8s-node1 sudo nosuch')).toBe('sudo: nosuch: command not found\n')
})

test('programs of containers: kill that PID 1 survives or heeds, ping that ends, nginx asked about itself', () => {
  const { world, run } = node()
  run('kubectl run s --image=busybox:1.36 -- sleep 1000; kubectl run n --image=nginx')
  world.advance(20_000)
  for (const signal of ['-9', '-15'])
    expect(run(`kubectl exec s -- kill ${signal} 1; sleep 2; kubectl get pod s --no-headers`)).toMatch(
      /^s +1\/1 +Running +0 /,
    )
  expect(run('kubectl exec s -- kill 99')).toBe(
    "kill: can't kill pid 99: No such process\ncommand terminated with exit code 1\n",
  )
  const before = world.engine.now
  expect(run('kubectl exec s -- ping -c1 -W1 20.2.0.250')).toContain(
    '1 packets transmitted, 0 packets received',
  )
  expect(world.engine.now - before).toBeLessThan(2000)
  expect(run('kubectl exec n -- nginx -v')).toBe('nginx version: nginx/1.29.3\n')
  expect(run('kubectl exec n -- nginx -t')).toBe(
    'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful\n',
  )
  run('kubectl expose pod n --port=80 --type=NodePort')
  const port = run("kubectl get svc n -o jsonpath='{.spec.ports[0].nodePort}'")
  expect(run(`curl -s http://k8s-node1:${port}`)).toContain('Welcome to nginx!')
})

test('nerdctl speaks of the same containerd in docker’s words, on every node', () => {
  const { world, run, on } = node()
  expect(on('nerdctl images')).toBe(
    'REPOSITORY    TAG    IMAGE ID    CREATED    PLATFORM    SIZE    BLOB SIZE\n',
  )
  expect(on('nerdctl pull busybox:1.36')).toMatch(
    /^docker.io\/library\/busybox:1.36: +resolved +\|[\s\S]*\nelapsed: 0.\d s .*\n$/,
  )
  expect(on('nerdctl images')).toMatch(
    /^busybox +1\.36 +[0-9a-f]{12} +(Less than a|\d) seconds? ago +linux\/amd64 +5\.51MB +2\.16MB$/m,
  )
  expect(on('nerdctl -n k8s.io images')).not.toContain('busybox')
  expect(on('nerdctl pull nope/nope')).toMatch(/level=fatal msg="failed to resolve reference/)
  run('kubectl run web --image=leigg/hellok8s:v1 ; kubectl run once --image=busybox:1.36 -- echo hi')
  world.advance(5000)
  expect(on('nerdctl -n k8s.io ps')).toMatch(
    /^[0-9a-f]{12} +docker.io\/leigg\/hellok8s:v1 +"\/.*" +\d seconds ago +Up +k8s:\/\/default\/web\/web$/m,
  )
  expect(on('nerdctl -n k8s.io ps')).toMatch(
    /registry.k8s.io\/pause:3.8 +"\/pause" .* k8s:\/\/default\/web$/m,
  )
  expect(on('nerdctl -n k8s.io ps -a')).toMatch(/Exited \(0\) .* k8s:\/\/default\/once\/once$/m)
  expect(on('nerdctl -n k8s.io logs k8s://default/once/once')).toBe('hi\n')
  expect(on('nerdctl namespace ls')).toMatch(/^default +0 +1 +0$/m)
  expect(on('nerdctl run nginx')).toContain("nerdctl: 'run' is not part of this simulator")
  expect(run('ssh k8s-master nerdctl version')).toContain('containerd:\n  Version:\t1.6.20~ds1\n')
})
